// Ends a plugin process together with the engine that started it, however the engine ends.
"use strict";

/**
 * The engine holds the write end of stdin for as long as it lives and never writes to it, so the end of stdin is the end of
 * the engine, SIGKILL included. A SIGINT or SIGTERM asks for the same.
 * @param {() => Promise<void>} [beforeExit] ends what this process has started
 */
function endWithEngine(beforeExit = async () => {}) {
  let ending = false;
  const end = () => {
    if (ending) {
      return;
    }
    ending = true;
    beforeExit().finally(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, end);
  }
  for (const event of ["end", "close", "error"]) {
    process.stdin.on(event, end);
  }
  process.stdin.resume();
}

module.exports = { endWithEngine };
