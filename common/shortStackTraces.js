// What Pulumi records of where a resource was declared: lines of the program, without what led to the program.
"use strict";

/**
 * Pulumi's SDK writes out a whole stack trace for each resource, and the engine keeps it in the state: for a program that is a module most
 * of it is how Node.js loads modules, the same for each resource and a fifth of what the engine writes at each step (npm run bench -- scale).
 * From now on a whole stack trace ends where the program begins; one of limited length, as errors have, stays as it is.
 * @param {string} program The file of the program.
 */
function shortenStackTraces(program) {
  /** @type {NonNullable<typeof Error.prepareStackTrace>} */
  let format = (error, frames) =>
    [String(error), ...frames.map((frame) => `    at ${String(frame)}`)].join("\n");
  /** @type {typeof format} */
  const formatShortened = (error, frames) =>
    format(
      error,
      Error.stackTraceLimit === Number.POSITIVE_INFINITY ? untilProgram(frames, program) : frames,
    );
  // The SDK sets a formatter of its own after this: it is the one that is asked.
  Object.defineProperty(Error, "prepareStackTrace", {
    configurable: true,
    get: () => formatShortened,
    set: (formatter) => {
      format = formatter;
    },
  });
}

/** Frames without a file are V8's own, as `Array.map`: they say nothing of where. */
function untilProgram(/** @type {NodeJS.CallSite[]} */ frames, /** @type {string} */ program) {
  const begin = frames.findLastIndex((frame) => frame.getFileName() === program);
  return begin < 0 ? frames : frames.slice(0, begin + 1).filter((frame) => frame.getFileName());
}

module.exports = { shortenStackTraces };
