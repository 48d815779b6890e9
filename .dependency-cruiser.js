// Which folder may import what: one rule a row of the architecture's table. Checked by `npm run imports`.
"use strict";

/** Every folder with code of ours. */
const folders = [
  "bench",
  "cli",
  "common",
  "declarations",
  "docs",
  "evidence",
  "genesys",
  "policy",
  "probe",
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
  from: { path: `^${folder}/` },
  to: { path: `${notOurs([folder, ...allowed])}|^index\\.ts$` },
});

/** Rules for rooms in one order: each may import those before it in the list, and itself. */
const inOrder = (folder, rooms, comment) =>
  rooms.slice(0, -1).map((room, index) => ({
    name: `${folder}-${room}-order`,
    comment,
    from: { path: `^${folder}/${room}/` },
    to: { path: `^${folder}/(${rooms.slice(index + 1).join("|")})/` },
  }));

/** Rules for rooms that know nothing of each other; those that all may import are `shared`, in their own order, and know no others. */
const apart = (folder, shared, comment, orderComment) => [
  {
    name: `${folder}-apart`,
    comment,
    from: { path: `^${folder}/([^/]+)/` },
    to: { path: `^${folder}/[^/]+/`, pathNot: `^${folder}/($1|${shared.join("|")})/` },
  },
  ...inOrder(folder, shared, orderComment),
];

/** A rule for one folder: packages that it must not import at runtime. */
const neverPackages = (folder, packages, comment, exceptions = {}) => ({
  name: `${folder}-packages`,
  comment,
  from: { path: `^${folder}/`, ...exceptions },
  to: { path: packages.map((name) => `^node_modules/${name}|^${name}$`).join("|") },
});

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Modules that need each other cannot be understood one at a time, be it for types alone.",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      comment: "A module that nothing imports and that imports nothing is forgotten.",
      from: { orphan: true, path: `^(${folders.join("|")})/`, pathNot: ["^tests/", "\\.js$"] },
      to: {},
    },
    {
      name: "index-imports",
      comment: "The program reads declarations and declares resources.",
      from: { path: "^index\\.ts$" },
      to: { path: notOurs(["declarations", "resources"]) },
    },
    {
      ...onlyImports(
        "declarations",
        ["common"],
        "What people write is pure: of Genesys it knows the rules of the platform, and nobody to ask.",
      ),
      to: { path: `${notOurs(["declarations", "common"])}|^index\\.ts$`, pathNot: "^genesys/knowledge/" },
    },
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
    ...apart(
      "providers",
      ["engine", "run", "live"],
      "No resource knows another one's provider: what they share is in live/, run/ and engine/, and knows none of them.",
      "live/ builds on run/, run/ on engine/.",
    ),
    neverPackages("providers", ["@pulumi/aws", "axios"], "Providers reach Genesys through genesys/ only."),
    onlyImports("genesys", ["common"], "The Genesys client knows nothing of Pulumi."),
    neverPackages(
      "genesys",
      ["@pulumi/", "process"],
      "The Genesys client knows nothing of Pulumi or the environment.",
    ),
    {
      name: "genesys-knowledge-imports",
      comment: "What Genesys is: rules alone, without a client, so that everybody may know them.",
      from: { path: "^genesys/knowledge/" },
      to: { path: "^(?!genesys/knowledge/|common/|node_modules/)" },
    },
    onlyImports(
      "cli",
      ["declarations", "genesys", "secrets", "evidence", "common"],
      "The commands stand beside the program, not in it.",
    ),
    ...apart(
      "cli",
      ["terminal", "stackFile", "world"],
      "Commands share terminal/, stackFile/ and world/, which know none of them, and never reach into each other.",
      "world/ builds on stackFile/, stackFile/ on terminal/.",
    ),
    ...inOrder(
      "cli/audit",
      ["read", "judge", "report", "page"],
      "An audit reads, judges, reports, and draws its page.",
    ),
    ...inOrder(
      "cli/review",
      ["plan", "classify", "render", "github"],
      "A review reads its plan, classifies, renders, and posts.",
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
    onlyImports(
      "probe",
      ["genesys", "cli", "common"],
      "The probe asks with the client that deployments use: what it finds is what they will meet.",
    ),
    {
      name: "probe-cli",
      comment: "Of the commands the probe has their terminal alone.",
      from: { path: "^probe/" },
      to: { path: "^cli/(?!terminal/)" },
    },
    onlyImports("common", [], "What everyone may use uses nobody."),
    onlyImports(
      "schemas",
      ["declarations", "evidence", "cli", "genesys", "common"],
      "The schemas are generated from the shapes that the program itself uses.",
    ),
    onlyImports("bench", ["sandbox", "common"], "The benchmark measures whole processes from outside."),
    {
      name: "nothing-imports-tests",
      comment: "Tests are nobody's library.",
      from: { pathNot: "^tests/" },
      to: { path: "^tests/" },
    },
  ].map((rule) => ({ severity: "error", ...rule })),
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.sandbox|coverage)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
