// The command line of the sandbox: `npm run sandbox`.
// What it does is loaded only once signals are being caught: loading takes a second, and Ctrl-C must end that second too.
import { withSignals } from "./program";
import { type ProcessSignals } from "./toolchain/processSignals";
import { parseCommandLine, type Request, usage } from "./commandLine";
import { type SessionOptions } from "./session";
import { projectFolder } from "./worldPaths";

const wrongUsageExitCode = 2;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const note = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function run(request: Request, signals: ProcessSignals): Promise<number> {
  const session = (awsPlugin: SessionOptions["awsPlugin"]): SessionOptions => ({
    project: projectFolder,
    base: process.env,
    awsPlugin,
    signals,
    onNote: note,
  });
  switch (request.kind) {
    case "demo":
      return (await import("./demo")).runDemo(session(request.awsPlugin), print);
    case "exec": {
      const [program, ...programArguments] = request.command;
      const { inSession } = await import("./session");
      return inSession(session(request.awsPlugin), (open) => open.run(program, programArguments));
    }
    case "serve":
      await (await import("./serve")).serve(session(request.awsPlugin), print);
      return 0;
    case "reset":
      print(
        (await (await import("./reset")).resetWorld(projectFolder))
          ? "The sandbox is forgotten; npm run sandbox makes a new one."
          : "There is no sandbox to forget.",
      );
      return 0;
    case "help":
      print(usage);
      return 0;
    case "wrong":
      note(`npm run sandbox: ${request.problem}.\n\n${usage}`);
      return wrongUsageExitCode;
  }
}

withSignals((signals) => run(parseCommandLine(process.argv.slice(2)), signals)).then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    note(
      `npm run sandbox: an unexpected failure; please report it.\n${String(error instanceof Error ? error.stack : error)}`,
    );
    process.exit(1);
  },
);
