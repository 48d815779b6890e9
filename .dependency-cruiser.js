// Which folder may import what: one rule a row of the architecture's table. Checked by `npm run imports`.
"use strict";

/** Every folder with code of ours. */
const folders = [
  "bench",
  "cli",
  "common",
  "declarations",
  "genesys",
  "policy",
  "providers",
  "resources",
  "sandbox",
  "schemas",
  "tests",
];

const ours = (names) => `^(${names.join("|")})/`;
const notOurs = (allowed) => ours(folders.filter((folder) => !allowed.includes(folder)));

/** A rule for one folder: of our own folders it may import only itself and those named. */
const onlyImports = (folder, allowed, comment) => ({
  name: `${folder}-imports`,
  comment,
  severity: "error",
  from: { path: `^${folder}/` },
  to: { path: `${notOurs([folder, ...allowed])}|^index\\.ts$` },
});

/** A rule for one folder: packages that it must not import at runtime. */
const neverPackages = (folder, packages, comment, exceptions = {}) => ({
  name: `${folder}-packages`,
  comment,
  severity: "error",
  from: { path: `^${folder}/`, ...exceptions },
  to: { path: packages.map((name) => `^node_modules/${name}|^${name}$`).join("|") },
});

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Modules that need each other cannot be understood one at a time. Types alone do not count.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-orphans",
      comment: "A module that nothing imports and that imports nothing is forgotten.",
      severity: "error",
      from: { orphan: true, path: `^(${folders.join("|")})/`, pathNot: ["^tests/", "\\.js$"] },
      to: {},
    },
    {
      name: "index-imports",
      comment: "The program reads declarations and declares resources.",
      severity: "error",
      from: { path: "^index\\.ts$" },
      to: { path: notOurs(["declarations", "resources"]) },
    },
    onlyImports(
      "declarations",
      ["common"],
      "What people write is pure: it knows neither Genesys nor Pulumi's resources.",
    ),
    neverPackages(
      "declarations",
      ["@pulumi/", "axios", "fs", "fs/promises", "process"],
      "Declarations do no I/O; only load.ts reads Pulumi's config.",
      { pathNot: "^declarations/load\\.ts$" },
    ),
    onlyImports(
      "resources",
      ["declarations", "common"],
      "Resources name their providers by a constant string only.",
    ),
    neverPackages("resources", ["axios"], "Resources talk to nobody."),
    onlyImports(
      "providers",
      ["genesys", "common"],
      "Providers run in a process of their own, with inputs alone.",
    ),
    neverPackages("providers", ["@pulumi/aws", "axios"], "Providers reach Genesys through genesys/ only."),
    onlyImports("genesys", ["common"], "The Genesys client knows nothing of Pulumi."),
    neverPackages(
      "genesys",
      ["@pulumi/", "process"],
      "The Genesys client knows nothing of Pulumi or the environment.",
    ),
    onlyImports(
      "cli",
      ["declarations", "genesys", "common"],
      "The commands stand beside the program, not in it.",
    ),
    onlyImports(
      "sandbox",
      ["common"],
      "The simulated world must not share a mistake with the code that it is to prove.",
    ),
    onlyImports("policy", [], "A published policy pack carries only its own folder."),
    onlyImports("common", [], "What everyone may use uses nobody."),
    onlyImports("schemas", ["declarations", "common"], "The schema is generated from the declarations."),
    onlyImports("bench", ["sandbox", "common"], "The benchmark measures whole processes from outside."),
    {
      name: "nothing-imports-tests",
      comment: "Tests are nobody's library.",
      severity: "error",
      from: { pathNot: "^tests/" },
      to: { path: "^tests/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.sandbox|coverage)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
