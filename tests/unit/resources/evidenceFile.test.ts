// The file of evidence: its name, its mode, and that nothing is overwritten or left half written.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { RotationEvidence } from "../../../evidence/record";
import { writeEvidence } from "../../../evidence/file";

const ownerOnly = 0o600;
const permissionBits = 0o777;

const evidence = (more: Partial<RotationEvidence> = {}): RotationEvidence => ({
  formatVersion: 1,
  recordedAt: "2026-11-01T09:00:00.000Z",
  project: "genesys-credentials",
  stack: "dev",
  credential: "nightly-report",
  generation: 4,
  oldClientId: null,
  newClientId: "client-new",
  verification: null,
  deployerClientId: null,
  secret: { name: "genesys/dev/nightly-report", arn: "arn:x" },
  stagingLabels: { before: [], after: [] },
  ...more,
});

describe("the file of evidence", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "genesys-credentials-evidence-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("is made with its folder, for its owner alone", () => {
    const path = writeEvidence(join(folder, "a", "b"), evidence());
    expect(path).toBe(join(folder, "a", "b", "dev-nightly-report-4.json"));
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(evidence());
    expect(statSync(path).mode & permissionBits).toBe(ownerOnly);
  });

  test("never takes the place of another one", () => {
    const names = ["first", "second", "third"].map((newClientId) =>
      writeEvidence(folder, evidence({ newClientId })),
    );
    expect(names.map((path) => path.slice(folder.length + 1))).toEqual([
      "dev-nightly-report-4.json",
      "dev-nightly-report-4-2.json",
      "dev-nightly-report-4-3.json",
    ]);
    expect(readFileSync(names[0] ?? "", "utf8")).toContain("first");
  });

  test("stays in its folder whatever the stack is called", () => {
    writeEvidence(folder, evidence({ stack: "../../x/y" }));
    expect(readdirSync(folder)).toEqual([".._.._x_y-nightly-report-4.json"]);
  });

  test("that cannot be finished leaves nothing behind", () => {
    const unwritable = evidence({ secret: { name: "x", arn: 1n as unknown as string } });
    expect(() => writeEvidence(folder, unwritable)).toThrow(TypeError);
    expect(readdirSync(folder)).toEqual([]);
  });
});
