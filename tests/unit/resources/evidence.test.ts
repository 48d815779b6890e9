// When a rotation is recorded and when it is not, whatever the secret held before; and that nothing here ever throws.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { EvidenceRecorder, type RotationEvidence } from "../../../evidence/record";
import type { LabelledValue, LabelledVersion } from "../../../resources/evidenceLabels";

const subject = { credential: "nightly-report", generation: 4, secretName: "genesys/dev/nightly-report" };
const newPair = { clientId: "client-new", text: '{"clientId":"client-new"}' };
const old: LabelledValue = { clientId: "client-old", text: '{"clientId":"client-old"}' };
const v1: LabelledVersion = { versionId: "v1", labels: ["AWSCURRENT"] };
const unlabelled: LabelledVersion = { versionId: "v0", labels: [] };

interface Vault {
  readonly versions?: readonly LabelledVersion[] | undefined;
  readonly current?: LabelledValue | undefined;
  readonly previous?: LabelledValue | undefined;
  readonly failure?: Error;
}

describe("the evidence of a rotation", () => {
  let folder: string;
  beforeAll(async () => {
    await pulumi.runtime.setMocks(
      { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
      "genesys-credentials",
      "dev",
    );
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "genesys-credentials-evidence-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** One update: `vault` as it was before, `versionId` as the engine tells it afterwards. */
  async function run(vault: Vault, versionId: string, next = newPair) {
    const warnings: string[] = [];
    const answer = <T>(value: T): Promise<T> =>
      vault.failure === undefined ? Promise.resolve(value) : Promise.reject(vault.failure);
    const reader = {
      versions: () => answer(vault.versions),
      value: (_secret: string, label: string) =>
        answer(label === "AWSCURRENT" ? vault.current : vault.previous),
    };
    const recorder = new EvidenceRecorder(folder, subject, reader, (text) => warnings.push(text));
    await recorder.readBefore(next);
    await recorder.record({
      versionId,
      secretArn: "arn:x",
      clientId: next.clientId,
      verification: undefined,
    });
    const written = readdirSync(folder).map(
      (name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as RotationEvidence,
    );
    return { written, warnings };
  }

  test.each<[string, Vault, string, string | null]>([
    ["another client", { versions: [v1, unlabelled], current: old }, "v2", "client-old"],
    [
      "a value that is none of ours",
      { versions: [v1], current: { clientId: undefined, text: "x" } },
      "v2",
      null,
    ],
    [
      "the new value already, written by an interrupted update",
      { versions: [v1], current: newPair, previous: old },
      "v2",
      "client-old",
    ],
  ])("is written when the secret held %s", async (_name, vault, versionId, oldClientId) => {
    const { written, warnings } = await run(vault, versionId);
    expect(written).toHaveLength(1);
    expect(written[0]).toMatchObject({ oldClientId, newClientId: "client-new", verification: null });
    expect(written[0]?.stagingLabels.before).toEqual([v1]);
    expect(warnings).toEqual([]);
  });

  test.each<[string, Vault, string]>([
    ["there was no secret", { versions: undefined }, "v1"],
    ["the secret had no value", { versions: [], current: undefined }, "v1"],
    ["no version was made", { versions: [v1], current: old }, "v1"],
    ["a version without labels is the recorded one", { versions: [v1, unlabelled], current: old }, "v0"],
    ["the same client got another spelling", { versions: [v1], current: { ...newPair, text: "y" } }, "v2"],
    ["the same value was written again", { versions: [v1], current: newPair, previous: newPair }, "v2"],
    ["there is nothing before the same value", { versions: [v1], current: newPair }, "v2"],
  ])("is not written when %s", async (_name, vault, versionId) => {
    expect(await run(vault, versionId)).toEqual({ written: [], warnings: [] });
  });

  test("becomes a warning without the text of the failure", async () => {
    const failure = Object.assign(new Error("canary-secret-in-a-message"), { name: "AccessDeniedException" });
    const { written, warnings } = await run({ failure }, "v2");
    expect(written).toEqual([]);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Recording the evidence dev-nightly-report-4\.json in .*: AccessDeniedException;/,
      ),
    ]);
    expect(warnings[0]).not.toContain("canary-");
  });
});
