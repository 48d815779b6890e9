// The kept output of our TypeScript: used while its source is the same, made anew in every other case, never in the way.
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const loader = join(__dirname, "..", "..", "..", "common", "transpile.js");

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "credentials-transpile-"));
  writeFileSync(
    join(root, "tsconfig.json"),
    '{ "compilerOptions": { "module": "CommonJS", "target": "ES2022" } }',
  );
  writeAnswer("forty-two");
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function writeAnswer(answer: string): void {
  writeFileSync(join(root, "answer.ts"), `export const answer: string = "${answer}";\n`);
}

interface Loaded {
  readonly answer: string;
  /** Whether the compiler had to be loaded. */
  readonly compiled: boolean;
}

/** Loads answer.ts in a process of its own. */
function load(environment: Readonly<Record<string, string>> = {}): Promise<Loaded> {
  const script = `require(${JSON.stringify(loader)}).registerTypeScript(${JSON.stringify(root)}, process.env);
    const { answer } = require(${JSON.stringify(join(root, "answer.ts"))});
    const compiled = Object.keys(require.cache).some((file) => /typescript.lib.typescript\\.js$/.test(file));
    console.log(JSON.stringify({ answer, compiled }));`;
  const child = spawn(process.execPath, ["-e", script], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  child.stdout.on("data", (data: Buffer) => (printed += data.toString()));
  child.stderr.on("data", (data: Buffer) => (printed += data.toString()));
  return new Promise((resolve, reject) => {
    child.once("close", (code) => {
      if (code === 0) {
        resolve(JSON.parse(printed) as Loaded);
      } else {
        reject(new Error(printed));
      }
    });
  });
}

const cacheFolder = (): string => join(root, "node_modules", ".cache", "genesys-credentials", "transpiled");
const keptFiles = (): string[] => readdirSync(cacheFolder()).map((name) => join(cacheFolder(), name));

it("compiles once; the next process does not even load the compiler", async () => {
  expect(await load()).toEqual({ answer: "forty-two", compiled: true });
  expect(await load()).toEqual({ answer: "forty-two", compiled: false });
  expect(keptFiles()).toHaveLength(1);
});

it("a changed source, or another setting, is never answered with former output", async () => {
  await load();
  writeAnswer("forty-three");
  expect(await load()).toEqual({ answer: "forty-three", compiled: true });
  writeFileSync(
    join(root, "tsconfig.json"),
    '{ "compilerOptions": { "module": "CommonJS", "target": "ES2021" } }',
  );
  expect(await load()).toEqual({ answer: "forty-three", compiled: true });
  writeFileSync(
    join(root, "tsconfig.json"),
    '{ "compilerOptions": { "module": "CommonJS", "target": "ES2022" } }',
  );
  writeAnswer("forty-two");
  expect(await load()).toEqual({ answer: "forty-two", compiled: false });
});

it.each<[string, (text: string) => string]>([
  ["empty", () => ""],
  ["cut off", (text) => text.slice(0, text.length / 2)],
  ["changed", (text) => text.replace("forty-two", "forty-one")],
  ["without its digest", (text) => text.slice(0, text.lastIndexOf("\n"))],
])("kept output that is %s is not used, and repaired", async (_name, damage) => {
  await load();
  const [file = ""] = keptFiles();
  const whole = readFileSync(file, "utf8");
  writeFileSync(file, damage(whole));
  expect(await load()).toEqual({ answer: "forty-two", compiled: true });
  expect(readFileSync(file, "utf8")).toBe(whole);
});

it("works where nothing can be kept", async () => {
  mkdirSync(join(root, "node_modules"));
  writeFileSync(join(root, "node_modules", ".cache"), "a file where the folder should be");
  expect(await load()).toEqual({ answer: "forty-two", compiled: true });
  expect(await load()).toEqual({ answer: "forty-two", compiled: true });
});

it("keeps nothing when it is switched off", async () => {
  expect(await load({ GENESYS_CREDENTIALS_TRANSPILE_CACHE: "off" })).toEqual({
    answer: "forty-two",
    compiled: true,
  });
  expect(existsSync(join(root, "node_modules"))).toBe(false);
});

it("processes that begin together do not disturb each other", async () => {
  const loaded = await Promise.all([load(), load(), load(), load()]);
  expect(loaded.map(({ answer }) => answer)).toEqual(Array(4).fill("forty-two"));
  expect(keptFiles()).toHaveLength(1);
});
