// The long runs: every test that takes chances, with all its seeds, rotations and credentials: `npm run test:crash`. Within `npm test` the same files run with a few.
"use strict";

const path = require("node:path");

const common = require("../../jest.config.js");

process.env["CRASH_SEEDS"] ??= "200";
process.env["SEQUENCES_RUNS"] ??= "300";
process.env["CONSUMER_ROTATIONS"] ??= "10";
process.env["STORM_CREDENTIALS"] ??= "30";
process.env["HOSTILE_ANSWERS"] ??= "60";

/** @type {import("jest").Config} */
module.exports = {
  ...common,
  rootDir: path.join(__dirname, "..", ".."),
  testMatch: [
    "<rootDir>/tests/crash/*.test.ts",
    "<rootDir>/tests/property/{apiAnswers,rotationSequences}.test.ts",
    "<rootDir>/tests/engine/{rotationConsumers,stopTheWorld}.test.ts",
  ],
  maxWorkers: 1,
};
