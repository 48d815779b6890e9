// The processes that the language host has started and that still run.
"use strict";

// Milliseconds a program gets to end after SIGTERM before it is killed; the engine itself waits 5 s for this process.
const graceMs = 2000;

const running = new Set();

/** Remembers a child process until it has ended; returns the same child. */
function track(child) {
  running.add(child);
  const forget = () => running.delete(child);
  child.once("close", forget);
  child.once("error", forget);
  return child;
}

/** Asks every child to end, kills what has not ended after the grace, and resolves when all have ended. */
async function endChildren() {
  const children = [...running];
  const ended = children.map((child) => new Promise((resolve) => child.once("close", resolve)));
  for (const child of children) {
    child.kill("SIGTERM");
  }
  const timer = setTimeout(() => children.forEach((child) => child.kill("SIGKILL")), graceMs);
  await Promise.all(ended);
  clearTimeout(timer);
}

module.exports = { track, endChildren };
