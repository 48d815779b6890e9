// The four cases of storing a secret: it is current already, it is there without the label, its pair is stored otherwise, or it is to be made.
import { deployerClientId } from "../../../sandbox/genesys/seed";
import { renderSecretPayload } from "../../../secrets/payload";
import { clientInputs, clientSecretInputs } from "../../providerWorld";
import { dropVersion, putText, versionLabelled, versionsOf } from "../../storedSecrets";
import { ClientSecretScene, newSecret, proof, versionId } from "./clientSecretScene";

let scene: ClientSecretScene;
beforeEach(async () => {
  scene = await ClientSecretScene.create();
});
afterEach(() => scene.stop());

describe("an idle client", () => {
  it("made by this process: the secret of the answer is proven and stored, and no other one is made", async () => {
    const run = scene.world.newRun();
    const { id } = await run.oauthClients.create(clientInputs());
    scene.clearLogs();
    const { id: resourceId, outs } = await run.clientSecrets.create(clientSecretInputs(id));
    expect(scene.genesysRequests()).toEqual(proof);
    expect(scene.awsRequests()).toEqual(["DescribeSecret", "PutSecretValue", "DescribeSecret"]);
    scene.expectWorking();
    const wanted = versionId(clientSecretInputs(id));
    expect(scene.labels()).toEqual({ [wanted]: ["AWSCURRENT"] });
    expect(scene.current().text).toBe(
      renderSecretPayload("camel", { ...clientSecretInputs(id), ...scene.current().payload! }),
    );
    expect(resourceId).toBe(`${id}#0`);
    expect(outs).toMatchObject({
      ...clientSecretInputs(id),
      versionId: wanted,
      verification: {
        verifiedAt: new Date(scene.world.clock.now()).toISOString(),
        clientId: id,
        authorizedGrantType: "CLIENT-CREDENTIALS",
        requests: 2,
        deployerClientId,
      },
      stagingLabels: { before: [], after: [{ versionId: wanted, labels: ["AWSCURRENT"] }] },
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      organizationId: expect.any(String) as string,
    });
    expect(JSON.stringify(outs)).not.toContain(scene.current().payload!.clientSecret);
  });

  it("made by another process gets a new secret: one request more", async () => {
    const id = await scene.client();
    await (await scene.laterRun()).clientSecrets.create(clientSecretInputs(id));
    expect(scene.genesysRequests()).toEqual([newSecret, ...proof]);
    expect(scene.awsRequests()).toEqual([
      "DescribeSecret",
      "GetSecretValue",
      "PutSecretValue",
      "DescribeSecret",
    ]);
    scene.expectWorking();
  });

  it("that rotations keep gets a new secret, and the former client's pair stays good", async () => {
    const a = await scene.stored();
    const b = await scene.stored({ generation: 1 });
    const former = scene.current();
    await (await scene.laterRun()).clientSecrets.create(clientSecretInputs(a.id, { generation: 2 }));
    expect(scene.genesysRequests()).toEqual([newSecret, ...proof]);
    scene.expectWorking();
    expect(scene.current().payload?.clientId).toBe(a.id);
    expect(versionLabelled(scene.world.secretsManager, "AWSPREVIOUS")).toMatchObject({
      id: former.id,
      payload: { clientId: b.id },
    });
  });

  it("whose own resource was left out of the run is asked for its roles", async () => {
    const id = await scene.client();
    await scene.world.newRun().clientSecrets.create(clientSecretInputs(id));
    expect(scene.genesysRequests()).toEqual([newSecret, "GET /api/v2/oauth/clients/{id}", ...proof]);
    scene.expectWorking();
  });

  it("takes the waiting secret once: the next generation of the client makes another", async () => {
    const run = scene.world.newRun();
    const { id } = await run.oauthClients.create(clientInputs());
    await run.clientSecrets.create(clientSecretInputs(id));
    scene.clearLogs();
    await run.clientSecrets.create(clientSecretInputs(id, { generation: 2, keys: "snake" }));
    expect(scene.genesysRequests()).toEqual(proof); // AWSCURRENT names the client already: its pair is kept
    expect(scene.current().text).toContain("client_secret");
  });
});

describe("the wanted version", () => {
  it("that is current already is proven and left alone: a state that was lost", async () => {
    const { inputs, record } = await scene.stored();
    const before = scene.labels();
    const { outs } = await (await scene.laterRun()).clientSecrets.create(inputs);
    expect(scene.genesysRequests()).toEqual(proof);
    expect(scene.awsRequests()).toEqual(["DescribeSecret", "GetSecretValue", "GetSecretValue"]);
    expect(scene.labels()).toEqual(before);
    expect(outs).toMatchObject({ versionId: record.versionId, fingerprint: record.fingerprint });
    const { before: labelsBefore, after } = outs["stagingLabels"] as Record<string, unknown>;
    expect(labelsBefore).toEqual(after);
  });

  it("that is there without the label gets it, and nothing is made: a rotation that is taken back", async () => {
    const first = await scene.stored();
    const second = await scene.stored({ generation: 1 });
    const secrets = versionsOf(scene.world.secretsManager).map(({ text }) => text);
    const { outs } = await (await scene.laterRun()).clientSecrets.create(first.inputs);
    expect(scene.genesysRequests()).toEqual(proof);
    expect(scene.awsRequests()).toEqual([
      "DescribeSecret",
      "GetSecretValue",
      "GetSecretValue",
      "GetSecretValue",
      "UpdateSecretVersionStage",
      "DescribeSecret",
    ]);
    expect(scene.labels()).toEqual({
      [first.record.versionId!]: ["AWSCURRENT"],
      [second.record.versionId!]: ["AWSPREVIOUS"],
    });
    expect(versionsOf(scene.world.secretsManager).map(({ text }) => text)).toEqual(secrets);
    expect(outs).toMatchObject({ versionId: first.record.versionId, fingerprint: first.record.fingerprint });
    scene.expectWorking();
  });

  it("that AWS has removed meanwhile is made anew: the client is idle", async () => {
    const first = await scene.stored();
    await scene.stored({ generation: 1 });
    await scene.stored({ generation: 2 });
    dropVersion(scene.world.secretsManager, first.record.versionId!);
    await (await scene.laterRun()).clientSecrets.create(first.inputs);
    expect(scene.genesysRequests()).toContain(newSecret);
    scene.expectWorking();
  });

  it("whose id was taken by a text of somebody else is stored under the next one", async () => {
    const id = await scene.client();
    const inputs = clientSecretInputs(id);
    putText(scene.world.secretsManager, "{}", versionId(inputs));
    putText(scene.world.secretsManager, "somebody's", versionId(inputs, 1));
    const { outs } = await (await scene.laterRun()).clientSecrets.create(inputs);
    expect(outs["versionId"]).toBe(versionId(inputs, 2));
    scene.expectWorking();
  });

  it("whose id is taken while it is being stored is stored under the next one", async () => {
    const run = scene.world.newRun();
    const { id } = await run.oauthClients.create(clientInputs());
    const inputs = clientSecretInputs(id);
    putText(scene.world.secretsManager, "a late write of an interrupted run", versionId(inputs));
    const { outs } = await run.clientSecrets.create(inputs);
    expect(outs["versionId"]).toBe(versionId(inputs, 1));
    scene.expectWorking();
  });
});

describe("a pair of the client that AWSCURRENT holds in another version", () => {
  const others: readonly [string, (text: string) => string][] = [
    ["another spelling", (text) => renderSecretPayload("environment", JSON.parse(text) as never)],
    ["other endpoints", (text) => text.replaceAll("mypurecloud.ie", "mypurecloud.de")],
    ["a further key", (text) => JSON.stringify({ ...(JSON.parse(text) as object), note: "mine" })],
    [
      "the client id in other letters",
      (text) => text.replace(/"clientId":"[^"]*"/, (id) => id.toUpperCase().replace("CLIENTID", "clientId")),
    ],
  ];

  it("with the same text is kept as it is: a version of before, or of another tool", async () => {
    const { inputs } = await scene.stored();
    const { id, text } = scene.current();
    dropVersion(scene.world.secretsManager, id);
    const given = "terraform-20261101090000000000000001";
    putText(scene.world.secretsManager, text!, given);
    scene.clearLogs();
    const { outs } = await (await scene.laterRun()).clientSecrets.create(inputs);
    expect(outs["versionId"]).toBe(given);
    expect(scene.current().id).toBe(given);
    expect(scene.awsRequests()).toEqual(["DescribeSecret", "GetSecretValue", "GetSecretValue"]);
    expect(scene.genesysRequests()).not.toContain(newSecret);
  });

  it.each(others)("with %s is stored as declared, and no secret is made", async (_name, change) => {
    const { id, inputs } = await scene.stored();
    const { id: former, text, payload } = scene.current();
    dropVersion(scene.world.secretsManager, former);
    const given = putText(scene.world.secretsManager, change(text!));
    scene.clearLogs();
    const { outs } = await (await scene.laterRun()).clientSecrets.create(inputs);
    expect(scene.genesysRequests()).not.toContain(newSecret);
    expect(outs["versionId"]).toBe(versionId(clientSecretInputs(id)));
    expect(scene.current()).toMatchObject({ text, payload });
    expect(versionLabelled(scene.world.secretsManager, "AWSPREVIOUS")?.id).toBe(given);
    scene.expectWorking();
  });

  it("of another generation is kept as well", async () => {
    const { id } = await scene.stored();
    const { text } = scene.current();
    await (await scene.laterRun()).clientSecrets.create(clientSecretInputs(id, { generation: 4 }));
    expect(scene.genesysRequests()).not.toContain(newSecret);
    expect(scene.current().text).toBe(text);
  });
});

describe("what AWSCURRENT holds of others", () => {
  it.each([
    ["a text that is no pair", (): string => putText(scene.world.secretsManager, "not JSON")],
    ["an empty pair", (): string => putText(scene.world.secretsManager, `{"clientId":"","clientSecret":""}`)],
    [
      "bytes",
      (): string =>
        scene.world.secretsManager.vault.put(
          "eu-west-1",
          clientSecretInputs("x").secretArn,
          "b".repeat(36),
          { secretBinary: "AAAA" },
          undefined,
        ).version.id,
    ],
  ])("%s, is replaced, and AWSPREVIOUS follows to it", async (_name, arrange) => {
    const given = arrange();
    const id = await scene.client();
    await (await scene.laterRun()).clientSecrets.create(clientSecretInputs(id));
    scene.expectWorking();
    expect(scene.labels()).toMatchObject({ [given]: ["AWSPREVIOUS"] });
  });

  it("the pair of another client, is replaced, and that client is left alone", async () => {
    const other = await scene.stored({}, { owner: "genesys-credentials/dev/other" });
    const { id, payload } = scene.current();
    const mine = await scene.client();
    await (await scene.laterRun()).clientSecrets.create(clientSecretInputs(mine));
    scene.expectWorking();
    expect(scene.current().payload?.clientId).toBe(mine);
    expect(scene.labels()).toMatchObject({ [id]: ["AWSPREVIOUS"] });
    const { clients } = scene.world.simulator.organization.store.state;
    expect(clients.find((client) => client.id === other.id)?.secret).toBe(payload?.clientSecret);
  });
});
