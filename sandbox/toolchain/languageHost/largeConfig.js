// Hands a stack's config to a Node.js process that could not be started with it: a variable of the environment has an end.
"use strict";

/** Bytes of one `NAME=value` with its end that Linux gives to a new process: 32 pages (execve(2), MAX_ARG_STRLEN). */
const longestVariableBytes = 131_072;
/** Where the receiving process finds it; 0 to 2 are the standard streams. */
const configDescriptor = 3;
const variable = "PULUMI_CONFIG";

/**
 * What to start a process with, so that it has this environment. Pulumi's own language host would not start it; that is told, and the
 * sandbox goes on: it shows what the stack would do.
 * @param {Record<string, string | undefined>} environment
 */
function withLargeConfig(environment) {
  const config = environment[variable] ?? "";
  const bytes = Buffer.byteLength(`${variable}=${config}\0`);
  if (bytes <= longestVariableBytes) {
    return { nodeArguments: [], environment, streams: [], warning: undefined, handOver: () => undefined };
  }
  const { [variable]: _config, ...others } = environment;
  return {
    nodeArguments: ["-r", require.resolve("./receiveConfig.js")],
    environment: others,
    streams: [/** @type {const} */ ("pipe")],
    warning:
      `Starting the program: the settings of the stack are ${bytes} bytes as Pulumi hands them to it. On Linux no more than ` +
      `${longestVariableBytes} can be handed over ("argument list too long"), so that this stack works in the sandbox alone; divide it, as docs/scale.md says.`,
    /** @param {import("node:child_process").ChildProcess} child Started with the arguments and streams above. */
    handOver: (child) => {
      const pipe = /** @type {import("node:stream").Writable} */ (child.stdio[configDescriptor]);
      pipe.on("error", () => undefined); // The process ended before it had read everything, which is told by its exit.
      pipe.end(config);
    },
  };
}

module.exports = { configDescriptor, variable, withLargeConfig };
