// Least privilege on the real engine: what is wrong shows at `pulumi preview`, before any write; what it costs; what stays unchanged.
import { readFileSync } from "node:fs";

import {
  deployerClientId,
  deployerPermissions,
  deployerRoleId,
  organizationId,
} from "../../sandbox/genesys/seed";
import {
  createEngineWorld,
  deployerSecret,
  describeEngine,
  type EngineWorld,
  engineTestTimeoutMs,
} from "./world";

jest.setTimeout(engineTestTimeoutMs);

/** Issue 6: the Terraform provider needs 436 for the same. */
const mostRequests = 125;
const manyCount = 20;
const permissionsOfARole = 15;
const tooManyRequests = 429;

const head = `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: ${organizationId} }
`;

const rightYaml = `${head}  genesys-credentials:roles:
    reader: { description: Reads, permissions: [routing:queue:view, analytics:conversationDetail:view] }
  genesys-credentials:credentials:
    report:
      description: Report
      roles: [{ role: reader, divisions: [Sales] }]
      secret: { name: genesys/dev/report, recoveryWindowInDays: 0 }
`;

/** Anything but reading and signing in. */
function writes(world: EngineWorld): string[] {
  return world.simulator.requestLog.entries
    .filter(({ method, path }) => method !== "GET" && path !== "/oauth/token")
    .map(({ method, path }) => `${method} ${path}`);
}

function arrangeDeployer(world: EngineWorld, permissions: readonly string[]): void {
  world.simulator.organization.seed({ roles: [{ id: deployerRoleId, permissions: [...permissions] }] });
}

describeEngine("what is wrong shows at the preview", () => {
  let world: EngineWorld;
  beforeAll(async () => {
    world = await createEngineWorld({ hosts: "staying" });
  });
  afterAll(async () => {
    await world.stop();
  });
  beforeEach(() => {
    arrangeDeployer(world, deployerPermissions);
    world.simulator.requestLog.clear();
  });

  const replace = (from: string, to: string): string => rightYaml.replace(from, to);
  interface Case {
    readonly yaml: string;
    readonly withheld?: readonly string[];
    readonly says: readonly RegExp[];
    /** Where it is a warning at the preview, and `up` is what is refused. */
    readonly warns?: RegExp;
    /** What the program itself refuses is shown as people see it. */
    readonly startsHosts?: boolean;
  }
  const cases: Record<string, Case> = {
    "a misspelt permission": {
      yaml: replace("routing:queue:view", "routing:queue:veiw"),
      says: [/no permission "routing:queue:veiw"; did you mean routing:queue:view\?/],
    },
    "an unknown division": {
      yaml: replace("[Sales]", "[Sles]"),
      says: [/no division "Sles"; write one of .*Sales/],
    },
    "a deployer without the right permission": {
      yaml: rightYaml,
      withheld: ["authorization:role:add"],
      warns: /Warning: the client of this preview, .*: \["authorization:role:add"\] \[DEPLOYER_LACKS\]/,
      says: [
        /lacks authorization:role:add; nothing was written.*give it a role with permissions: \[.*authorization:role:add/,
      ],
    },
    "a deployer without the role that it is to hand out": {
      yaml: replace("roles: [{ role: reader, divisions: [Sales] }]", "roles: [{ existing: admin }]"),
      warns: /Warning: the client of this preview, .*: \["the role \\"admin\\", which .*\[DEPLOYER_LACKS\]/,
      says: [/does not hold the role "admin", which it is to hand out.*give it that role/],
    },
    "a condition that is not allowed": {
      yaml: replace(
        "[routing:queue:view,",
        "[{ permission: routing:queue:view, when: { variable: a, operator: EQ, operands: [1] } },",
      ),
      says: [/"routing:queue:view" cannot carry a condition/],
    },
    "a permission that the division does not limit": {
      yaml: replace("routing:queue:view", "audits:audit:view"),
      says: [/used in "Sales", but no division limits audits:audit:view/],
    },
    "a restricted credential outside its boundary": {
      yaml: replace(
        "      description: Report\n",
        "      description: Report\n      type: restricted\n      allow: [routing:*]\n",
      ),
      says: [
        /credentials\.report\.roles\[0\].*analytics:conversationDetail:view, outside the credential's boundary/,
      ],
      startsHosts: true,
    },
  };

  it.each(Object.entries(cases))(
    "%s",
    async (_name, { yaml, withheld = [], says, warns, startsHosts = false }) => {
      arrangeDeployer(
        world,
        deployerPermissions.filter((permission) => !withheld.includes(permission)),
      );
      world.writeStack("dev", yaml);
      if (warns !== undefined) {
        const preview = await world.pulumi(["preview"]);
        expect(preview).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(warns) as string });
        expect(writes(world)).toEqual([]);
      }
      const command = warns === undefined ? ["preview"] : ["up", "--yes"];
      const { exitCode, stdout, stderr } = await world.pulumi(command, { startsHosts });
      const shown = stdout + stderr;
      expect(exitCode).not.toBe(0);
      for (const text of says) {
        expect(shown).toMatch(text);
      }
      expect(writes(world)).toEqual([]);
      expect(shown).not.toMatch(/^\s+at .*\(?.*:\d+:\d+\)?$/m);
      expect(shown).not.toContain(deployerSecret);
    },
  );

  it("and the same is found by an update that skips its preview, before any write", async () => {
    world.writeStack("dev", cases["a misspelt permission"]!.yaml);
    const { exitCode } = await world.pulumi(["up", "--yes", "--skip-preview"]);
    expect(exitCode).not.toBe(0);
    expect(writes(world)).toEqual([]);
  });
});

describeEngine("every form of a declaration", () => {
  let world: EngineWorld;
  beforeAll(async () => {
    world = await createEngineWorld({ hosts: "staying" });
  });
  afterAll(async () => {
    await world.stop();
  });

  const yaml = `${head}  genesys-credentials:roles:
    reader:
      allowWildcards: true
      permissions: ["routing:*:view", analytics:conversationDetail:view]
    listener:
      permissions:
        - permission: recording:recording:view
          when:
            any:
              - { variable: Conversation.queues, operator: EQ, operands: [{ queue: queue-2 }] }
              - { variable: Conversation.queues, operator: EQ, operands: [{ queue: queue-1 }] }
  genesys-credentials:credentials:
    archive:
      type: restricted
      allow: [recording:*]
      roles: [listener]
      secret: { recoveryWindowInDays: 0 }
    report:
      roles: [reader]
      secret: { recoveryWindowInDays: 0 }
    portal:
      grantType: CODE
      redirectUris: [https://portal.example.com/callback]
      scopes: [routing]
      secret: { recoveryWindowInDays: 0 }
`;

  it("is made, and is then unchanged without a single request", async () => {
    world.writeStack("dev", yaml);
    const { exitCode, stdout } = await world.pulumi(["up", "--yes", "--skip-preview"]);
    expect(stdout).not.toContain("error");
    expect(exitCode).toBe(0);
    const { clients, roles } = world.simulator.organization.describe();
    expect(clients.map(({ name }) => name).sort()).toEqual([
      "archive-dev-a",
      "credentials-deployer",
      "portal-dev-a",
      "report-dev-a",
    ]);
    expect(clients.find(({ name }) => name === "archive-dev-a")?.accessTokenValiditySeconds).toBe(3600);
    const reader = roles.find(({ name }) => name === "reader")?.permissions ?? [];
    expect(reader).toContain("routing:queue:view");
    expect(reader.join()).not.toContain("*");

    world.simulator.requestLog.clear();
    const preview = await world.pulumi(["preview", "--expect-no-changes"]);
    expect(preview.exitCode).toBe(0);
    expect(world.simulator.requestLog.entries).toEqual([]);
  });

  it("shows no phantom drift in a refresh", async () => {
    world.simulator.organization.setSwitches({ policyOrder: "reversed" });
    const { exitCode, stdout, stderr } = await world.pulumi([
      "refresh",
      "--preview-only",
      "--expect-no-changes",
    ]);
    expect({ exitCode, shown: exitCode === 0 ? "" : stdout + stderr }).toEqual({ exitCode: 0, shown: "" });
  });

  it("keeps what a wildcard stood for while the catalogue grows, until somebody takes it out and puts it in again", async () => {
    const { catalogue } = world.simulator.organization.roles;
    world.simulator.organization.seed({
      catalogue: [
        ...catalogue,
        {
          domain: "routing",
          entityType: "brandNew",
          action: "view",
          label: "",
          allowsConditions: false,
          divisionAware: false,
        },
      ],
    });
    expect((await world.pulumi(["preview", "--expect-no-changes"])).exitCode).toBe(0);
    const state = readFileSync(world.stateFile("dev"), "utf8");
    expect(state).toContain("routing:queue:view");
    expect(state).not.toContain("brandNew");
    world.writeStack("dev", yaml.replace('"routing:*:view", ', ""));
    expect((await world.pulumi(["up", "--yes", "--skip-preview"])).exitCode).toBe(0);
    world.writeStack("dev", yaml);
    const { stdout } = await world.pulumi(["preview", "--diff"]);
    expect(stdout).toContain("brandNew");
  });

  it("leaves nothing behind", async () => {
    const { exitCode } = await world.pulumi(["destroy", "--yes"]);
    expect(exitCode).toBe(0);
    expect(world.simulator.organization.describe().clients.map(({ id }) => id)).toEqual([deployerClientId]);
  });
});

describeEngine("twenty roles of fifteen permissions and twenty credentials", () => {
  let world: EngineWorld;
  beforeAll(async () => {
    world = await createEngineWorld({ hosts: "staying" });
  });
  afterAll(async () => {
    await world.stop();
  });

  /** Permissions of the organisation's own catalogue, other ones for each role, all of them limited by divisions. */
  function manyYaml(): string {
    const names = world.simulator.organization.roles.catalogue
      .filter(({ divisionAware }) => divisionAware)
      .map(({ domain, entityType, action }) => `${domain}:${entityType}:${action}`);
    const numbers = Array.from({ length: manyCount }, (_, index) => index);
    const roles = numbers.map((number) => {
      const permissions = Array.from(
        { length: permissionsOfARole },
        (_, index) => names[(number * permissionsOfARole + index) % names.length],
      );
      return `    role-${number}: { permissions: [${permissions.join(", ")}] }`;
    });
    const credentials = numbers.map(
      (number) =>
        `    credential-${number}: { roles: [role-${number}], secret: { recoveryWindowInDays: 0 } }`,
    );
    return `${head}  genesys-credentials:roles:\n${roles.join("\n")}\n  genesys-credentials:credentials:\n${credentials.join("\n")}\n`;
  }

  it(`cost at most ${mostRequests} requests from nothing, preview included, and never wait for the limit`, async () => {
    world.writeStack("dev", manyYaml());
    const { exitCode, stdout } = await world.pulumi(["up", "--yes"]);
    expect(exitCode).toBe(0);
    const { entries } = world.simulator.requestLog;
    const counts = new Map<string, number>();
    for (const { method, path, clientId } of entries) {
      const who = clientId === deployerClientId ? "deployer" : "new client";
      const what = `${who}: ${method} ${(path.split("?")[0] ?? "").replace(deployerClientId, "{id}")}`;
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
    expect({ tooMany: entries.length > mostRequests, counts: [...counts] }).toMatchObject({ tooMany: false });
    expect(entries.filter(({ status }) => status === tooManyRequests)).toEqual([]);
    expect(stdout).not.toMatch(/Waiting|Warning/);
    expect(world.simulator.organization.describe().clients).toHaveLength(manyCount + 1);
  });

  it("cost nothing in a preview without changes", async () => {
    world.simulator.requestLog.clear();
    const { exitCode } = await world.pulumi(["preview", "--expect-no-changes"]);
    expect(exitCode).toBe(0);
    expect(world.simulator.requestLog.entries).toEqual([]);
  });
});
