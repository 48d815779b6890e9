// Evidence on the real engine: one file for each rotation and one for the first publication, none otherwise, in the published shape, without a secret, never in the way.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Ajv from "ajv";
import addFormats from "ajv-formats";

import type { RotationEvidence } from "../../evidence/record";
import { deployerClientId } from "../../sandbox/genesys/seed";
import { projectFolder } from "../../sandbox/worldPaths";
import { runCredentials } from "./credentialsCommand";
import { credential, impatience, mustSucceed, RotationScene } from "./rotationScene";
import { deployerSecret, describeEngine, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

const other = "crm-sync";
const ownerOnly = 0o600;
const permissionBits = 0o777;

const ajv = new Ajv();
addFormats(ajv);
const isEvidence = ajv.compile(
  JSON.parse(readFileSync(join(projectFolder, "schemas", "evidence.schema.json"), "utf8")) as object,
);

describeEngine("evidence", () => {
  let scene: RotationScene;
  let folder: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    scene = await RotationScene.create();
    folder = join(mkdtempSync(join(tmpdir(), "genesys-credentials-evidence-")), "made", "on-demand");
    env = { GENESYS_CREDENTIALS_EVIDENCE: folder };
  });
  afterAll(async () => {
    await scene.stop();
    rmSync(join(folder, "..", ".."), { recursive: true, force: true });
  });

  const files = (): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);
  const evidence = (file: string): RotationEvidence =>
    JSON.parse(readFileSync(join(folder, file), "utf8")) as RotationEvidence;
  const update = async (
    generation: number,
    otherGeneration = 0,
    clients: "replace" | "keep" = "replace",
  ): Promise<void> => {
    scene.declare({
      [credential]: { generation, clients, every: "P90D" },
      [other]: { generation: otherGeneration },
    });
    mustSucceed(await scene.pulumi(["up", "--yes"], { env })); // with its preview, which must write nothing
  };

  const firstFiles = [`dev-${other}-0.json`, `dev-${credential}-0.json`];

  it("of the first publication says since when, and the next update writes nothing", async () => {
    await update(0);
    expect(files()).toEqual(firstFiles);
    const written = evidence(`dev-${credential}-0.json`);
    expect({ isRight: isEvidence(written), errors: isEvidence.errors }).toEqual({
      isRight: true,
      errors: null,
    });
    expect(written).toMatchObject({
      event: "first-publication",
      generation: 0,
      oldClientId: null,
      newClientId: scene.current().clientId,
      publishedAt: written.recordedAt,
      stagingLabels: { before: [] },
    });
    await update(0);
    expect(files()).toEqual(firstFiles);
  });

  it("is enough for `rotate --due` to know that nothing is due, without Pulumi and without a credential of anybody", async () => {
    const argv = ["rotate", "--due", "--stack", "dev", "--evidence"];
    const isolated = { PATH: "", GENESYSCLOUD_OAUTHCLIENT_ID: "", GENESYSCLOUD_OAUTHCLIENT_SECRET: "" };
    expect(await runCredentials(scene.world, [...argv, folder], isolated)).toEqual({
      exitCode: 0,
      output: "Nothing is due.\n\nPulumi.dev.yaml was not changed.\n",
    });
    const empty = join(folder, "..", "empty");
    mkdirSync(empty);
    const blind = await runCredentials(scene.world, [...argv, empty], isolated);
    expect(blind).toMatchObject({
      exitCode: 3,
      output: expect.stringContaining("1 of unknown age") as string,
    });
  });

  it("says which client followed which, what was verified, and how the labels moved", async () => {
    const before = scene.current();
    await update(1, 1);
    expect(files().filter((file) => !firstFiles.includes(file))).toEqual([
      `dev-${other}-1.json`,
      `dev-${credential}-1.json`,
    ]);
    const after = scene.current();
    const written = evidence(`dev-${credential}-1.json`);
    expect({ isRight: isEvidence(written), errors: isEvidence.errors }).toEqual({
      isRight: true,
      errors: null,
    });
    expect(written).toMatchObject({
      project: "genesys-credentials",
      stack: "dev",
      credential,
      event: "rotation",
      generation: 1,
      oldClientId: before.clientId,
      newClientId: after.clientId,
      pair: "new-client",
      verification: { clientId: after.clientId, authorizedGrantType: "CLIENT-CREDENTIALS", requests: 2 },
      deployerClientId,
      secret: { name: `genesys/dev/${credential}`, arn: scene.secret()?.arn },
      stagingLabels: { before: [{ versionId: before.versionId, labels: ["AWSCURRENT"] }] },
    });
    expect(written.verification?.roleDivisions).toHaveLength(2);
    expect([...written.stagingLabels.after].sort(byLabel)).toEqual([
      { versionId: after.versionId, labels: ["AWSCURRENT"] },
      { versionId: before.versionId, labels: ["AWSPREVIOUS"] },
    ]);
    expect(statSync(join(folder, `dev-${credential}-1.json`)).mode & permissionBits).toBe(ownerOnly);
    await update(1, 1);
    expect(files()).toHaveLength(firstFiles.length + 2);
  });

  it("holds no secret", () => {
    const { clientSecret } = scene.current();
    const search = (text: string): string[] =>
      [clientSecret, deployerSecret, "canary-token-", "canary-secret-key"].filter((secret) =>
        text.includes(secret),
      );
    for (const file of files()) {
      expect(search(readFileSync(join(folder, file), "utf8"))).toEqual([]);
    }
    expect(search(JSON.stringify(scene.current()))).toEqual([clientSecret]); // the search would have seen it
  });

  it("of a generation that comes back stands beside the former one", async () => {
    const left = scene.current().clientId;
    await update(2, 1);
    await update(1, 1);
    expect(files().filter((file) => !firstFiles.includes(file))).toEqual([
      `dev-${other}-1.json`,
      `dev-${credential}-1-2.json`,
      `dev-${credential}-1.json`,
      `dev-${credential}-2.json`,
    ]);
    expect(evidence(`dev-${credential}-1-2.json`)).toMatchObject({
      oldClientId: evidence(`dev-${credential}-2.json`).newClientId,
      newClientId: left,
      pair: "stored",
      verification: { clientId: left },
    });
  });

  it("is written by the update that finishes an interrupted one", async () => {
    const old = scene.current().clientId;
    const { faults } = scene.world.secretsManager;
    faults.arm({ operation: "PutSecretValue", kind: "internal", phase: "after", times: 100 });
    scene.declare({ [credential]: { generation: 2 }, [other]: { generation: 1 } });
    expect((await scene.up({ env: { ...env, ...impatience } })).exitCode).not.toBe(0);
    expect(files()).not.toContain(`dev-${credential}-2-2.json`);
    faults.clear();
    await update(2, 1);
    expect(evidence(`dev-${credential}-2-2.json`)).toMatchObject({
      oldClientId: old,
      newClientId: scene.current().clientId,
      pair: "stored",
      stagingLabels: { before: [] }, // the interrupted update had moved them
    });
  });

  it("of a rotation that keeps the client names the same one with a new secret", async () => {
    await update(2, 1, "keep");
    await update(3, 1, "keep");
    expect(evidence(`dev-${credential}-3.json`)).toMatchObject({
      newClientId: scene.current().clientId,
      pair: "new-secret",
    });
    await update(3, 1);
  });

  it("that cannot be written is a warning, and the rotation is done", async () => {
    const occupied = join(folder, "occupied");
    writeFileSync(occupied, "a file where a folder is wanted");
    scene.declare({ [credential]: { generation: 4 }, [other]: { generation: 1 } });
    const unwritten = await scene.up({ env: { GENESYS_CREDENTIALS_EVIDENCE: occupied } });
    mustSucceed(unwritten);
    expect(unwritten.stdout).toMatch(
      /Warning: recording the evidence dev-nightly-report-4\.json.*(EEXIST|ENOTDIR)/,
    );
    expect(await scene.works(scene.current())).toBe(true);
    await scene.mustBeSettled();
  });

  const byLabel = (one: { labels: readonly string[] }, another: { labels: readonly string[] }): number =>
    (one.labels[0] ?? "").localeCompare(another.labels[0] ?? "");
});
