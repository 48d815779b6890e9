// The Pulumi CLI of the workflows: only the archive whose digest is pinned is ever unpacked, from the cache too.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { arch } from "node:os";
import { join } from "node:path";
import { pulumiVersion } from "../../../sandbox/toolchain/version";
import { projectFolder, Runner, stepOf } from "./runner";

const pinFile = ".github/pulumi-archives.sha256";
const [cliMachine, pluginMachine] = arch() === "arm64" ? ["arm64", "arm64"] : ["x64", "amd64"];
const cli = `pulumi-v1.2.3-linux-${cliMachine}.tar.gz`;
const plugin = `pulumi-resource-aws-v7.0.1-linux-${pluginMachine}.tar.gz`;
const digest = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");

let runner: Runner;
let release: string;
beforeEach(() => {
  runner = new Runner();
  release = join(runner.folder, "release");
  mkdirSync(join(release, "pulumi"), { recursive: true });
  writeFileSync(join(release, "pulumi", "pulumi"), '#!/bin/sh\necho "the CLI: $*"\n', { mode: 0o755 });
  spawnSync("tar", ["--create", "--gzip", "--file", join(release, cli), "--directory", release, "pulumi"]);
  writeFileSync(join(release, plugin), "the plugin");
  runner.write("package.json", '{ "dependencies": { "@pulumi/aws": "7.0.1" } }');
  // The last two arguments are the target and the address.
  runner.program(
    "curl",
    `cp "${release}/\${@: -1:1}" "\${@: -2:1}" 2>/dev/null || cp "${release}/$(basename "\${@: -1}")" "\${@: -2:1}"`,
  );
  pin(digest(join(release, cli)), digest(join(release, plugin)));
});
afterEach(() => {
  runner.remove();
});

function pin(cliDigest: string, pluginDigest?: string): void {
  const lines = [
    `${cliDigest}  ${cli}`,
    ...(pluginDigest === undefined ? [] : [`${pluginDigest}  ${plugin}`]),
  ];
  runner.write(pinFile, `# pins\n${lines.join("\n")}\n`);
}

const install = () => runner.run("preview.yml", "Install Pulumi");

it("is the same in every workflow, and its archives are what the cache keeps, by the files that pin them", () => {
  for (const file of ["deploy.yml", "audit.yml", "drift.yml"]) {
    expect(stepOf(file, "Install Pulumi")).toEqual(stepOf("preview.yml", "Install Pulumi"));
    const text = readFileSync(join(projectFolder, ".github", "workflows", file), "utf8");
    expect(text).toContain("path: ~/.cache/genesys-credentials/archives");
    expect(text).toContain(`hashFiles('${pinFile}', 'package.json')`);
  }
});

it("pins the version that the toolchain installs", () => {
  const pins = readFileSync(join(projectFolder, pinFile), "utf8");
  for (const machine of ["x64", "arm64"]) {
    expect(pins).toMatch(
      new RegExp(`^[0-9a-f]{64} {2}pulumi-v${pulumiVersion}-linux-${machine}\\.tar\\.gz$`, "m"),
    );
  }
});

it("downloads, compares, unpacks, and puts it on PATH with the plugin beside it", () => {
  const { status, said, calls } = install();
  expect({ status, warned: said.includes("::warning") }).toEqual({ status: 0, warned: false });
  expect(said).toContain("the CLI: version");
  expect(said).toContain("the CLI: plugin install resource aws 7.0.1 --file");
  expect(readFileSync(join(runner.folder, "GITHUB_PATH"), "utf8").trim()).toBe(
    join(runner.temporary, "pulumi"),
  );
  expect(calls.map((call) => call.split(" ").at(-1))).toEqual([
    `https://github.com/pulumi/pulumi/releases/download/v1.2.3/${cli}`,
    `https://github.com/pulumi/pulumi-aws/releases/download/v7.0.1/${plugin}`,
  ]);
});

it("downloads nothing that the cache holds, and compares it all the same", () => {
  install();
  expect(install()).toMatchObject({ status: 0, calls: [] });
});

const cached = (name: string): string =>
  join(runner.folder, ".cache", "genesys-credentials", "archives", name);

// A cache is never written again under its key: without that every later run would be red until somebody deleted it.
it.each([["the CLI", cli] as const, ["the plugin", plugin] as const])(
  "runs nothing of %s in the cache that has another digest: it says so, and downloads it anew",
  (_what, name) => {
    install();
    writeFileSync(cached(name), "another archive");
    const { status, said, calls } = install();
    expect({ status, calls: calls.map((call) => call.split("/").at(-1)) }).toEqual({
      status: 0,
      calls: [name],
    });
    expect(said).toContain(`::warning title=Wrong archive in the cache::${name} has the digest`);
    expect(digest(cached(name))).toBe(digest(join(release, name)));
  },
);

it("is red where the release has another digest than the pin, whatever the cache had, and keeps neither", () => {
  install();
  writeFileSync(cached(cli), "another archive");
  writeFileSync(join(release, cli), "one more");
  const { status, said } = install();
  expect(status).toBe(1);
  expect(said).toContain(
    `::error title=Wrong archive::${cli} has the digest ${createHash("sha256").update("one more").digest("hex")}`,
  );
  expect(said).not.toContain("the CLI:");
  expect(existsSync(cached(cli))).toBe(false);
});

it("runs nothing of a CLI with another digest", () => {
  pin("0".repeat(64));
  const { status, said } = install();
  expect(status).toBe(1);
  expect(said).toContain("::error title=Wrong archive::");
  expect(said).not.toContain("the CLI:");
});

it("runs nothing of a plugin with another digest", () => {
  pin(digest(join(release, cli)), "0".repeat(64));
  const { status, said } = install();
  expect(status).toBe(1);
  expect(said).not.toContain("plugin install");
});

it("says which line to add for a plugin that is not pinned", () => {
  pin(digest(join(release, cli)));
  const { status, said } = install();
  expect(status).toBe(0);
  expect(said).toContain(`add the line: ${digest(join(release, plugin))}  ${plugin}`);
});

it("takes a plugin that is not pinned from its release, never from the cache, which nothing vouches for", () => {
  pin(digest(join(release, cli)));
  install();
  writeFileSync(cached(plugin), "poisoned");
  const { said } = install();
  expect(said).toContain(`add the line: ${digest(join(release, plugin))}  ${plugin}`);
  expect(digest(cached(plugin))).toBe(digest(join(release, plugin)));
});

it("says so where no CLI is pinned, and where the download fails", () => {
  runner.write(pinFile, "# none\n");
  expect(install()).toMatchObject({ status: 1, calls: [] });
  pin("0".repeat(64));
  runner.program("curl", "exit 22");
  expect(install().status).toBe(22);
});
