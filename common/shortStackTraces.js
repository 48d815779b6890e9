// What Pulumi records of where a resource was declared: lines of the program, without what led to the program.
"use strict";

/** @typedef {NonNullable<typeof Error.prepareStackTrace>} Formatter */

/**
 * Pulumi's SDK writes out a whole stack trace for each resource, and the engine keeps it in the state: for a program that is a module most
 * of it is how Node.js loads modules, the same for each resource and a fifth of what the engine writes at each step (npm run bench -- scale).
 * From now on a whole stack trace ends where the program begins; one of limited length, as errors have, stays as it is.
 * @param {string} program The file of the program.
 */
function shortenStackTraces(program) {
  const ours = new WeakSet();
  const shortening = (/** @type {Formatter} */ format) => {
    /** @type {Formatter} */
    const one = (error, frames) =>
      format(
        error,
        Error.stackTraceLimit === Number.POSITIVE_INFINITY ? untilProgram(frames, program) : frames,
      );
    ours.add(one);
    return one;
  };
  let current = shortening(plain);
  // The SDK sets a formatter of its own after this, and libraries set one for a moment and put back what they read here before.
  Object.defineProperty(Error, "prepareStackTrace", {
    configurable: true,
    get: () => current,
    set: (/** @type {any} */ formatter) => {
      // Anything else is as good as none, as it is for V8.
      const format = typeof formatter === "function" ? formatter : plain;
      current = ours.has(format) ? format : shortening(format);
    },
  });
}

/** @type {Formatter} As V8 writes it by itself. */
const plain = (error, frames) =>
  [String(error), ...frames.map((frame) => `    at ${String(frame)}`)].join("\n");

/** Frames without a file are V8's own, as `Array.map`: they say nothing of where. */
function untilProgram(/** @type {NodeJS.CallSite[]} */ frames, /** @type {string} */ program) {
  const begin = frames.findLastIndex((frame) => frame.getFileName() === program);
  return begin < 0 ? frames : frames.slice(0, begin + 1).filter((frame) => frame.getFileName());
}

module.exports = { shortenStackTraces };
