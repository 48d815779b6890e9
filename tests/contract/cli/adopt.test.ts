// `adopt` against the simulated organisation: what it chooses, writes, leaves alone and refuses.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import {
  adminRoleId,
  deployerClientId,
  deployerRoleId,
  employeeRoleId,
  homeDivisionId,
  salesDivisionId,
  supportDivisionId,
} from "../../../sandbox/genesys/seed";
import { type CliWorld, canary, createCliWorld } from "./cliWorld";
import { identityRecord, recordsOf } from "./pulumiStandIn";

const stackFile = `# the head
config:
  aws:region: eu-west-1
  genesys-credentials:roles:
    declared: # a role of this stack
      permissions: [audits:audit:view]
    planned:
      name: Made by hand meanwhile
      permissions: [routing:queue:view]
  # what follows
  genesys-credentials:credentials:
    nightly-report: # the comment stays
      roles: [declared, { existing: Referred }]
    taken-over:
      roles: [{ existing: employee }]
      adopt: { clientId: c1000000-0000-4000-8000-00000000AAAA, secret: keep }
encryptionsalt: v1:abc
`;

const readerId = "7a000000-0000-4000-8000-00000000000a";
const weeklyId = "c2000000-0000-4000-8000-00000000bbbb";
const home = (roleId: string) => ({ roleId, divisionId: homeDivisionId });
const sales = (roleId: string) => ({ roleId, divisionId: salesDivisionId });

let world: CliWorld;
beforeEach(async () => {
  world = await createCliWorld(stackFile);
  world.deployed([]);
  world.simulator.organization.seed({
    roles: [{ id: readerId, name: "Reader of Reports", permissions: ["analytics:conversationDetail:view"] }],
    clients: [
      {
        id: weeklyId,
        name: "Weekly Report",
        description: "Reports of the week",
        secret: "canary-weekly",
        accessTokenValiditySeconds: 7200,
        roleDivisions: [home(readerId), sales(readerId), home(employeeRoleId)],
      },
    ],
  });
});
afterEach(() => world.stop());

type Seed = Parameters<CliWorld["simulator"]["organization"]["seed"]>[0];
type ClientSeed = NonNullable<Seed["clients"]>[number];
type RoleSeed = NonNullable<Seed["roles"]>[number];
const seedClient = (id: string, client: Omit<ClientSeed, "id">): void => {
  world.simulator.organization.seed({
    clients: [
      { id, name: `Client ${id}`, secret: `canary-${id}`, roleDivisions: [home(employeeRoleId)], ...client },
    ],
  });
};
const seedRole = (id: string, role: Omit<RoleSeed, "id">): void => {
  world.simulator.organization.seed({
    roles: [{ id, name: `Role ${id}`, permissions: ["routing:queue:view"], ...role }],
  });
};
const answering = (...answers: string[]): string[] => {
  const questions: string[] = [];
  const ask = (question: string): Promise<string | undefined> => {
    questions.push(question);
    return Promise.resolve(answers.shift());
  };
  Object.assign(world.surroundings, { ask });
  return questions;
};

interface File {
  readonly config: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
}
const rolesIn = (text: string) => (parse(text) as File).config["genesys-credentials:roles"] ?? {};
const credentialsIn = (text: string) => (parse(text) as File).config["genesys-credentials:credentials"] ?? {};

/** A run that refuses: its exit code, what it says, and that nothing was written. */
async function refused(exitCode: number, ...words: string[]): Promise<string> {
  expect({ exitCode: await world.run("adopt", ...words), out: world.said.out }).toEqual({
    exitCode,
    out: "",
  });
  expect(world.read()).toBe(stackFile);
  return world.said.err;
}

const withWeekly = stackFile
  .replace(
    "  # what follows\n",
    `    reader-of-reports:
      name: Reader of Reports
      permissions:
        - analytics:conversationDetail:view
      adopt: { roleId: ${readerId} }
  # what follows
`,
  )
  .replace(
    "encryptionsalt",
    `    weekly-report:
      description: Reports of the week
      roles:
        - { role: reader-of-reports, divisions: [ home, Sales ] }
        - { existing: employee }
      accessTokenValiditySeconds: 7200
      adopt: { clientId: ${weeklyId}, secret: keep, name: Weekly Report }
encryptionsalt`,
  );

describe("what is chosen is declared", () => {
  it("a client with its roles, at the ends of the maps; nothing else in the file changes", async () => {
    expect(await world.run("adopt", "--match", "weekly report")).toBe(0);
    expect(world.read()).toBe(withWeekly);
    expect(world.said.err).toBe("");
    expect(world.said.out).toContain("Added to Pulumi.dev.yaml: 1 credential and 1 role.");
    expect(world.said.out).toContain(`weekly-report: OAuth client "Weekly Report" (${weeklyId})`);
    expect(world.said.out).toContain("employee: it is a default role of Genesys");
    expect(world.said.out).toContain("`pulumi preview --stack dev`");
    expect(world.said.out).toContain("nothing is stored in AWS before the first rotation");
  });

  it("and again: nothing is left to do, the file stays byte for byte, and it is no failure", async () => {
    await world.run("adopt", "--match", weeklyId);
    expect(await world.run("adopt", "--match", weeklyId, "Reader of Reports")).toBe(0);
    expect(world.said.out).toContain("Nothing to adopt; Pulumi.dev.yaml was not changed.");
    expect(world.said.out).toContain("Managed by this stack already: 2.");
    expect(world.read()).toBe(withWeekly);
  });

  it("only reading, with one request for each list, and no secret in what is said", async () => {
    await world.run("adopt", "--match", weeklyId);
    const requests = world.simulator.requestLog.entries.map(
      ({ method, path }) => `${method} ${path.split("?")[0]}`,
    );
    expect(requests.sort()).toEqual([
      "GET /api/v2/authorization/divisions",
      "GET /api/v2/authorization/divisions/home",
      "GET /api/v2/authorization/permissions",
      "GET /api/v2/authorization/roles",
      "GET /api/v2/oauth/clients",
      "GET /api/v2/tokens/me",
      "POST /oauth/token",
    ]);
    expect(world.said.out + world.said.err + world.read()).not.toContain(canary);
  });

  it("a role alone; several words and repeated options add up; patterns take what fits", async () => {
    seedClient("c3", { name: "Weekly Sync" });
    expect(await world.run("adopt", "--match", "Reader*", "--match", "weekly s*", "--json")).toBe(0);
    expect(JSON.parse(world.said.out)).toMatchObject({
      isWritten: true,
      roles: [{ key: "reader-of-reports", id: readerId }],
      clients: [{ key: "weekly-sync", id: "c3", entry: { adopt: { clientId: "c3", secret: "keep" } } }],
      skipped: [],
    });
    expect(Object.keys(credentialsIn(world.read()))).toContain("weekly-sync");
  });

  it("--every gives each credential a schedule", async () => {
    expect(await world.run("adopt", "--match", weeklyId, "--every", "P90D")).toBe(0);
    expect(credentialsIn(world.read())["weekly-report"]).toMatchObject({ rotation: { every: "P90D" } });
  });

  it("other grant types, with what belongs to them", async () => {
    const caller = { clientId: deployerClientId, token: "canary-none" };
    world.simulator.organization.clients.create(caller, {
      name: "Portal",
      authorizedGrantType: "CODE",
      registeredRedirectUri: ["https://portal.example.com/callback"],
      scope: ["routing"],
    });
    seedClient("c4", { name: "Of old", authorizedGrantType: "SAML2BEARER" });
    expect(await world.run("adopt", "--match", "Portal", "Of old")).toBe(0);
    expect(credentialsIn(world.read())).toMatchObject({
      portal: {
        grantType: "CODE",
        redirectUris: ["https://portal.example.com/callback"],
        scopes: ["routing"],
      },
      "of-old": { grantType: "SAML2-BEARER" },
    });
    expect(credentialsIn(world.read())["portal"]).not.toHaveProperty("roles");
  });

  it("allowed addresses, where Genesys's field for them is known", async () => {
    world.simulator.organization.setSwitches({ allowedAddresses: { field: "ipAllowList", required: false } });
    seedClient("c-limited", { name: "Limited", allowedAddresses: ["8.8.8.0/24"] });
    const GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD = "ipAllowList";
    const environment = { ...world.surroundings.environment, GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD };
    Object.assign(world.surroundings, { environment });
    expect(await world.run("adopt", "--match", "Limited")).toBe(0);
    expect(credentialsIn(world.read())["limited"]).toMatchObject({ allowedAddresses: ["8.8.8.0/24"] });
  });

  it("a description that quotes the deployer's secret without it", async () => {
    seedClient("c-quoting", { name: "Quoting", description: "uses canary-deployer-of-the-cli-tests" });
    expect(await world.run("adopt", "--match", "Quoting")).toBe(0);
    expect(credentialsIn(world.read())["quoting"]).toMatchObject({ description: "uses [secret]" });
    expect(world.read() + world.said.out).not.toContain(canary);
  });

  it("names and descriptions that break the rules, with what becomes of them", async () => {
    seedClient("c5", { name: " spaces ", description: "Two\nlines" });
    seedClient("c6", { name: "other-dev-a" });
    expect(await world.run("adopt", "--match", "c5", "c6")).toBe(0);
    expect(credentialsIn(world.read())).toMatchObject({
      spaces: { description: "Two lines", adopt: { clientId: "c5", secret: "keep" } },
      other: { adopt: { clientId: "c6", secret: "keep" } },
    });
    expect(credentialsIn(world.read())["spaces"]?.["adopt"]).not.toHaveProperty("name");
    expect(credentialsIn(world.read())["other"]?.["adopt"]).not.toHaveProperty("name");
    expect(world.said.out).toContain("description: its lines are joined");
    expect(world.said.out).toContain("the first `pulumi up` renames it to spaces-dev-a");
  });
});

describe("roles", () => {
  it("with wildcards and conditions are written so", async () => {
    seedRole("r1", {
      name: "Listener",
      permissions: ["routing:*:*", "analytics:conversationDetail:view"],
      permissionPolicies: [
        {
          domain: "recording",
          entityName: "recording",
          actionSet: ["view"],
          resourceConditionNode: {
            conjunction: "AND",
            terms: [
              {
                variableName: "Conversation.queues",
                operator: "EQ",
                operands: [{ type: "QUEUE", queue: { id: "q1" } }],
              },
            ],
          },
        },
      ],
    });
    expect(await world.run("adopt", "--match", "Listener")).toBe(0);
    expect(rolesIn(world.read())["listener"]).toEqual({
      name: "Listener",
      permissions: [
        "analytics:conversationDetail:view",
        {
          permission: "recording:recording:view",
          when: { variable: "Conversation.queues", operator: "EQ", operands: [{ queue: "q1" }] },
        },
        "routing:*:*",
      ],
      allowWildcards: true,
      adopt: { roleId: "r1" },
    });
    expect(world.said.out).toContain("replaces its wildcards with the permissions that they stand for then");
  });

  it("of this stack are referred to by their keys, in divisions too", async () => {
    seedRole("r2", {
      name: "declared",
      description: "[pulumi:genesys-credentials/dev/declared#0:0a1b2c]",
      permissions: ["audits:audit:view"],
    });
    seedClient("c7", { name: "Auditor", roleDivisions: [home("r2"), { roleId: "r2", divisionId: "*" }] });
    seedClient("c8", { name: "Auditor of Sales", roleDivisions: [sales("r2")] });
    expect(await world.run("adopt", "--all", "--json")).toBe(0);
    expect(credentialsIn(world.read())["auditor"]).toMatchObject({
      roles: ["declared", { role: "declared", divisions: ["*"] }],
    });
    expect((JSON.parse(world.said.out) as { skipped: unknown[] }).skipped).toContainEqual(
      expect.objectContaining({
        id: "c8",
        reason: expect.stringContaining("no division limits audits:audit:view"),
      }),
    );
  });

  /** Roles that are referred to; the deployer holds them. */
  const referred: [string, Omit<RoleSeed, "id">, string][] = [
    ["a default role", { isDefault: true }, "default role of Genesys"],
    ["a base role", { isBase: true }, "default role of Genesys"],
    ["a general permission without a name", { generalPermissions: [" "] }, "generalPermissions[0]"],
    ["no permissions", { permissions: [] }, "no permissions that could be declared"],
    [
      "named resources",
      { permissionPolicies: [{ domain: "a", entityName: "b", actionSet: ["c"], namedResources: ["x"] }] },
      "named resources",
    ],
    [
      "a condition of an unknown form",
      {
        permissionPolicies: [
          {
            domain: "recording",
            entityName: "recording",
            actionSet: ["view"],
            resourceConditionNode: { magic: "x" },
          },
        ],
      },
      "the condition on recording:recording has a form that cannot be declared",
    ],
    ["everything", { permissions: ["*:*:*"] }, "wildcard in the place of the domain"],
    ["a wildcard for nothing", { permissions: ["routing:nothing:*"] }, "no permission routing:nothing:*"],
    [
      "a condition that is not allowed",
      {
        permissionPolicies: [
          {
            domain: "routing",
            entityName: "skill",
            actionSet: ["manage"],
            resourceConditionNode: {
              variableName: "a",
              operator: "EQ",
              operands: [{ type: "SCALAR", value: "1" }],
            },
          },
        ],
      },
      "routing:skill:manage cannot carry a condition",
    ],
    [
      "another stack's",
      { description: "[pulumi:genesys-credentials/prod/x#0:0a1b]" },
      "belongs to genesys-credentials/prod/x",
    ],
    [
      "this stack's, declared no more",
      { description: "[pulumi:genesys-credentials/dev/x#0:0a1b]" },
      "belongs to no declared role",
    ],
    ["referred to already", { name: "Referred" }, "refer to it with `existing:`"],
    ["the deployer's own", { permissions: ["oauth:client:edit"] }, "the deployer works with its permissions"],
    [
      "used where no division limits it",
      { permissions: ["audits:audit:view"] },
      'used in "Sales", but no division limits audits:audit:view',
    ],
  ];
  it.each(referred)("that cannot be taken over are referred to: %s", async (_name, role, words) => {
    seedRole("r3", role);
    seedClient("c9", { name: "Holder", roleDivisions: [sales("r3")] });
    seedClient(deployerClientId, {
      name: "credentials-deployer",
      secret: "canary-deployer-of-the-cli-tests",
      roleDivisions: [home(deployerRoleId), home("r3")],
    });
    expect(await world.run("adopt", "--match", "Holder")).toBe(0);
    const name = role.name ?? "Role r3";
    expect(credentialsIn(world.read())["holder"]).toMatchObject({
      roles: [{ existing: name, divisions: ["Sales"] }],
    });
    expect(world.said.out).toContain(words);
    expect(Object.keys(rolesIn(world.read()))).toEqual(["declared", "planned"]);
  });

  it("that the deployer does not hold then keep their clients out", async () => {
    seedClient("c9", { name: "Holder", roleDivisions: [home(adminRoleId)] });
    const said = await refused(2, "--match", "Holder");
    expect(said).toContain('its role "admin" is only referred to (it is a default role of Genesys)');
    expect(said).toContain("give that role to the deployer");
  });
});

describe("what cannot be taken over", () => {
  const cases: [string, Omit<ClientSeed, "id">, string][] = [
    [
      "another stack's",
      { description: "[pulumi:genesys-credentials/prod/x#0:0a1b]" },
      "another stack (genesys-credentials/prod/x)",
    ],
    ["another project's", { description: "x [pulumi:other/dev/x#0:0a1b]" }, "another stack (other/dev/x)"],
    [
      "a stack's of a longer name",
      { description: "[pulumi:genesys-credentials/dev2/x#0:0a1b]" },
      "another stack",
    ],
    ["inactive", { state: "inactive" }, "its state is inactive"],
    ["disabled", { state: "disabled" }, "its state is disabled"],
    ["the implicit grant", { authorizedGrantType: "TOKEN" }, "TOKEN is the implicit grant"],
    ["an unknown grant", { authorizedGrantType: "DEVICE" }, "DEVICE is not one of CLIENT-CREDENTIALS"],
    ["a grant without redirect URIs", { authorizedGrantType: "CODE" }, "redirectUris: is missing"],
    ["a long life of tokens", { accessTokenValiditySeconds: 38_880_001 }, "accessTokenValiditySeconds"],
    ["a short life of tokens", { accessTokenValiditySeconds: 299 }, "accessTokenValiditySeconds"],
    ["no roles", { roleDivisions: [] }, "it has no roles"],
    ["a role that is gone", { roleDivisions: [home("r-gone")] }, "its role r-gone does not exist any more"],
    [
      "a name like those of a credential",
      { name: "nightly-report-dev-b" },
      'the credential "nightly-report"',
    ],
    [
      "a division that is not told",
      { roleDivisions: [{ roleId: readerId, divisionId: "d-x" }] },
      "d-x is not among",
    ],
    [
      "a role of a declared name",
      { roleDivisions: [home("r-planned")] },
      'another role of this name, "planned"',
    ],
    ["a role of two", { roleDivisions: [home("r-one")] }, "2 roles have this name (r-one, r-two)"],
    [
      "a role of a strange name",
      { roleDivisions: [home("r-strange")] },
      "its name begins or ends with white space",
    ],
    [
      "a division of two",
      { roleDivisions: [{ roleId: readerId, divisionId: "d-1" }] },
      'several divisions have the name "Twin"',
    ],
    [
      "a division called home",
      { roleDivisions: [{ roleId: readerId, divisionId: "d-3" }] },
      "means something else",
    ],
  ];
  beforeEach(() => {
    world.simulator.organization.seed({
      roles: [
        { id: "r-planned", name: "Made by hand meanwhile", permissions: ["routing:queue:view"] },
        { id: "r-one", name: "Two of them", permissions: ["routing:queue:view"] },
        { id: "r-two", name: "Two of them", permissions: ["routing:queue:view"] },
        { id: "r-unreadable", name: "un\uffffreadable", permissions: ["routing:queue:view"] },
        { id: "r-strange", name: " strange ", permissions: ["routing:queue:view"] },
      ],
      divisions: [
        { id: "d-1", name: "Twin" },
        { id: "d-2", name: "Twin" },
        { id: "d-3", name: "home" },
      ],
    });
  });

  it.each(cases)("is an error when it is named, and skipped with --all: %s", async (_name, client, words) => {
    seedClient("c-odd", client);
    expect(await refused(2, "--match", "c-odd")).toContain(words);
    expect(await world.run("adopt", "--all", "--json")).toBe(0);
    const { skipped, clients } = JSON.parse(world.said.out) as {
      skipped: { id: string; reason: string }[];
      clients: { id: string }[];
    };
    expect(skipped.find(({ id }) => id === "c-odd")?.reason).toContain(words);
    expect(clients.map(({ id }) => id)).toEqual([weeklyId]);
  });

  it("the deployer itself, and its role", async () => {
    expect(await refused(2, "--match", deployerClientId)).toContain("it is the deployer itself");
    expect(await refused(2, "--match", deployerRoleId)).toContain("the deployer works with its permissions");
  });

  it("clients of this stack are done already, by marker or by declaration", async () => {
    world.seedClient({ id: "c-marked", generation: 0 });
    seedClient("c1000000-0000-4000-8000-00000000aaaa", { name: "Taken over" });
    expect(await world.run("adopt", "--match", "c-marked", "Taken over")).toBe(0);
    expect(world.said.out).toContain("Managed by this stack already: 2.");
    expect(world.read()).toBe(stackFile);
  });

  it("deleted clients are told, and are in nobody's way", async () => {
    world.simulator.organization.setSwitches({ getAfterDelete: "deleted" });
    seedClient("c-deleted", { name: "Weekly Report", state: "inactive" });
    world.simulator.organization.clients.delete("c-deleted");
    expect(await world.run("adopt", "--match", "Weekly Report")).toBe(0);
    expect(world.read()).toBe(withWeekly);
    expect(await world.run("adopt", "--match", "c-deleted")).toBe(2);
    expect(world.said.err).toContain("its state is deleted");
  });
});

describe("the choice", () => {
  it("that means nothing, or several things, is an error with what is near", async () => {
    seedClient("c10", { name: "Weekly Report" });
    expect(await refused(2, "--match", "Weekly Report")).toContain(
      `client ${weeklyId}, client c10: write the id`,
    );
    expect(await refused(2, "--match", "Reader of Report")).toContain('did you mean "Reader of Reports"?');
  });

  it.each<[string, string[], string]>([
    ["without a terminal", [], "--match"],
    ["twice", ["--all", "--match", "x"], "exclude each other"],
    ["with no words", ["--match"], "argument missing"],
    ["with an unknown way", ["--all", "--secret", "drop"], "keep, regenerate"],
    ["with a wrong schedule", ["--all", "--every", "90 days"], "P90D"],
    ["with a schedule of nothing", ["--all", "--every", "P0D"], "P90D"],
  ])("is refused before anybody is asked: %s", async (_name, words, said) => {
    expect(await refused(2, ...words)).toContain(said);
    expect(world.simulator.requestLog.count()).toBe(0);
  });

  it("on a terminal is made by numbers", async () => {
    seedClient("c11", { name: "Another" });
    const questions = answering("1, 3");
    expect(await world.run("adopt")).toBe(0);
    const numbered = world.said.err.split("\n").filter((line) => /^\d/.test(line));
    expect(numbered).toEqual([
      "1  client  Another  (c11)",
      `2  client  Weekly Report  (${weeklyId})`,
      `3  role    Reader of Reports  (${readerId})`,
    ]);
    expect(questions).toHaveLength(1);
    expect(Object.keys(credentialsIn(world.read()))).toEqual(["nightly-report", "taken-over", "another"]);
    expect(Object.keys(rolesIn(world.read()))).toContain("reader-of-reports");
  });

  it.each([
    ["nothing", ""],
    ["the end of the input", undefined],
  ])("on a terminal may be %s", async (_name, answer) => {
    answering(...(answer === undefined ? [] : [answer]));
    expect(await world.run("adopt")).toBe(0);
    expect(world.said.out).toContain("Nothing to adopt");
    expect(world.read()).toBe(stackFile);
  });

  it("on a terminal is not guessed at", async () => {
    answering("weekly");
    expect(await refused(2)).toContain('"weekly" is neither a number nor a range from 1 to 2, nor all');
  });
});

describe("--secret regenerate", () => {
  it("needs --yes where nobody can be asked", async () => {
    const said = await refused(2, "--match", weeklyId, "--secret", "regenerate");
    expect(said).toContain("The present secret of 1 client dies at once at the next `pulumi up`");
    expect(said).toContain("write --yes");
    expect(await world.run("adopt", "--match", weeklyId, "--secret", "regenerate", "--yes")).toBe(0);
    expect(credentialsIn(world.read())["weekly-report"]).toMatchObject({ adopt: { secret: "regenerate" } });
    expect(world.said.out).toContain("dies at once");
  });

  it("asks on a terminal", async () => {
    answering("no");
    expect(await refused(2, "--match", weeklyId, "--secret", "regenerate")).toContain("it was not confirmed");
    const questions = answering("yes");
    expect(await world.run("adopt", "--match", weeklyId, "--secret", "regenerate")).toBe(0);
    expect(questions).toEqual([expect.stringContaining("dies at once")]);
    expect(world.read()).not.toBe(stackFile);
  });

  it("does not ask for roles alone, nor in a dry run", async () => {
    expect(await world.run("adopt", "--match", readerId, "--secret", "regenerate")).toBe(0);
    expect(await world.run("adopt", "--match", weeklyId, "--secret", "regenerate", "--dry-run")).toBe(0);
  });
});

describe("what is printed", () => {
  it("--dry-run prints the YAML alone on standard output and writes nothing", async () => {
    expect(await world.run("adopt", "--match", weeklyId, "--dry-run")).toBe(0);
    expect(world.read()).toBe(stackFile);
    const added = world.said.out;
    expect(world.said.err).toContain(
      "Dry run: Pulumi.dev.yaml was not changed. It would gain 1 credential and 1 role.",
    );
    await world.run("adopt", "--match", weeklyId);
    expect(credentialsIn(world.read())).toMatchObject(credentialsIn(added));
    expect(rolesIn(world.read())).toMatchObject(rolesIn(added));
  });

  it("--json tells all of it", async () => {
    expect(await world.run("adopt", "--all", "--dry-run", "--json")).toBe(0);
    expect(JSON.parse(world.said.out)).toEqual({
      stack: "dev",
      file: "Pulumi.dev.yaml",
      isWritten: false,
      secret: "keep",
      clients: [expect.objectContaining({ key: "weekly-report", id: weeklyId, notes: [] })],
      roles: [expect.objectContaining({ key: "reader-of-reports", id: readerId, name: "Reader of Reports" })],
      referred: [{ id: employeeRoleId, name: "employee", reason: "it is a default role of Genesys" }],
      skipped: [
        expect.objectContaining({ kind: "client", id: deployerClientId, isManagedByThisStack: false }),
        expect.objectContaining({ kind: "role", id: deployerRoleId, isManagedByThisStack: false }),
      ],
      fragment: expect.stringContaining("genesys-credentials:credentials:"),
    });
    expect(world.read()).toBe(stackFile);
  });

  it("names of the organisation move no cursor and forge no line", async () => {
    seedClient("c12", { name: "evil\u001b[2J\nAdded to x", state: "inactive" });
    await world.run("adopt", "--all");
    expect(world.said.out).not.toContain("\u001b");
    expect(world.said.out).not.toMatch(/^Added to x/m);
  });
});

describe("failures", () => {
  it.each([
    ["/oauth/clients", "oauth:client:view"],
    ["/authorization/roles", "authorization:role:view"],
  ])("a refusal of %s names the permission", async (path, permission) => {
    world.simulator.faults.arm({ match: { path }, kind: "status", status: 403, code: "missing.permissions" });
    const said = await refused(3, "--all");
    expect(said).toContain(`give the deployer a role with ${permission}`);
    expect(said).toContain("nothing was written");
  });

  it("another organisation is refused", async () => {
    world.write(
      stackFile.replace("config:\n", "config:\n  genesys-credentials:organization: { id: other }\n"),
    );
    expect(await world.run("adopt", "--all")).toBe(2);
    expect(world.said.err).toContain("the stack is for organisation other");
  });

  it("a deployer that cannot sign in", async () => {
    world.simulator.organization.seed({ deployerSecret: "canary-changed" });
    const said = await refused(3, "--all");
    expect(said).toContain("Signing in");
    expect(said).not.toContain(canary);
  });

  it("a stack without a file is told how to get one", async () => {
    expect(await refused(2, "--all", "--stack", "prod")).toContain("`pulumi stack init prod`");
    rmSync(join(world.folder, "Pulumi.dev.yaml"));
    expect(await world.run("adopt", "--all")).toBe(2);
    expect(world.said.err).toContain("pulumi stack init");
  });

  it("a file that shares its maps is left alone", async () => {
    const shared =
      stackFile.replace("credentials:credentials:", "credentials:credentials: &all") + "copy: *all\n";
    world.write(shared);
    expect(await world.run("adopt", "--all")).toBe(2);
    expect(world.said.err).toContain("&all");
    expect(world.read()).toBe(shared);
  });

  it("a file with mistakes is refused before anybody is asked", async () => {
    world.write(stackFile.replace("declared,", "decalred,"));
    expect(await world.run("adopt", "--all")).toBe(2);
    expect(world.simulator.requestLog.count()).toBe(0);
  });
});

it("a secret of that name in the file leads to another key", async () => {
  world.write(
    stackFile.replace("      adopt:", "      secret: { name: genesys/dev/weekly-report }\n      adopt:"),
  );
  expect(await world.run("adopt", "--match", weeklyId)).toBe(0);
  expect(Object.keys(credentialsIn(world.read()))).toContain("weekly-report-c200");
});

it("a second division that a role is used in is no obstacle where divisions limit it", async () => {
  await world.run("adopt", "--match", readerId);
  seedClient("c13", {
    name: "Support",
    roleDivisions: [{ roleId: readerId, divisionId: supportDivisionId }],
  });
  expect(await world.run("adopt", "--match", "Support")).toBe(0);
  expect(credentialsIn(world.read())["support"]).toMatchObject({
    roles: [{ role: "reader-of-reports", divisions: ["Support"] }],
  });
});

describe("what is this stack's already is not offered, whatever its description says", () => {
  const own = "0a1b2c3d4e5f6071";
  const offered = async (): Promise<unknown> => {
    expect(await world.run("adopt", "--all", "--dry-run", "--json")).toBe(0);
    return (JSON.parse(world.said.out) as { clients: { id: string }[] }).clients.map(({ id }) => id);
  };
  const description = (identity: string): string => `[pulumi:${identity}/old-name/dev/weekly#0:0a1b2c]`;

  it("since the state holds it", async () => {
    expect(await offered()).toEqual([weeklyId]);
    world.deployed(recordsOf("weekly", { a: weeklyId.toUpperCase() }));
    expect(await offered()).toEqual([]);
    expect(world.said.out).toContain("the state of this stack holds it already");
  });

  it("since it carries this identity", async () => {
    world.deployed([identityRecord(own)]);
    seedClient(weeklyId, { description: description(own) });
    expect(await offered()).toEqual([]);
    expect(world.said.out).toContain("it is managed by this stack already");
  });

  it("nor what another state of the same name made, which `recover` is for", async () => {
    world.deployed([identityRecord(own)]);
    seedClient(weeklyId, {
      description: "[pulumi:f0e1d2c3b4a59687/genesys-credentials/dev/weekly#0:0a1b2c]",
    });
    expect(await offered()).toEqual([]);
    expect(world.said.out).toContain("recover --stack dev");
  });

  it("and where the state cannot be read, that is told", async () => {
    world.deployed({ error: "no stack named 'dev' found" });
    await offered();
    expect(world.said.err).toContain("no stack named 'dev' found");
  });
});
