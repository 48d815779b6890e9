// The crash tests alone, with all their seeds: `npm run test:crash`. Within `npm test` the same file runs with a few.
"use strict";

const path = require("node:path");

const common = require("../../jest.config.js");

process.env["CRASH_SEEDS"] ??= "200";

/** @type {import("jest").Config} */
module.exports = {
  ...common,
  rootDir: path.join(__dirname, "..", ".."),
  roots: ["<rootDir>/tests/crash"],
  maxWorkers: 1,
};
