// The file of evidence: its name, its mode, its published shape, and that nothing is overwritten or left half written.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Ajv from "ajv";
import addFormats from "ajv-formats";

import type { RotationEvidence } from "../../../evidence/record";
import { evidenceName, hasEvidence, writeEvidence } from "../../../evidence/file";
import { recordedPublications } from "../../../evidence/folder";

const ownerOnly = 0o600;
const permissionBits = 0o777;

const evidence = (more: Partial<RotationEvidence> = {}): RotationEvidence => ({
  formatVersion: 2,
  event: "rotation",
  recordedAt: "2026-11-01T09:00:00.000Z",
  publishedAt: "2026-11-01T08:59:00.000Z",
  project: "genesys-credentials",
  stack: "dev",
  credential: "nightly-report",
  generation: 4,
  oldClientId: null,
  newClientId: "client-new",
  pair: "new-client",
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

  test("is found again by its rotation, and by nothing less", () => {
    expect(hasEvidence(join(folder, "yet-to-be-made"), evidence())).toBe(false);
    writeEvidence(folder, evidence());
    writeFileSync(join(folder, "broken.json"), "{");
    expect(hasEvidence(folder, evidence())).toBe(true);
    for (const other of [
      { stack: "prod" },
      { credential: "other" },
      { generation: 5 },
      { newClientId: "client-other" },
    ]) {
      expect(hasEvidence(folder, evidence(other))).toBe(false);
    }
  });

  test("is read back by whoever waits for it", () => {
    writeEvidence(folder, evidence({ pair: "stored" }));
    expect(recordedPublications(folder, "genesys-credentials")).toEqual([
      {
        fileName: `${evidenceName(evidence())}.json`,
        stack: "dev",
        credential: "nightly-report",
        generation: 4,
        recordedAt: "2026-11-01T09:00:00.000Z",
        publishedAt: "2026-11-01T08:59:00.000Z",
        newClientId: "client-new",
        isRotation: true,
        isVerified: false,
      },
    ]);
  });

  test("of the shape before first publications is of a rotation, and as old as its file", () => {
    const { event: _event, publishedAt: _publishedAt, ...former } = evidence();
    writeFileSync(join(folder, "dev-nightly-report-4.json"), JSON.stringify({ ...former, formatVersion: 1 }));
    writeEvidence(folder, evidence({ event: "first-publication", generation: 0 }));
    expect(recordedPublications(folder, "genesys-credentials")).toMatchObject([
      { generation: 0, isRotation: false, publishedAt: "2026-11-01T08:59:00.000Z" },
      { generation: 4, isRotation: true, publishedAt: "2026-11-01T09:00:00.000Z" },
    ]);
  });
});

describe("the published shape", () => {
  const ajv = new Ajv();
  addFormats(ajv);
  const schema = JSON.parse(
    readFileSync(join(__dirname, "../../../schemas/evidence.schema.json"), "utf8"),
  ) as { required: string[]; properties: object };
  const isRight = ajv.compile(schema);
  const full: Required<RotationEvidence> = {
    ...evidence(),
    oldClientId: "client-old",
    verification: {
      verifiedAt: "2026-11-01T09:00:00.000Z",
      clientId: "client-new",
      authorizedGrantType: "CLIENT-CREDENTIALS",
      roleDivisions: [{ roleId: "role", divisionId: "division" }],
      requests: 2,
    },
    deployerClientId: "client-deployer",
    stagingLabels: {
      before: [{ versionId: "v1", labels: ["AWSCURRENT"] }],
      after: [
        { versionId: "v2", labels: ["AWSCURRENT"] },
        { versionId: "v1", labels: ["AWSPREVIOUS"] },
      ],
    },
  };

  test.each(["new-client", "new-secret", "stored"] as const)("has the pair %s, and every field", (pair) => {
    expect([isRight({ ...full, pair }), isRight.errors]).toEqual([true, null]);
    expect(Object.keys(full).sort()).toEqual(Object.keys(schema.properties).sort());
    expect([...schema.required].sort()).toEqual(Object.keys(full).sort());
  });

  test("has what is not known as null", () => {
    expect([isRight(evidence()), isRight.errors]).toEqual([true, null]);
  });

  test.each([
    { pair: "borrowed" },
    { pair: undefined },
    { clientSecret: "canary-secret" },
    { oldClientId: undefined },
    { formatVersion: 1 },
    { event: "revert" },
  ])("refuses %j", (change) => {
    expect(isRight(JSON.parse(JSON.stringify({ ...full, ...change })))).toBe(false);
  });
});
