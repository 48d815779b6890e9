// The examples under the shipped policies on the real engine: they pass, but for what their own comments say that it is against one.
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { violationsIn } from "../../cli/review/plan/policyEvents";
import { organizationId } from "../../sandbox/genesys/seed";
import { projectFolder } from "../../sandbox/worldPaths";
import { createEngineWorld, describeEngine, type EngineWorld, engineTestTimeoutMs } from "./world";

/** A preview under policies starts one process more. */
const timeoutFactor = 2;
jest.setTimeout(engineTestTimeoutMs * timeoutFactor);

/** The roles or credentials of a stack file. */
type Entries = Record<string, { readonly roles?: readonly (string | { readonly role?: string })[] }>;
type Config = Record<string, unknown>;

const [rolesKey, credentialsKey] = ["genesys-credentials:roles", "genesys-credentials:credentials"] as const;
const organizationKey = "genesys-credentials:organization";

const textOf = (path: string): string => readFileSync(join(projectFolder, path), "utf8");
const configOf = (path: string): Config => (parse(textOf(path)) as { config: Config }).config;

/** Examples that may be copied to any stack. One preview of them all takes as long as one of each. */
const forAnyStack = readdirSync(join(projectFolder, "examples"))
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => `examples/${name}`);

/** A stack of which each entry is one of an example, and named after both. */
function together(paths: readonly string[]): Config {
  const roles: Entries = {};
  const credentials: Entries = {};
  for (const path of paths) {
    const config = configOf(path);
    for (const [key, role] of Object.entries((config[rolesKey] ?? {}) as Entries)) {
      roles[entryOf(path, key)] = role;
    }
    for (const [key, credential] of Object.entries(config[credentialsKey] as Entries)) {
      const held = credential.roles?.map((one) =>
        typeof one === "string"
          ? entryOf(path, one)
          : one.role === undefined
            ? one
            : { ...one, role: entryOf(path, one.role) },
      );
      credentials[entryOf(path, key)] = held === undefined ? credential : { ...credential, roles: held };
    }
  }
  return { "aws:region": "eu-west-1", [rolesKey]: roles, [credentialsKey]: credentials };
}

function entryOf(path: string, key: string): string {
  return `${/([^/]+)\.yaml$/.exec(path)?.[1] ?? ""}.${key}`;
}

/** What comments say, each at the setting that is meant: the entry in which it stands, and the policy. */
function announced(path: string, nameOf: (key: string) => string): string[] {
  let entry = "";
  return textOf(path)
    .split("\n")
    .flatMap((line) => {
      entry = /^ {4}([\w-]+):/.exec(line)?.[1] ?? entry;
      const policy = /# .*\bagainst the policy ([a-z-]+)/.exec(line)?.[1];
      return policy === undefined ? [] : [`${nameOf(entry)} ${policy}`];
    });
}

describeEngine("the shipped policies and the examples on the real engine", () => {
  let world: EngineWorld;
  beforeAll(async () => {
    world = await createEngineWorld({ hosts: "staying" });
    cpSync(join(projectFolder, "policy"), join(world.folder, "policy"), { recursive: true });
    world.simulator.organization.seed({
      divisions: [{ id: "70000000-0000-4000-8000-0000000000d1", name: "Service" }],
      integrationCredentials: [
        {
          id: "3d0f6f0e-6c0a-4a53-9a3e-2f7f1c9b5a11", // examples/integration-credential.yaml
          name: "by hand",
          fields: { clientId: "somebody", clientSecret: "canary-somebody" },
        },
      ],
    });
  });
  afterAll(async () => {
    await world.stop();
  });

  /** The policies that a stack violates in the simulated organisation and account, with the configuration that workflows take for it. */
  async function violatedBy(stack: string, config: Config): Promise<string[]> {
    const { "aws:allowedAccountIds": _accounts, ...own } = config;
    const organization = { ...(own[organizationKey] as object), id: organizationId };
    world.writeStack(stack, stringify({ config: { ...own, [organizationKey]: organization } }));
    const shipped = join(projectFolder, "policy", "config", `${stack}.json`);
    const configuration = existsSync(shipped) ? ["--policy-pack-config", shipped] : [];
    const log = join(world.folder, `${stack}.events`);
    const { exitCode, stdout, stderr } = await world.pulumi(
      ["preview", "--policy-pack", "policy", ...configuration, "--event-log", log],
      { env: { PULUMI_DEBUG_COMMANDS: "true" } }, // the event log is an option of debugging
    );
    const violated = violationsIn(readFileSync(log, "utf8"))
      .filter(({ isMandatory }) => isMandatory)
      .map(({ policy, message }) => `${/"([^"]+?)(?:-[ab])?"/.exec(message)?.[1] ?? message} ${policy}`);
    const failure = /^.*error: (?!preview failed$).*$/m.exec(stdout)?.[0];
    expect({ stderr, failure, fails: exitCode !== 0 }).toEqual({
      stderr: "",
      failure: undefined,
      fails: violated.length > 0,
    });
    return [...new Set(violated)].sort();
  }

  it("an example for any stack is against no policy, or says against which", async () => {
    const said = forAnyStack.flatMap((path) => announced(path, (key) => entryOf(path, key)));
    expect(said.length).toBeGreaterThan(0);
    expect(await violatedBy("example", together(forAnyStack))).toEqual(said.sort());
  });

  // The first is the file of the sandbox, with which a team starts.
  it.each([
    ["dev", "Pulumi.dev.yaml"],
    ["dev", "examples/environments/Pulumi.dev.yaml"],
    ["staging", "examples/environments/Pulumi.staging.yaml"],
    ["prod", "examples/environments/Pulumi.prod.yaml"],
  ])("stack %s, %s, passes with its own configuration", async (stack, path) => {
    expect(await violatedBy(stack, configOf(path))).toEqual([]);
  });

  it("the configuration of prod asks for more than the defaults do", async () => {
    expect(await violatedBy("prod", configOf("examples/minimal.yaml"))).toEqual([
      "nightly-report access-token-validity",
      "nightly-report secret-encryption-key",
    ]);
  });
});
