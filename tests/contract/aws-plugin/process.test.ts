// The plugin as the engine starts it: installed, from any folder, ending with its parent, and silent about secrets.
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { accessSync, constants, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { installAwsPlugin } from "../../../sandbox/aws-plugin/install";
import { startSecretsManager, type SecretsManagerEmulator } from "../../../sandbox/secretsmanager/server";
import { Engine, failureOf, types } from "./engine";
import { region } from "./pluginWorld";

const canary = "canary-access-secret";
let folder: string;
let plugin: string;
let emulator: SecretsManagerEmulator;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "aws plugin's home "));
  plugin = installAwsPlugin(folder);
  emulator = await startSecretsManager();
});

afterAll(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly output: () => string;
  readonly engine: Engine;
  readonly ended: Promise<number | null>;
}

async function start(): Promise<Running> {
  const child = spawn(plugin, [], {
    cwd: "/",
    env: {
      PATH: process.env["PATH"],
      AWS_ACCESS_KEY_ID: "canary-key-id",
      AWS_SECRET_ACCESS_KEY: canary,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: emulator.url,
    },
  });
  let output = "";
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once("exit", () => {
      reject(new Error(`the plugin ended: ${output}`));
    });
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      resolve(Number(output.split("\n")[0]));
    });
  });
  const engine = new Engine(port);
  await engine.configure({ region });
  return { child, output: () => output, engine, ended };
}

test("it lies where the engine looks, under the version of the SDK, executable", () => {
  expect(plugin).toBe(join(folder, "plugins", "resource-aws-v7.48.0", "pulumi-resource-aws"));
  expect(() => {
    accessSync(plugin, constants.X_OK);
  }).not.toThrow();
});

test("installing again changes nothing, and another version lies beside the first", () => {
  const before = readdirSync(dirname(plugin)).sort();
  expect(installAwsPlugin(folder)).toBe(plugin);
  expect(readdirSync(dirname(plugin)).sort()).toEqual(before);
  expect(installAwsPlugin(folder, "7.99.0")).toContain("resource-aws-v7.99.0");
});

test("the port is all it ever prints, and its errors hold no secret", async () => {
  const { engine, output, child, ended } = await start();
  const secret = await engine.create(types.secret, { name: "a", recoveryWindowInDays: 0 });
  const policy = JSON.stringify({ Statement: [] });
  emulator.faults.arm({
    kind: "error",
    error: { code: "InvalidSignatureException", message: "The signature we calculated does not match" },
  });
  const failures = [
    await failureOf(engine.create(types.secret, { name: "b" })),
    await failureOf(engine.create(types.policy, { secretArn: "missing", policy })),
    await failureOf(engine.check("aws:sqs/queue:Queue", { secretString: canary })),
  ];
  await engine.delete(types.secret, secret);
  engine.close();
  child.stdin.end();
  expect(await ended).toBe(0);
  expect(output()).toMatch(/^\d+\n$/);
  expect(failures.join("\n")).not.toContain(canary);
  expect(failures.join("\n")).not.toMatch(/\n\s+at /);
});

test.each([
  ["stdin ends", (child: ChildProcessWithoutNullStreams) => child.stdin.end()],
  ["SIGINT", (child: ChildProcessWithoutNullStreams) => child.kill("SIGINT")],
  ["SIGTERM", (child: ChildProcessWithoutNullStreams) => child.kill("SIGTERM")],
])("it ends on %s, also with a call in flight", async (_title, end) => {
  const { engine, child, ended } = await start();
  emulator.faults.arm({ kind: "timeout", operation: "DescribeSecret" });
  emulator.clearRequestLog();
  const call = failureOf(engine.create(types.secret, { name: `b-${String(child.pid)}` }));
  while (emulator.requestLog.length < 2) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  end(child);
  expect(await ended).toBe(0);
  await expect(call).resolves.toEqual(expect.any(String));
  engine.close();
});

test("it ends when its parent is gone, even where stdin says nothing", async () => {
  const parent = spawn("sh", ["-c", '"$0" < /dev/null & wait', plugin], {
    env: {
      PATH: process.env["PATH"],
      AWS_ACCESS_KEY_ID: "canary-key-id",
      AWS_SECRET_ACCESS_KEY: canary,
    },
  });
  // The plugin holds its parent's stdout open: that closes when both are gone.
  const closed = new Promise((resolve) => parent.stdout.once("close", resolve));
  await new Promise((resolve) => parent.stdout.once("data", resolve));
  parent.kill("SIGKILL");
  await closed;
  expect(parent.signalCode).toBe("SIGKILL");
});
