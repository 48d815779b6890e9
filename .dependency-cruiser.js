// Which folder may import what: one rule a row of the architecture's table. Checked by `npm run imports`.
"use strict";

/** Every folder with code of ours. */
const folders = [
  "bench",
  "cli",
  "common",
  "declarations",
  "evidence",
  "genesys",
  "policy",
  "providers",
  "resources",
  "sandbox",
  "schemas",
  "secrets",
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
      comment: "Modules that need each other cannot be understood one at a time, be it for types alone.",
      severity: "error",
      from: {},
      to: { circular: true },
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
      ["genesys", "secrets", "evidence", "common"],
      "Providers run in a process of their own, with inputs alone.",
    ),
    ...["oauthClient", "role", "clientSecret", "integrationCredential"].map((resource) => ({
      name: `providers-${resource}-imports`,
      comment: "No resource knows another one's provider: what they share is in live/, run/ and engine/.",
      severity: "error",
      from: { path: `^providers/${resource}/` },
      to: { path: "^providers/", pathNot: `^providers/(${resource}|live|run|engine)/` },
    })),
    {
      name: "providers-shared-imports",
      comment: "What the resources share knows none of them: live/ builds on run/, run/ on engine/.",
      severity: "error",
      from: { path: "^providers/(live|run|engine)/" },
      to: { path: "^providers/(oauthClient|role|clientSecret|integrationCredential)/" },
    },
    neverPackages("providers", ["@pulumi/aws", "axios"], "Providers reach Genesys through genesys/ only."),
    onlyImports("genesys", ["common"], "The Genesys client knows nothing of Pulumi."),
    neverPackages(
      "genesys",
      ["@pulumi/", "process"],
      "The Genesys client knows nothing of Pulumi or the environment.",
    ),
    onlyImports(
      "cli",
      ["declarations", "genesys", "secrets", "evidence", "common"],
      "The commands stand beside the program, not in it.",
    ),
    ...["cli", "providers"].map((folder) => ({
      ...neverPackages(
        folder,
        ["@aws-sdk/"],
        "AWS is reached through secrets/ only: one identity, one account check.",
      ),
      name: `${folder}-aws`,
    })),
    onlyImports(
      "sandbox",
      ["common"],
      "The simulated world must not share a mistake with the code that it is to prove.",
    ),
    onlyImports(
      "secrets",
      ["common"],
      "The stored secret is read and written alike by providers and commands.",
    ),
    neverPackages(
      "secrets",
      ["@pulumi/", "process"],
      "The stored secret knows nothing of Pulumi or the environment.",
    ),
    onlyImports(
      "evidence",
      ["common"],
      "The record of a rotation is written by providers and read by commands.",
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
