// Wrong input on the real engine: one readable error each, no stack trace, no secret, nothing made anywhere.
import { parsePreview } from "../../cli/review/plan/preview";
import { permissionTable } from "../../sandbox/genesys/permissionTable";
import { deployerClientId, organizationId } from "../../sandbox/genesys/seed";
import {
  createEngineWorld,
  deployerSecret,
  describeEngine,
  type EngineWorld,
  engineTestTimeoutMs,
} from "./world";

jest.setTimeout(engineTestTimeoutMs);

const rightYaml = `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: ${organizationId} }
  genesys-credentials:roles:
    reader: { description: Reads, permissions: [routing:queue:view] }
  genesys-credentials:credentials:
    report:
      description: Report
      roles: [reader]
      accessTokenValiditySeconds: 3600
      secret: { name: genesys/dev/report, recoveryWindowInDays: 0 }
    other:
      roles: [{ existing: employee }]
`;

interface Case {
  readonly yaml?: (right: string) => string;
  readonly env?: Record<string, string | undefined>;
  /** What the error must say: the place, and what to do. */
  readonly says: readonly RegExp[];
}

const replace = (from: string, to: string) => (right: string) => right.replace(from, to);

const cases: Record<string, Case> = {
  "wrong type": {
    yaml: replace("description: Report", "description: [Report]"),
    says: [/credentials\.report\.description/],
  },
  "unknown key": {
    yaml: replace("description: Report", "descripton: Report"),
    says: [/descripton.*did you mean/i],
  },
  "unknown role": {
    yaml: replace("roles: [reader]", "roles: [raeder]"),
    says: [/report\.roles\[0\].*"reader"/],
  },
  "validity 299": { yaml: replace("3600", "299"), says: [/accessTokenValiditySeconds.*300 to 172800/] },
  "empty permissions": { yaml: replace("[routing:queue:view]", "[]"), says: [/roles\.reader\.permissions/] },
  "duplicate secret name": {
    yaml: (right) => `${right}      secret: { name: genesys/dev/report }\n`,
    says: [/"other" and "report"|"report" and "other"/],
  },
  "several at once": {
    yaml: (right) =>
      right.replace("3600", "299").replace("[routing:queue:view]", "[]").replace("[reader]", "[raeder]"),
    says: [/3 problems/, /raeder/, /299/, /permissions/],
  },
  "missing deployer environment": {
    env: { GENESYSCLOUD_OAUTHCLIENT_ID: undefined, GENESYSCLOUD_OAUTHCLIENT_SECRET: undefined },
    says: [/GENESYSCLOUD_OAUTHCLIENT_ID/, /GENESYSCLOUD_OAUTHCLIENT_SECRET/],
  },
  "unreachable host": {
    env: { GENESYSCLOUD_API_URL: "http://127.0.0.1:9", GENESYSCLOUD_LOGIN_URL: "http://127.0.0.1:9" },
    says: [/127\.0\.0\.1:9.*ECONNREFUSED.*check the region/],
  },
  "wrong secret": {
    env: { GENESYSCLOUD_OAUTHCLIENT_SECRET: "canary-wrong-deployer-secret" },
    says: [/401 invalid_client.*check GENESYSCLOUD_OAUTHCLIENT_ID.*region/],
  },
  "wrong region": {
    yaml: replace(`id: ${organizationId}`, `id: ${organizationId}, region: eu-wset-1`),
    says: [/organization\.region.*did you mean eu-west-1/],
  },
  "wrong organisation": {
    yaml: replace(organizationId, "00000000-0000-4000-8000-00000000f0e1"),
    says: [/belongs to organisation.*genesys-credentials:organization\.id/],
  },
  "division that does not exist": {
    yaml: replace("roles: [reader]", "roles: [{ role: reader, divisions: [Sles] }]"),
    says: [/no division "Sles".*Sales/],
  },
  "two mistakes of one role, which are one failure": {
    yaml: (right) =>
      right
        .replace("roles: [reader]", "roles: [{ role: reader, divisions: [Sles] }]")
        .replace("routing:queue:view", "routing:queue:view, routing:queue:veiw"),
    says: [
      /'reader' has a problem: 2 problems:\n.*did you mean routing:queue:view\?.*\n.*no division "Sles"/,
    ],
  },
  "existing role that does not exist": {
    yaml: replace("existing: employee", "existing: emploee"),
    says: [/no role "emploee"/],
  },
};

/** Of a role with this many permissions, this many are misspelt. */
const [permissionCount, misspeltCount] = [132, 12];

/** Lines of a terminal window, of which a mistake takes one. */
const screenLines = 25;

const withLastLetterWrong = (text: string): string => `${text.slice(0, -1)}q`;

const largeRole = Object.entries(permissionTable)
  .flatMap(([domain, entities]) =>
    Object.entries(entities).flatMap(([entity, actions]) =>
      actions.split(" ").map((action) => `${domain}:${entity}:${action.replace(/\/.*/, "")}`),
    ),
  )
  .slice(0, permissionCount);
const misspelt = new Map(
  largeRole
    .filter((_permission, index) => index % (permissionCount / misspeltCount) === 0)
    .map((permission) => [permission, withLastLetterWrong(permission)]),
);
const misspeltYaml = rightYaml.replace(
  "[routing:queue:view]",
  `[${largeRole.map((permission) => misspelt.get(permission) ?? permission).join(", ")}]`,
);

describeEngine("wrong input on the real engine", () => {
  let world: EngineWorld;
  beforeAll(async () => {
    world = await createEngineWorld();
  });
  afterAll(async () => {
    await world.stop();
  });

  it.each(Object.entries(cases))("%s", async (_name, { yaml, env, says }) => {
    world.writeStack("dev", yaml === undefined ? rightYaml : yaml(rightYaml));
    const { exitCode, stdout, stderr } = await world.pulumi(
      ["up", "--yes"],
      env === undefined ? {} : { env },
    );
    const shown = stdout + stderr;
    expect(exitCode).not.toBe(0);
    for (const text of says) {
      expect(shown).toMatch(text);
    }
    expect(shown).not.toMatch(/^\s+at .*\(?.*:\d+:\d+\)?$/m);
    expect(shown).not.toMatch(/property \S* ?value/); // what the engine writes where a failure names a property
    expect(shown).not.toContain(deployerSecret);
    expect(shown).not.toContain("canary-wrong-deployer-secret");

    const { clients, roles, grants } = world.simulator.organization.describe();
    expect(clients.map((client) => client.id)).toEqual([deployerClientId]);
    expect(roles.map((role) => role.name)).not.toContain("reader");
    expect(grants).toHaveLength(2);
    expect(world.secretsManager.vault.all()).toEqual([]);
  });

  it("twelve unknown permissions among 132 are one failure, and one screen", async () => {
    world.writeStack("dev", misspeltYaml);
    const { exitCode, stdout } = await world.pulumi(["preview"]);
    expect(exitCode).not.toBe(0);
    const diagnostics = stdout.slice(stdout.indexOf("Diagnostics:"));
    expect(diagnostics.match(/ error: /g)).toHaveLength(1);
    expect(diagnostics.split("\n").length).toBeLessThan(screenLines);
    for (const [meant, written] of misspelt) {
      expect(diagnostics).toMatch(new RegExp(`no permission "${written}"; did you mean ${meant}[ ?]`));
    }
    expect(diagnostics).not.toMatch(/property \S* ?value/);
  });

  it("and the review of that preview tells each of them, and what to write instead", async () => {
    const { stdout } = await world.pulumi(["preview", "--json"]);
    expect(stdout).not.toMatch(/property \S* ?value/);
    expect(
      parsePreview(stdout, "test").errors.map(({ subject, what, remedy }) => [subject, what, remedy]),
    ).toEqual(
      [...misspelt].map(([meant, written]) => [
        "role reader",
        `the organisation has no permission "${written}"`,
        expect.stringMatching(`^did you mean ${meant}[ ?]`) as string,
      ]),
    );
  });

  it("and the right input works afterwards, with nothing to clean up by hand", async () => {
    world.writeStack("dev", rightYaml);
    const { exitCode } = await world.pulumi(["up", "--yes", "--skip-preview"]);
    expect(exitCode).toBe(0);
    expect(world.simulator.organization.describe().clients).toHaveLength(3);
  });
});
