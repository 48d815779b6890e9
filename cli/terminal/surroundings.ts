// What a command has of the outside world, so that tests can give it another one.
import { createInterface } from "node:readline";
import { resolve } from "node:path";
import pc from "picocolors";
import { type Clock, systemClock } from "../../common/clock";
import { Redactor } from "../../common/redact";
import { type Environment } from "../../common/environmentVariables";
import { Output } from "./output";

/** Everything outside the program that commands depend on, apart from what each one says it needs. */
export interface Surroundings {
  /** The folder of Pulumi.yaml and the stack files. */
  readonly folder: string;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly output: Output;
  /** Asks a person on the terminal; undefined where there is none, or nobody answered. */
  readonly ask?: (question: string) => Promise<string | undefined>;
}

/** What no command may print, wherever it quotes it from. */
const secretVariables = [
  "GENESYSCLOUD_OAUTHCLIENT_SECRET",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "PULUMI_CONFIG_PASSPHRASE",
  "PULUMI_ACCESS_TOKEN",
] as const;

/** Knows every secret of the environment before anything is printed. */
export function redactorFor(environment: Environment): Redactor {
  const redactor = new Redactor();
  for (const name of secretVariables) {
    redactor.add(environment[name]?.trim());
  }
  return redactor;
}

/** The surroundings of this process. */
export function surroundingsOfProcess(): Surroundings {
  // The AWS SDK announces on every run that later versions of it leave Node 20; which one is used is pinned in package.json.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const redactor = redactorFor(process.env);
  const isTerminal = process.stdin.isTTY && process.stderr.isTTY;
  return {
    folder: process.cwd(),
    environment: process.env,
    clock: systemClock,
    redactor,
    output: new Output(
      redactor,
      (text) => process.stdout.write(text),
      (text) => process.stderr.write(text),
      pc.isColorSupported && process.stdout.isTTY,
      process.stderr.isTTY && (process.env["CI"] ?? "") === "",
    ),
    ...(isTerminal ? { ask: askOnTerminal } : {}),
  };
}

/** The same surroundings in another folder. */
export function inFolder(surroundings: Surroundings, folder: string | undefined): Surroundings {
  return folder === undefined
    ? surroundings
    : { ...surroundings, folder: resolve(surroundings.folder, folder) };
}

/** The question goes to standard error: standard output may be a file. */
function askOnTerminal(question: string): Promise<string | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((answered) => {
    terminal.on("close", () => {
      answered(undefined);
    });
    terminal.question(question, (answer) => {
      answered(answer);
      terminal.close();
    });
  });
}
