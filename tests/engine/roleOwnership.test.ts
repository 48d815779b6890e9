// Whose role it is, on the real engine: a second backend, replacements by force, renamed keys, exchanged names, and a record of before.
import { organizationId } from "../../sandbox/genesys/seed";
import {
  createEngineWorld,
  describeEngine,
  type EngineWorld,
  engineTestTimeoutMs,
  type PulumiResult,
} from "./world";

jest.setTimeout(engineTestTimeoutMs);

const yaml = `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: ${organizationId} }
  genesys-credentials:roles:
    reader: { description: Reads, permissions: [routing:queue:view] }
    writer: { permissions: [routing:queue:add] }
  genesys-credentials:credentials:
    report:
      roles: [reader]
      secret: { name: genesys/dev/report, recoveryWindowInDays: 0 }
`;
const urn = "urn:pulumi:dev::genesys-credentials::pulumi-nodejs:dynamic/genesys:Role::reader";

describeEngine("a role on the real engine", () => {
  let world: EngineWorld;
  beforeAll(async () => {
    world = await createEngineWorld({ hosts: "staying" });
    world.writeStack("dev", yaml);
    mustSucceed(await up());
  });
  afterAll(async () => {
    await world.stop();
  });

  const up = (...more: string[]): Promise<PulumiResult> =>
    world.pulumi(["up", "--yes", "--skip-preview", ...more]);
  const roles = () => world.simulator.organization.describe().roles;
  const roleNamed = (name: string) => roles().find((role) => role.name === name);
  const holderRoles = (): string[] =>
    world.simulator.organization
      .describe()
      .clients.filter(({ name }) => name.startsWith("report-"))
      .flatMap(({ id }) =>
        world.simulator.organization
          .describe()
          .grants.filter(({ subjectId }) => subjectId === id)
          .map(({ roleId }) => roleId),
      );
  const writes = (): string[] =>
    world.simulator.requestLog.entries
      .filter(({ method, path }) => method !== "GET" && path !== "/oauth/token")
      .map(({ method, path }) => `${method} ${path}`);

  /** The preview names all of this, ends red, and nothing is written. */
  async function refused(yamlText: string, ...says: readonly RegExp[]): Promise<void> {
    world.writeStack("dev", yamlText);
    world.simulator.requestLog.clear();
    for (const command of [["preview"], ["up", "--yes"]]) {
      const { exitCode, stdout, stderr } = await world.pulumi(command);
      expect(exitCode).not.toBe(0);
      for (const said of says) {
        expect(stdout + stderr).toMatch(said);
      }
    }
    expect(writes()).toEqual([]);
    world.writeStack("dev", yaml);
  }

  it.each([
    ["--replace", () => up("--replace", urn)],
    ["--target-replace", () => up("--target-replace", urn, "--target-dependents")],
    [
      "taint",
      async () => {
        mustSucceed(await world.pulumi(["state", "taint", urn]));
        return up();
      },
    ],
  ])("%s makes a really new role, and the client has it", async (_name, act) => {
    const before = roleNamed("reader")!.id;
    mustSucceed(await act());
    const now = roleNamed("reader")!.id;
    expect(now).not.toBe(before);
    expect(roles().map(({ id }) => id)).not.toContain(before);
    expect(roles().filter(({ name }) => name.startsWith("reader"))).toHaveLength(1);
    expect(new Set(holderRoles())).toEqual(new Set([now]));
    mustSucceed(await world.pulumi(["preview", "--expect-no-changes"]));
  });

  it("two roles that exchange their names are refused at preview", async () => {
    await refused(
      yaml
        .replace("reader: { ", "reader: { name: writer, ")
        .replace("writer: { permissions", "writer: { name: reader, permissions"),
      /third name.*\[ROLE_NAME_TAKEN\]/s,
    );
  });

  it("one that takes the name that another gives up is refused at preview", async () => {
    await refused(
      yaml
        .replace("reader: { ", "reader: { name: reader2, ")
        .replace("writer: { permissions", "writer: { name: reader, permissions"),
      /third name.*\[ROLE_NAME_TAKEN\]/s,
    );
  });

  it("a new key whose name differs in case only is refused at preview", async () => {
    world.simulator.organization.seed({
      roles: [{ id: "70000000-0000-4000-8000-00000000000c", name: "EXTRA", permissions: [] }],
    });
    await refused(
      yaml.replace("    writer:", "    extra: { permissions: [routing:queue:view] }\n    writer:"),
      /"EXTRA".*\[ROLE_NAME_TAKEN\]/s,
    );
  });

  it("existing: of a role that this stack gives up is refused at preview", async () => {
    await refused(
      yaml
        .replace("    reader: {", "    other: { name: other,")
        .replace("[reader]", "[{ existing: reader }]"),
      /managed by this very stack.*formerly: reader/s,
    );
  });

  it("a second backend leaves it alone, and says so at preview", async () => {
    for (const command of [
      ["stack", "rm", "dev", "--force", "--yes", "--preserve-config"],
      ["stack", "init", "dev"],
    ]) {
      mustSucceed(await world.pulumi(command));
    }
    await refused(
      yaml.replace("routing:queue:view", "analytics:conversationDetail:view"),
      /another state, identity [0-9a-f]{16}.*recover --stack dev.*\[ROLE_NAME_TAKEN\]/s,
    );
  });
});

function mustSucceed({ exitCode, stdout, stderr }: PulumiResult): void {
  if (exitCode !== 0) {
    throw new Error(`pulumi failed:\n${stdout}\n${stderr}`);
  }
}
