// What a plan and a refresh find out about a stored secret.
import type { ClientSecretInputs } from "../../../providers/clientSecret/record";
import { organizationId } from "../../../sandbox/genesys/seed";
import { clientSecretInputs, recordedSecret } from "../../providerWorld";
import { dropVersion, putText, region, secretArn } from "../../storedSecrets";
import { ClientSecretScene, proof, type Stored } from "./clientSecretScene";

let scene: ClientSecretScene;
beforeEach(async () => {
  scene = await ClientSecretScene.create();
});
afterEach(() => scene.stop());

async function refreshed({ id, record }: Stored) {
  return scene.world.newRun().clientSecrets.read(`${id}#0`, record);
}

describe("a plan", () => {
  const of = (inputs: ClientSecretInputs) => ({ ...inputs, organizationId });
  it.each<[string, Partial<ClientSecretInputs>, string[]]>([
    ["another generation", { generation: 2 }, ["generation"]],
    ["another client", { clientId: "other" }, ["clientId"]],
    ["another organisation", { organization: { id: "other" } }, ["organization"]],
    ["another spelling", { keys: "snake" }, []],
    ["other endpoints", { apiUrl: "x", tokenUrl: "y" }, []],
    ["another secret", { secretArn: "arn:other", secretName: "other" }, []],
    ["another label", { versionStage: "none" }, []],
    ["another state", { state: "inactive" }, []],
    ["another key, owner or way to AWS", { kmsKeyId: "k", owner: "p/s/x", aws: {} }, []],
  ])("with %s replaces %j", async (_name, changes, replaces) => {
    const inputs = clientSecretInputs("client");
    const { clientSecrets } = scene.world.newRun();
    expect(await clientSecrets.diff("x", of(inputs), { ...inputs, ...changes })).toEqual({ replaces });
  });
});

describe("a refresh", () => {
  it("without drift gives back the record and the inputs that check made, with two requests to AWS and one to Genesys", async () => {
    const stored = await scene.stored();
    const { __provider: _provider, ...declared } = stored.inputs;
    const checked = await scene.world.newRun().clientSecrets.check(declared, declared);
    expect(await refreshed(stored)).toEqual({
      id: `${stored.id}#0`,
      props: stored.record,
      inputs: checked.inputs,
    });
    expect(scene.awsRequests()).toEqual(["DescribeSecret", "GetSecretValue"]);
    const { requestLog } = scene.world.simulator;
    expect(requestLog.count({ method: "GET", path: /oauth\/clients\/[^/]+$/ })).toBe(1);
    expect(requestLog.count()).toBe(3); // with the sign-in of the run
  });

  it("shows the label that somebody moved, and the next update moves it back to a pair that works", async () => {
    const stored = await scene.stored();
    const theirs = putText(scene.world.secretsManager, "somebody's");
    const read = await refreshed(stored);
    expect(read.inputs).toMatchObject({ versionStage: "AWSPREVIOUS" });
    expect(read.props).toMatchObject({ versionStage: "AWSPREVIOUS" });
    scene.clearLogs();
    await (
      await scene.laterRun()
    ).clientSecrets.update(stored.id, recordedSecret(read.props!), stored.inputs);
    const sent = scene.awsRequests();
    expect(sent).toContain("UpdateSecretVersionStage");
    expect(sent).not.toContain("PutSecretValue");
    expect(scene.genesysRequests()).toEqual(proof);
    expect(scene.labels()).toMatchObject({
      [stored.record.versionId!]: ["AWSCURRENT"],
      [theirs]: ["AWSPREVIOUS"],
    });
    scene.expectWorking();
  });

  it("shows a version without any label, which AWS removes one day", async () => {
    const stored = await scene.stored();
    putText(scene.world.secretsManager, "one");
    putText(scene.world.secretsManager, "two");
    expect((await refreshed(stored)).inputs).toMatchObject({ versionStage: "none" });
  });

  const gone: readonly [string, (stored: Stored) => void][] = [
    ["the secret", () => scene.world.secretsManager.vault.delete(region, secretArn, 0, true)],
    [
      "the secret, which is scheduled for deletion,",
      () => scene.world.secretsManager.vault.delete(region, secretArn, 30, false),
    ],
    [
      "its version",
      ({ record }) => {
        dropVersion(scene.world.secretsManager, record.versionId!);
      },
    ],
    [
      "what its version held",
      ({ record }) => {
        dropVersion(scene.world.secretsManager, record.versionId!);
        putText(scene.world.secretsManager, "another text under the same id", record.versionId);
      },
    ],
  ];
  it.each(gone)("says that it is gone where %s is gone", async (_name, arrange) => {
    const stored = await scene.stored();
    arrange(stored);
    expect(await refreshed(stored)).toEqual({});
  });

  it("of the former generation sees its version as AWSPREVIOUS, and nothing else asks for it", async () => {
    const first = await scene.stored();
    await scene.stored({ generation: 1 });
    expect((await refreshed(first)).inputs).toMatchObject({ versionStage: "AWSPREVIOUS" });
  });

  it("that AWS refuses says so", async () => {
    const stored = await scene.stored();
    scene.world.secretsManager.faults.arm({ kind: "accessDenied" });
    await expect(refreshed(stored)).rejects.toThrow(
      /^Reading the secret of nightly-report \(genesys\/dev\/nightly-report\): DescribeSecret of .*\[AWS_DENIED\]$/,
    );
  });
});
