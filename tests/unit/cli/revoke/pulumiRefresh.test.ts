// The refresh of Pulumi's state: bounded, quiet, and never a reason to fail.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pulumiRefresh } from "../../../../cli/revoke/pulumiRefresh";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "credentials-refresh-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A `pulumi` that is a shell script. */
function install(script: string): Record<string, string> {
  const path = join(folder, "pulumi");
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { PATH: [folder, process.env["PATH"] ?? ""].join(delimiter), CANARY: "canary-environment" };
}

it("runs pulumi in the folder, with the environment, for the stack, without asking", async () => {
  const environment = install('echo "$(pwd) $CANARY $*" > said');
  expect(await pulumiRefresh(folder, environment)("dev")).toEqual({ kind: "done" });
  const said = readFileSync(join(folder, "said"), "utf8");
  expect(said).toContain("canary-environment refresh --yes --skip-preview --non-interactive");
  expect(said).toContain("--stack dev");
});

it("keeps what a failing pulumi said on either stream", async () => {
  const environment = install("echo the lock is held; echo by somebody >&2; exit 255");
  const outcome = await pulumiRefresh(folder, environment)("dev");
  expect(outcome).toMatchObject({ kind: "failed" });
  expect(JSON.stringify(outcome)).toContain("the lock is held");
  expect(JSON.stringify(outcome)).toContain("by somebody");
});

it("is absent where the PATH has none", async () => {
  expect(await pulumiRefresh(folder, { PATH: folder })("dev")).toEqual({ kind: "absent" });
});

it("ends a pulumi that hangs", async () => {
  const timeoutMs = 100;
  const environment = install("exec sleep 60");
  expect(await pulumiRefresh(folder, environment, timeoutMs)("dev")).toEqual({ kind: "timedOut" });
});
