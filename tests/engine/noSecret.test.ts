// No client secret passes through Pulumi: everything that a run says, records and logs is searched, with every log turned on.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { impatience, mustSucceed, RotationScene } from "./rotationScene";
import type { PulumiResult } from "./world";
import { knownSecrets, secretsIn } from "./secretSearch";
import { describeEngine, engineTestTimeoutMs } from "./world";
import { organizationId } from "../../sandbox/genesys/seed";

jest.setTimeout(engineTestTimeoutMs);

const key = "nightly-report";

const declared = (generation: number, more = ""): string => `config:
  aws:region: eu-west-1
  aws:maxRetries: 1
  genesys-credentials:organization: { id: ${organizationId} }
  genesys-credentials:credentials:
    ${key}:
      roles: [{ existing: employee }]
      rotation: { generation: ${generation}${more} }
      secret: { recoveryWindowInDays: 0 }
      integrationCredential: { name: "Data actions: nightly report" }
`;

describeEngine("a stack that was born without secrets", () => {
  let scene: RotationScene;
  let logs: string;
  beforeAll(async () => {
    scene = await RotationScene.create({ hosts: "started" });
    logs = join(scene.world.folder, ".sandbox");
  });
  afterAll(async () => {
    await scene.stop();
  });

  /** An update with everything on that makes Pulumi talk. @returns what it printed */
  const loudly = async (
    name: string,
    yaml: string,
    { mayFail = false, isPlanned = false } = {},
  ): Promise<string> => {
    scene.world.writeStack("dev", yaml);
    const env = {
      ...impatience,
      PULUMI_DEBUG_GRPC: join(logs, `grpc-${name}.log`),
      PULUMI_DEBUG_COMMANDS: "true",
      GENESYS_CREDENTIALS_EVIDENCE: join(logs, "evidence"),
    };
    const files = [
      "--event-log",
      join(logs, `events-${name}.log`),
      "--tracing",
      `file:${join(logs, `trace-${name}`)}`,
    ];
    const talk = ["--logtostderr", "--logflow", "-v=11"];
    const plan = join(logs, `plan-${name}.json`);
    const experimental = { ...env, PULUMI_EXPERIMENTAL: "true" };
    const said: PulumiResult[] = [];
    if (isPlanned) {
      said.push(await scene.pulumi(["preview", "--save-plan", plan, ...talk], { env: experimental }));
      said.push(await scene.pulumi(["preview", "--json", "--show-sames", "--show-secrets"], { env }));
      said.forEach(mustSucceed);
    }
    const update = await scene.pulumi(["up", "--yes", "--diff", ...files, ...talk], { env });
    if (!mayFail) {
      mustSucceed(update);
    }
    return [...said, update].map(({ stdout, stderr }) => stdout + stderr).join("");
  };

  it("holds none anywhere: created, rotated in either way, taken back, refused, re-spelt, revoked", async () => {
    const { faults } = scene.world.secretsManager;
    const printed: Record<string, string> = {};
    printed["created"] = await loudly("created", declared(0));
    printed["rotated"] = await loudly("rotated", declared(1), { isPlanned: true });
    scene.world.writeStack("dev", declared(1, ", clients: keep"));
    mustSucceed(await scene.up());
    printed["renewed"] = await loudly("renewed", declared(2, ", clients: keep"), { isPlanned: true });
    faults.arm({ operation: "PutSecretValue", kind: "accessDenied", times: 1000 });
    printed["refused"] = await loudly("refused", declared(3, ", clients: keep"), { mayFail: true });
    faults.clear();
    printed["repaired"] = await loudly("repaired", declared(3, ", clients: keep"));
    const environment = declared(2, ", clients: keep").replace("secret: {", "secret: { keys: environment,");
    printed["re-spelt"] = await loudly("respelt", environment);
    printed["revoked"] = await loudly("revoked", `${environment}      revoked: true\n`);
    printed["refreshed"] = (await scene.pulumi(["refresh", "--yes", "-v=11", "--logtostderr"])).stderr;
    const revealed = await scene.pulumi(["stack", "export", "--show-secrets"]);
    printed["export"] = revealed.stdout;

    const secrets = knownSecrets(scene);
    expect(secrets.length).toBeGreaterThan(4);
    for (const [what, text] of Object.entries(printed)) {
      expect({ what, isThere: text.length > 0 }).toEqual({ what, isThere: true });
      expect({ what, found: secretsIn(text, secrets) }).toEqual({ what, found: [] });
    }
    // Logs, plans, traces, evidence, and the whole backend; the simulated services' own files hold secrets, and prove the search.
    const files = readdirSync(logs, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes("/bin"))
      .map((entry) => join(entry.parentPath, entry.name));
    const telling = files.filter((file) => secretsIn(readFileSync(file, "latin1"), secrets).length > 0);
    expect(telling.map((file) => file.slice(logs.length + 1)).sort()).toEqual(["genesys.json"]);
    for (const part of ["grpc-", "events-", "trace-", "plan-", "evidence/", "backend/.pulumi/history"]) {
      expect({ part, count: files.filter((file) => file.includes(`/${part}`)).length > 0 }).toEqual({
        part,
        count: true,
      });
    }
  });
});
