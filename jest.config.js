// How Jest runs the tests: one compiler (TypeScript's own), no type check (that is `npm run check`), a closing line CI can read.
"use strict";

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/tests"],
  testMatch: ["**/*.test.ts"],
  setupFiles: ["<rootDir>/tests/processOfTests.js"],
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "<rootDir>/tsconfig.json", diagnostics: false }] },
  reporters: ["default", "<rootDir>/tests/closingLineReporter.js"],
  coverageProvider: "v8",
  maxWorkers: 2,
  testTimeout: 30_000,
  modulePathIgnorePatterns: ["<rootDir>/.sandbox"],
  watchPathIgnorePatterns: ["<rootDir>/.sandbox"],
};
