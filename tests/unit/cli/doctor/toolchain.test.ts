// The doctor's look at Node, the installed packages and Pulumi's version.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { noPulumi } from "../../../../cli/terminal/pulumiProcess";
import { checkNode, checkPackages, checkPulumi, minimumNodeVersion } from "../../../../cli/doctor/toolchain";
import { findVersion } from "../../../../common/version";
import { documentText } from "../../docs/sourceFiles";

const projectFolder = resolve(__dirname, "../../../..");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "credentials-doctor-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(path: string, value: object): void {
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, JSON.stringify(value));
}

function install(name: string, version: string): void {
  write(`node_modules/${name}/package.json`, { name, version });
}

it.each([
  ["v20.19.0", "pass"],
  ["v22.1.0", "pass"],
  ["v20.18.3", "fail"],
  ["v18.20.4", "fail"],
  ["v20.19.0-rc.1", "fail"],
  ["unknown", "fail"],
])("Node %s: %s", (version, status) => {
  expect(checkNode(version)).toMatchObject({ check: "node-version", status });
});

it("the oldest Node is the one of package.json", () => {
  const { engines } = JSON.parse(documentText("package.json")) as { engines: { node: string } };
  expect(findVersion(engines.node)).toBe(minimumNodeVersion);
});

it("packages: this checkout is in order", () => {
  expect(checkPackages(projectFolder)).toMatchObject([{ status: "pass" }]);
});

it("packages: each one that is missing or of another version is named", () => {
  const dependencies = {
    "@pulumi/pulumi": "3.248.0",
    axios: "1.21.1",
    zod: "4.6.7",
    yaml: "^2.0.0",
    luxon: "3.7.2",
  };
  write("package.json", { dependencies });
  install("@pulumi/pulumi", "3.200.0");
  install("zod", "4.6.7");
  install("yaml", "2.9.1");
  mkdirSync(join(folder, "node_modules/luxon"));
  writeFileSync(join(folder, "node_modules/luxon/package.json"), "{ broken");
  const lines = checkPackages(folder).map(({ status, place, found }) => `${status} ${place}: ${found}`);
  expect(lines).toEqual([
    "fail package @pulumi/pulumi: 3.200.0 is installed, but package.json asks for 3.248.0",
    "fail package axios: is not installed",
    "fail package luxon: is not installed",
  ]);
});

it("packages: @pulumi/pulumi must be one exact version", () => {
  write("package.json", { dependencies: { "@pulumi/pulumi": "^3.248.0" } });
  install("@pulumi/pulumi", "3.248.0");
  expect(checkPackages(folder)).toMatchObject([{ status: "warn", remedy: 'write "3.248.0"' }]);
});

it.each([
  [{ value: "v3.259.0\n" }, "pass"],
  [{ value: "v3.226.0" }, "pass"],
  [{ value: "v3.226.0-alpha.1" }, "fail"],
  [{ value: "3.9.0" }, "fail"],
  [{ value: "hello" }, "fail"],
  [{ reason: noPulumi }, "warn"],
  [{ reason: "`pulumi version` gave no answer: it did not answer within 60 s" }, "fail"],
])("Pulumi %j: %s", (version, status) => {
  const line = checkPulumi(version);
  expect(line.status).toBe(status);
  expect(line.remedy ?? "install").toContain("install");
});
