// Starts Node.js with a stack's config, also where that is more than a variable of the environment holds.
"use strict";

const { spawn } = require("node:child_process");

/** Bytes of one `NAME=value` with its end that Linux gives to a new process: 32 pages (execve(2), MAX_ARG_STRLEN). */
const longestVariableBytes = 131_072;
/** Where the receiving process finds it; 0 to 2 are the standard streams. */
const configDescriptor = 3;
const variable = "PULUMI_CONFIG";

/**
 * As `spawn`. Pulumi's own language host would not start a process with too large a config; that is told, and the sandbox goes on: it
 * shows what the stack would do.
 * @param {readonly string[]} commandArguments
 * @param {{ cwd: string, stdio: ("ignore" | "inherit" | "pipe")[], env: Record<string, string | undefined> }} options
 * @param {(line: string) => void} tell
 */
function spawnNode(commandArguments, options, tell) {
  const { [variable]: config = "", ...others } = options.env;
  const bytes = Buffer.byteLength(`${variable}=${config}\0`);
  if (bytes <= longestVariableBytes) {
    return spawn(process.execPath, commandArguments, options);
  }
  tell(
    `Starting the program: the settings of the stack are ${bytes} bytes as Pulumi hands them to it. On Linux no more than ` +
      `${longestVariableBytes} can be handed over ("argument list too long"), so that this stack works in the sandbox alone; divide it, as docs/scale.md says.`,
  );
  const child = spawn(process.execPath, ["-r", require.resolve("./receiveConfig.js"), ...commandArguments], {
    ...options,
    stdio: [...options.stdio, "pipe"],
    env: others,
  });
  const pipe = /** @type {import("node:stream").Writable} */ (child.stdio[configDescriptor]);
  pipe.on("error", () => undefined); // The process ended before it had read everything, which is told by its exit.
  pipe.end(config);
  return child;
}

module.exports = { configDescriptor, spawnNode, variable };
