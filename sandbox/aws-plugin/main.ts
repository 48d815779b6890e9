// The plugin's process: prints its port for the engine, and ends when the engine is gone.
import { fstatSync } from "node:fs";
import { systemClock } from "../../common/clock";
import { ProcessSignals } from "../toolchain/processSignals";
import { startAwsPlugin } from "./server";

const failureExitCode = 1;

// The SDK would print a notice about Node versions to stderr, which Pulumi may show as the plugin's own words.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

/** The engine holds the other end of stdin; run by hand, or with stdin from a file, its end means nothing. */
function isStdinHeldByParent(): boolean {
  try {
    const stdin = fstatSync(process.stdin.fd);
    return stdin.isFIFO() || stdin.isSocket();
  } catch {
    return false;
  }
}

startAwsPlugin({ clock: systemClock, environment: process.env }).then(
  (plugin) => {
    const end = (): void => {
      plugin.stop();
      process.exit(0);
    };
    new ProcessSignals().subscribe(end);
    if (isStdinHeldByParent()) {
      process.stdin.once("end", end).once("error", end).resume();
    }
    process.stdout.write(`${plugin.port}\n`);
  },
  (error: unknown) => {
    const reason = error instanceof Error ? error.message : "unknown reason";
    process.stderr.write(`Starting the sandbox's AWS plugin: ${reason}\n`);
    process.exit(failureExitCode);
  },
);
