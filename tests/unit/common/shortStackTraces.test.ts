// What Pulumi's SDK writes out of where a resource was declared: the program's lines, with the formatter that it sets after ours.
import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const moduleFile = join(__dirname, "..", "..", "..", "common", "shortStackTraces.js");

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "credentials-traces-")));
  writeFileSync(
    join(folder, "declare.js"),
    "exports.declare = (limit) => { Error.stackTraceLimit = limit; return [1].map(function declared() { return new Error('here').stack; })[0]; };",
  );
  writeFileSync(
    join(folder, "index.ts"),
    "const { declare } = require('./declare.js'); exports.whole = declare(Infinity); exports.limited = declare(50);",
  );
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Loads the program in a process of its own, and prints what it exports. */
function load(before: string, programFile = join(folder, "index.ts")): Record<"whole" | "limited", string[]> {
  const script = `require.extensions[".ts"] = require.extensions[".js"];
    require(${JSON.stringify(moduleFile)}).shortenStackTraces(${JSON.stringify(programFile)});
    ${before}
    const { whole, limited } = require(${JSON.stringify(join(folder, "index.ts"))});
    console.log(JSON.stringify({ whole: whole.split("\\n"), limited: limited.split("\\n") }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
  if (stderr !== "") {
    throw new Error(stderr);
  }
  return JSON.parse(stdout) as Record<"whole" | "limited", string[]>;
}

it("a whole trace ends where the program begins, and names no step between that has no place", () => {
  const { whole } = load("");
  expect(whole).toEqual([
    "Error: here",
    expect.stringMatching(/^ {4}at declared .*declare\.js:1:\d+\)$/),
    expect.stringMatching(/^ {4}at .*declare\.js:1:\d+\)$/),
    expect.stringMatching(/^ {4}at Object\.<anonymous> .*index\.ts:1:\d+\)$/),
  ]);
});

it("one of limited length, as an error's, stays as it is", () => {
  const { limited } = load("");
  expect(limited.join("\n")).toContain("Array.map");
  expect(limited.join("\n")).toContain("node:internal/modules");
});

it("a formatter that is set later writes the lines", () => {
  const { whole } = load("Error.prepareStackTrace = (error, frames) => `mine\\n${frames.length}`;");
  expect(whole).toEqual(["mine", "3"]);
});

it.each([
  [
    "put back",
    "Error.prepareStackTrace = former;",
    /^Error: here\n {4}at declared .*\n.*\n {4}at Object\.<anonymous> .*index\.ts:1:\d+\)$/,
  ],
  [
    "taken away",
    "Error.prepareStackTrace = undefined;",
    /^Error: here\n {4}at declared .*\n.*\n {4}at Object\.<anonymous> .*index\.ts:1:\d+\)$/,
  ],
  [
    "made null",
    "Error.prepareStackTrace = null;",
    /^Error: here\n {4}at declared .*\n.*\n {4}at Object\.<anonymous> .*index\.ts:1:\d+\)$/,
  ],
  [
    "put back one inside the other",
    "const inner = Error.prepareStackTrace; Error.prepareStackTrace = () => 'second'; Error.prepareStackTrace = inner;",
    /^first$/,
  ],
])("a formatter that a library sets for a moment and that is %s", (_name, after, written) => {
  const { whole } = load(
    `const former = Error.prepareStackTrace; Error.prepareStackTrace = () => "first"; ${after}`,
  );
  expect(whole.join("\n")).toMatch(written);
});

it("where the program is not in the trace, nothing is left out", () => {
  const { whole } = load("", join(folder, "other.ts"));
  expect(whole.join("\n")).toContain("node:internal/modules");
});
