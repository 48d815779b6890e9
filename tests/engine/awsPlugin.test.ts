// A secret of the stand-in AWS plugin in the real engine: failed updates and replacements go as with the real plugin.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installAwsPlugin } from "../../sandbox/aws-plugin/install";
import { sandboxEnvironment } from "../../sandbox/environment";
import { type SecretsManagerEmulator, startSecretsManager } from "../../sandbox/secretsmanager/server";
import { resolvePulumi } from "../../sandbox/toolchain/resolvePulumi";
import { projectFolder, worldPaths } from "../../sandbox/worldPaths";
import { describeEngine, engineTestTimeoutMs } from "./world";

/** One secret, whose inputs and options come from the environment. */
const program = `
const { Secret } = require("@pulumi/aws/secretsmanager");
const { inputs, options } = JSON.parse(process.env.SECRET);
new Secret("report", inputs, options);
`;
const region = "eu-west-1";

describeEngine("a secret of the stand-in AWS plugin", () => {
  jest.setTimeout(engineTestTimeoutMs);
  let folder: string;
  let emulator: SecretsManagerEmulator;
  let inputs: Record<string, unknown>;
  let options: Record<string, unknown>;
  let run: (...commandArguments: readonly string[]) => Promise<{ isGreen: boolean; text: string }>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "genesys-credentials-aws-"));
    writeFileSync(join(folder, "Pulumi.yaml"), "name: secrets\nruntime: nodejs\n");
    writeFileSync(join(folder, "package.json"), '{"main":"index.js"}');
    writeFileSync(join(folder, "index.js"), program);
    symlinkSync(join(projectFolder, "node_modules"), join(folder, "node_modules"));
    const paths = worldPaths(folder);
    mkdirSync(paths.backend, { recursive: true });
    installAwsPlugin(paths.pulumiHome);
    emulator = await startSecretsManager();
    const cli = await resolvePulumi();
    const services = { genesysUrl: "", deployerClientId: "", deployerSecret: "" };
    const { variables } = sandboxEnvironment({
      base: { HOME: process.env["HOME"], PATH: process.env["PATH"] },
      paths,
      services: { ...services, secretsManagerUrl: emulator.url },
      binFolder: cli.binFolder,
      awsPlugin: "stand-in",
    });
    run = (...commandArguments) =>
      new Promise((resolve, reject) => {
        const child = spawn(cli.command, [...commandArguments, "--non-interactive", "--color", "never"], {
          cwd: folder,
          env: { ...variables, SECRET: JSON.stringify({ inputs, options }) },
        });
        let text = "";
        child.stdout.on("data", (data: Buffer) => (text += data.toString()));
        child.stderr.on("data", (data: Buffer) => (text += data.toString()));
        child.once("error", reject);
        child.once("close", (code) => {
          resolve({ isGreen: code === 0, text });
        });
      });
    inputs = { name: "a", description: "old", recoveryWindowInDays: 7 };
    options = {};
    await run("stack", "init", "dev");
    await run("config", "set", "aws:region", region);
    expect(await run("up", "--yes", "--skip-preview")).toMatchObject({ isGreen: true });
    emulator.clearRequestLog();
  });

  afterEach(async () => {
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const up = async (...more: readonly string[]): Promise<boolean> =>
    (await run("up", "--yes", "--skip-preview", ...more)).isGreen;
  const description = (): string | undefined => emulator.vault.find(region, "a").description;
  const written = (): string[] =>
    emulator.requestLog
      .filter(({ status, operation }) => status === 200 && /^(Create|Delete|Update)/.test(operation))
      .map(({ operation }) => operation);

  test("denied once, it is green and unchanged at the next `up`, and updated at the one after that", async () => {
    inputs = { ...inputs, description: "new" };
    emulator.faults.arm({ kind: "accessDenied", operation: "UpdateSecret" });
    expect(await up()).toBe(false);
    expect(await up()).toBe(true);
    expect(description()).toBe("old");
    expect((await run("preview", "--expect-no-changes")).isGreen).toBe(false);
    expect(await up()).toBe(true);
    expect(description()).toBe("new");
    expect((await run("preview", "--expect-no-changes")).isGreen).toBe(true);
    expect((await run("refresh", "--preview-only", "--expect-no-changes")).isGreen).toBe(true);
  });

  test("denied once, `up --refresh` heals it at once", async () => {
    inputs = { ...inputs, description: "new" };
    emulator.faults.arm({ kind: "accessDenied", operation: "UpdateSecret" });
    expect(await up()).toBe(false);
    expect(await up("--refresh")).toBe(true);
    expect(description()).toBe("new");
  });

  test("a new name that is taken costs the old secret, unless `deleteBeforeReplace` is false", async () => {
    emulator.faults.arm({ kind: "accessDenied", operation: "CreateSecret", times: 2 });
    inputs = { ...inputs, name: "b" };
    options = { deleteBeforeReplace: false };
    expect(await up()).toBe(false);
    expect(written()).toEqual([]);
    options = {};
    expect(await up()).toBe(false);
    expect(written()).toEqual(["DeleteSecret"]);
  });

  test("a command without a change asks STS twice, and nobody else", async () => {
    expect((await run("preview", "--expect-no-changes")).isGreen).toBe(true);
    expect(emulator.requestLog.map(({ operation }) => operation)).toEqual([
      "GetCallerIdentity",
      "GetCallerIdentity",
    ]);
  });

  test("a secret that could not be read after its creation is not created again", async () => {
    inputs = { ...inputs, name: "b" };
    options = { deleteBeforeReplace: false };
    emulator.faults.arm({ kind: "accessDenied", operation: "DescribeSecret" });
    expect(await up()).toBe(false);
    expect(await up()).toBe(true);
    expect(written()).toEqual(["CreateSecret", "DeleteSecret"]);
    expect((await run("preview", "--expect-no-changes")).isGreen).toBe(true);
  });
});
