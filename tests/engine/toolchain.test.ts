// Finding, building and completing a CLI, with small scripts in the place of pulumi and go.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Attempt } from "../../sandbox/toolchain/chooseCli";
import { type ResolvedPulumi, resolvePulumi } from "../../sandbox/toolchain/resolvePulumi";
import { pulumiVersion } from "../../sandbox/toolchain/version";

let folder: string;
let notes: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "genesys-credentials-toolchain-"));
  notes = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Puts a script on the test's PATH. */
function program(name: string, script: string, where = "path"): string {
  mkdirSync(join(folder, where), { recursive: true });
  const path = join(folder, where, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** A `go` whose build writes a `pulumi` script and counts how often it was asked. */
function fakeGo(
  version: string,
  build = 'echo built >> "$HOME/builds"; printf "#!/bin/sh\\necho v3.259.0\\n" > "$out"',
): void {
  program(
    "go",
    `if [ "$1" = version ]; then echo "go version go${version} linux/amd64"; exit 0; fi
out=; while [ $# -gt 0 ]; do if [ "$1" = -o ]; then out=$2; fi; shift; done
${build}`,
  );
}

const noInstaller = (): Promise<Attempt> => Promise.resolve({ reason: "not in this test." });

function resolve(): Promise<ResolvedPulumi> {
  return resolvePulumi({
    environment: { PATH: `${join(folder, "path")}:/usr/bin:/bin`, HOME: folder },
    binFolder: join(folder, "bin"),
    onProgress: (line) => notes.push(line),
    sources: { installed: noInstaller },
  });
}

const builds = (): number => readFileSync(join(folder, "builds"), "utf8").trim().split("\n").length;
const cache = (): string => join(folder, ".cache", "genesys-credentials", `pulumi-${pulumiVersion}`);

test("a release on PATH is used where it stands", async () => {
  const command = program("pulumi", "echo v3.240.0");
  program("pulumi-language-nodejs", "exit 0");
  await expect(resolve()).resolves.toEqual({
    command,
    version: "3.240.0",
    origin: "path",
    binFolder: join(folder, "path"),
  });
  expect(existsSync(join(folder, "bin"))).toBe(false);
});

test("a CLI on PATH without a language host is completed in a folder of ours", async () => {
  program("pulumi", "echo v3.240.0");
  const resolved = await resolve();
  expect(resolved).toEqual({
    command: join(folder, "bin", "pulumi"),
    version: "3.240.0",
    origin: "path",
    binFolder: join(folder, "bin"),
  });
  for (const name of ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
    expect(statSync(join(folder, "bin", name)).mode & 0o111).not.toBe(0);
  }
  expect(existsSync(join(folder, "path", "pulumi-language-nodejs"))).toBe(false);
});

test.each([
  ["too old", "echo v3.225.0", "3.225.0, older than 3.226.0"],
  ["broken", "echo no >&2; exit 3", "does not run (exit code 3)"],
  ["silent", "exit 0", "does not tell its version"],
])("a CLI on PATH that is %s is passed over, and the message says so", async (_what, script, words) => {
  program("pulumi", script);
  fakeGo("1.20");
  await expect(resolve()).rejects.toThrow(words);
  await expect(resolve()).rejects.toThrow("1.20.0, older than 1.25.11");
});

test("with Go the CLI is built once, kept for the user, and told about in a line", async () => {
  fakeGo("1.26.8");
  const first = await resolve();
  expect(first).toMatchObject({ origin: "built", version: pulumiVersion, binFolder: join(folder, "bin") });
  expect(notes).toEqual([expect.stringContaining(`Building the Pulumi CLI ${pulumiVersion} with Go 1.26.8`)]);
  const second = await resolve();
  expect(second).toEqual({ ...first, origin: "cache" });
  expect(builds()).toBe(1);
});

test("two processes that need a build at the same time build once", async () => {
  fakeGo("1.26.8", 'sleep 1; echo built >> "$HOME/builds"; printf "#!/bin/sh\\necho v3.259.0\\n" > "$out"');
  const both = await Promise.all([resolve(), resolve()]);
  expect(both.map(({ command }) => command)).toEqual([
    join(folder, "bin", "pulumi"),
    join(folder, "bin", "pulumi"),
  ]);
  expect(builds()).toBe(1);
  expect(notes.filter((line) => line.startsWith("Waiting for another process"))).toHaveLength(1);
});

test("a lock left by a process that was killed does not stop a build", async () => {
  fakeGo("1.26.8");
  mkdirSync(cache(), { recursive: true });
  const lock = join(cache(), "build.lock");
  const noSuchProcess = "4194305"; // Above Linux's largest process id.
  writeFileSync(lock, noSuchProcess);
  await expect(resolve()).resolves.toMatchObject({ origin: "built" });
  expect(existsSync(lock)).toBe(false);
});

test("a lock without a sign of life does not stop a build, even if its process id is in use again", async () => {
  fakeGo("1.26.8");
  mkdirSync(cache(), { recursive: true });
  const lock = join(cache(), "build.lock");
  writeFileSync(lock, String(process.pid));
  const longAgo = new Date(0);
  utimesSync(lock, longAgo, longAgo);
  await expect(resolve()).resolves.toMatchObject({ origin: "built" });
});

test("a build that fails leaves nothing behind and shows the end of the compiler's output", async () => {
  fakeGo("1.26.8", 'echo partial > "$out"; echo "go: cannot reach the module proxy" >&2; exit 1');
  await expect(resolve()).rejects.toThrow("go build failed: go: cannot reach the module proxy");
  expect(existsSync(join(cache(), "built", "pulumi"))).toBe(false);
  expect(existsSync(join(cache(), "build.lock"))).toBe(false);
});

test("the scripts beside the CLI follow the checkout that uses them", async () => {
  program("pulumi", "echo v3.240.0");
  await resolve();
  const script = join(folder, "bin", "pulumi-language-nodejs");
  const right = readFileSync(script, "utf8");
  writeFileSync(script, "#!/bin/sh\nexec node /another/checkout/main.js\n");
  await resolve();
  expect(readFileSync(script, "utf8")).toBe(right);
});
