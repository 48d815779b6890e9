// The world of an engine test: a temporary copy of the project, the real Pulumi CLI, and the simulated services in the test's own process.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock } from "../../common/clock";
import { installAwsPlugin } from "../../sandbox/aws-plugin/install";
import { sandboxEnvironment } from "../../sandbox/environment";
import { deployerClientId } from "../../sandbox/genesys/seed";
import { type GenesysSimulator, startGenesysSimulator } from "../../sandbox/genesys/server";
import { type SecretsManagerEmulator, startSecretsManager } from "../../sandbox/secretsmanager/server";
import { cachedPulumi } from "../../sandbox/toolchain/cache";
import { resolvePulumi } from "../../sandbox/toolchain/resolvePulumi";
import { projectFolder, type WorldPaths, worldPaths } from "../../sandbox/worldPaths";
import { StandingHosts } from "./standingHosts";

/** What a `pulumi` command did. */
export interface PulumiResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a `pulumi` command runs. */
export interface PulumiOptions {
  /** Added to, or replacing, the world's environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds after which the command is killed and the test fails. */
  readonly timeoutMs?: number;
  /** The engine starts a language host and an AWS plugin of its own, even where the world has some that stay. */
  readonly startsHosts?: boolean;
  /** Gets the process as soon as it has started, to send it signals. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** See the first line of this file. */
export interface EngineWorld {
  /** The temporary copy of the project. */
  readonly folder: string;
  readonly simulator: GenesysSimulator;
  readonly secretsManager: SecretsManagerEmulator;
  readonly environment: NodeJS.ProcessEnv;
  /** Everything that commands printed so far, for searching it for secrets. */
  readonly transcript: string;
  /** Writes Pulumi.<stack>.yaml. Before the next command the stack is created where there is none, and selected where another one is. */
  writeStack(stack: string, yamlText: string): void;
  /** Path of the stack's state file in the backend. */
  stateFile(stack: string): string;
  /** Runs `pulumi` in the project, without a terminal, questions or colours. */
  pulumi(commandArguments: readonly string[], options?: PulumiOptions): Promise<PulumiResult>;
  /** Ends what still runs, stops the services and removes the folder. */
  stop(): Promise<void>;
}

/** What of the project a program and its providers consist of. */
const projectFolders = [
  "common",
  "declarations",
  "evidence",
  "genesys",
  "policy",
  "providers",
  "resources",
  "secrets",
];
const projectFilePattern = /^(Pulumi\.yaml|package\.json|tsconfig\.json|[^.]+\.ts)$/;

/** Milliseconds; an `up` takes about 4 s, on a loaded machine several times that. */
const commandTimeoutMs = 120_000;

/** Milliseconds a test of several commands may take; for `jest.setTimeout` or the last argument of a test. */
export const engineTestTimeoutMs = 240_000;

/** Secret of the deployer's own OAuth client in every engine test; it must show up nowhere. */
export const deployerSecret = "canary-engine-test-deployer-secret";

/** Variables of the developer's own environment that would change what a test sees. */
const foreignVariables = /^(AWS|GENESYSCLOUD|PULUMI|NODE_COMPILE_CACHE)/;

/** With Node's `-r`: our TypeScript is read through the kept output of the compiler, as the program's own is. */
export const registerTypeScript = join(projectFolder, "common", "register.js");

/** With Node's `-r`: packages are not compiled anew in each of the processes of a command, which is a sixth of its time. */
const compiledPackages = join(__dirname, "compiledPackages.js");

/**
 * Why there is no engine on this machine, or undefined. Looked up once for each test file; where nothing is in the user's cache, by a
 * process, which may build the CLI into it.
 */
const missingEngine = ((): string | undefined => {
  if ("cli" in cachedPulumi(process.env)) {
    return undefined;
  }
  const main = join(projectFolder, "sandbox", "toolchain", "main.ts");
  const attempt = spawnSync(process.execPath, ["-r", registerTypeScript, main, "version"], {
    cwd: projectFolder,
    encoding: "utf8",
  });
  return attempt.status === 0 ? undefined : attempt.stderr.trim();
})();

/** A `describe` for tests that need the Pulumi CLI; where none can be had they are skipped, and the reason is printed. */
export function describeEngine(name: string, tests: () => void): void {
  if (missingEngine !== undefined) {
    process.stderr.write(`SKIPPED, no Pulumi CLI: ${name}\n${missingEngine}\n`);
  }
  // eslint-disable-next-line @typescript-eslint/no-unused-expressions
  missingEngine === undefined ? describe(name, tests) : describe.skip(name, tests);
}

/** What may be chosen about a world. */
export interface EngineWorldOptions {
  /** The time of both simulated services; the computer's when absent. */
  readonly clock?: Clock;
  /** Puts files into the world before its services start; a snapshot that it leaves there is what its service goes on with. */
  readonly furnish?: (paths: WorldPaths) => void;
  /**
   * Whether each command starts its language host, program and AWS plugin, as for people (when absent), or all of them use ones that
   * stay: for suites of many commands that run one at a time, and whose program ends well. The engine and the provider's process are new
   * in each command in any case.
   */
  readonly hosts?: "started" | "staying";
}

/** Creates a world; the test stops it. */
export async function createEngineWorld(options: EngineWorldOptions = {}): Promise<EngineWorld> {
  const folder = mkdtempSync(join(tmpdir(), "genesys-credentials-engine-"));
  copyProject(folder);
  const paths = worldPaths(folder);
  for (const part of [paths.backend, paths.pulumiHome]) {
    mkdirSync(part, { recursive: true });
  }
  options.furnish?.(paths);
  const keptIn = (path: string): { snapshotPath?: string } =>
    existsSync(path) ? { snapshotPath: path } : {};
  const clock = options.clock === undefined ? {} : { clock: options.clock };
  const cli = await resolvePulumi();
  const simulator = await startGenesysSimulator({
    ...clock,
    ...keptIn(paths.genesysSnapshot),
    seed: { deployerSecret },
  });
  const secretsManager = await startSecretsManager({ ...clock, ...keptIn(paths.secretsManagerSnapshot) });
  installAwsPlugin(paths.pulumiHome);
  const { variables } = sandboxEnvironment({
    base: Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreignVariables.test(name))),
    paths,
    services: {
      genesysUrl: simulator.url,
      secretsManagerUrl: secretsManager.url,
      deployerClientId,
      deployerSecret,
    },
    binFolder: cli.binFolder,
    awsPlugin: "stand-in",
  });
  const nodeOptions = [variables["NODE_OPTIONS"] ?? "", `-r ${JSON.stringify(compiledPackages)}`];
  const environment = { ...variables, NODE_OPTIONS: nodeOptions.join(" ").trim() };

  const running = new Set<ChildProcess>();
  let transcript = "";
  const hosts =
    options.hosts === "staying"
      ? StandingHosts.start(folder, compiledPackages, (text) => (transcript += text))
      : undefined;
  let stackToPrepare: string | undefined;
  let selectedStack: string | undefined;
  const stateFile = (stack: string): string =>
    join(paths.backend, ".pulumi", "stacks", "genesys-credentials", `${stack}.json`);

  const run = async (wanted: readonly string[], how: PulumiOptions): Promise<PulumiResult> => {
    const asked = { commandArguments: wanted, environment: { ...environment, ...how.env } };
    const { commandArguments, environment: env } =
      hosts === undefined || how.startsHosts === true
        ? asked
        : await hosts.serve(asked.commandArguments, asked.environment);
    return new Promise((resolve, reject) => {
      const child = spawn(cli.command, [...commandArguments, "--non-interactive", "--color", "never"], {
        cwd: folder,
        env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      running.add(child);
      let stdout = "";
      let stderr = "";
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        child.kill("SIGKILL");
      }, how.timeoutMs ?? commandTimeoutMs);
      child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
      child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
      child.once("error", reject);
      child.once("close", (code) => {
        clearTimeout(timer);
        running.delete(child);
        transcript += stdout + stderr;
        if (isLate) {
          reject(new Error(`pulumi ${commandArguments.join(" ")} took too long:\n${stdout}\n${stderr}`));
          return;
        }
        resolve({ exitCode: code ?? -1, stdout, stderr });
      });
      how.onStart?.(child);
    });
  };

  const prepareStack = async (): Promise<void> => {
    const stack = stackToPrepare;
    stackToPrepare = undefined;
    const exists = stack !== undefined && existsSync(stateFile(stack));
    if (stack === undefined || (exists && stack === selectedStack)) {
      return;
    }
    const action = exists ? "select" : "init";
    const result = await run(["stack", action, stack], {});
    if (result.exitCode !== 0) {
      throw new Error(`pulumi stack ${action} ${stack} failed:\n${result.stdout}\n${result.stderr}`);
    }
    selectedStack = stack;
  };

  return {
    folder,
    simulator,
    secretsManager,
    environment,
    get transcript() {
      return transcript;
    },
    writeStack: (stack, yamlText) => {
      const path = join(folder, `Pulumi.${stack}.yaml`);
      writeFileSync(path, withSalt(yamlText, existsSync(path) ? readFileSync(path, "utf8") : ""));
      stackToPrepare = stack;
    },
    stateFile,
    pulumi: async (commandArguments, how = {}) => {
      await prepareStack();
      if (commandArguments[0] === "stack") {
        selectedStack = undefined; // it may select another one, or none
      }
      return run(commandArguments, how);
    },
    stop: async () => {
      const ended = [...running].map((child) => new Promise((resolve) => child.once("close", resolve)));
      for (const child of running) {
        child.kill("SIGKILL");
      }
      await Promise.all([...ended, hosts?.stop(), simulator.stop(), secretsManager.stop()]);
      rmSync(folder, { recursive: true, force: true, maxRetries: removalRetries });
    },
  };
}

/** A plugin that ends a moment after its engine may still write while the folder is being removed. */
const removalRetries = 5;

function copyProject(folder: string): void {
  const names = readdirSync(projectFolder);
  for (const name of names.filter(
    (entry) => projectFilePattern.test(entry) || projectFolders.includes(entry),
  )) {
    cpSync(join(projectFolder, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(projectFolder, "node_modules"), join(folder, "node_modules"));
}

/** Pulumi keeps the salt of the stack's passphrase in its file; a test that writes the file anew must not lose it. */
function withSalt(yamlText: string, former: string): string {
  const saltPattern = /^encryptionsalt: .*$/m;
  const salt = saltPattern.exec(former)?.[0];
  return salt === undefined || saltPattern.test(yamlText) ? yamlText : `${salt}\n${yamlText}`;
}
