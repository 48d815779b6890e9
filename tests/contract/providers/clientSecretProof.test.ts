// Nothing is stored that has not just signed in as the declared client with the declared roles; what is stored and works is never made anew.
import { adminRoleId, homeDivisionId, salesDivisionId } from "../../../sandbox/genesys/seed";
import { clientInputs, clientSecretInputs, type ProviderRun } from "../../providerWorld";
import { versionsOf } from "../../storedSecrets";
import { ClientSecretScene, newSecret, proof, versionId } from "./clientSecretScene";

let scene: ClientSecretScene;
beforeEach(async () => {
  scene = await ClientSecretScene.create();
});
afterEach(() => scene.stop());

const ownToken = { method: "POST", path: "/oauth/token$" };
const secondMs = 1000;

/** The deployer's own token is minted first, so that faults of the token endpoint strike the pair's. */
async function signedIn(run: ProviderRun): Promise<ProviderRun> {
  await run.session.enter("Preparing", undefined);
  return run;
}

async function failureOf(attempt: Promise<unknown>): Promise<{ code?: string; message?: string }> {
  return attempt.then(
    () => ({}),
    (error: unknown) => error as Error,
  );
}

describe("a new pair", () => {
  const wrong: readonly [string, (id: string) => void, RegExp][] = [
    [
      "cannot sign in",
      () =>
        scene.world.simulator.faults.arm({ match: ownToken, kind: "status", status: 401, times: "always" }),
      /it cannot mint a token/,
    ],
    [
      "is of another client",
      () =>
        scene.world.simulator.faults.arm({
          match: { path: "/tokens/me" },
          kind: "status",
          status: 200,
          body: { organization: { id: "x" }, OAuthClient: { id: "another" } },
        }),
      /its client id is another instead of/,
    ],
    [
      "lacks a role",
      (id) => {
        scene.changeClient(id, { roleDivisions: [] });
      },
      /it lacks role \S+ in division \S+/,
    ],
    [
      "has a role too many",
      (id) => {
        scene.changeClient(id, {
          roleDivisions: [
            { roleId: "70000000-0000-4000-8000-000000000001", divisionId: homeDivisionId },
            { roleId: adminRoleId, divisionId: salesDivisionId },
          ],
        });
      },
      /it also holds role \S+ in division \S+/,
    ],
    [
      "is refused with its token",
      () =>
        scene.world.simulator.faults.arm({
          match: { path: "/tokens/me" },
          kind: "status",
          status: 403,
          times: "always",
        }),
      /its token is not accepted/,
    ],
  ];

  it.each(wrong)(
    "that %s is not stored: AWSCURRENT stays, and the error is clear",
    async (_name, arrange, said) => {
      const former = await scene.stored({ generation: 1 });
      const before = scene.labels();
      const id = await scene.client({ generation: 2 });
      const run = await signedIn(await scene.laterRun());
      arrange(id);
      const failure = await failureOf(run.clientSecrets.create(clientSecretInputs(id, { generation: 2 })));
      expect(failure).toMatchObject({ code: "VERIFICATION_FAILED" });
      expect(failure.message).toMatch(said);
      expect(failure.message).toMatch(
        /^Verifying the secret of nightly-report \(genesys\/dev\/nightly-report\): .*; the stored secret was not changed\. Run `pulumi up` again/,
      );
      expect(scene.awsRequests().filter((name) => /^(Put|Update)/.test(name))).toEqual([]);
      expect(scene.labels()).toEqual(before);
      expect(scene.current().payload?.clientId).toBe(former.id);
      scene.expectWorking();
    },
  );

  /** @param authorizedGrantType As Genesys tells it to whoever signs in. @returns the id of a client whose secret is not stored yet */
  async function clientOf(run: ProviderRun, authorizedGrantType: string): Promise<string> {
    const { id } = await run.oauthClients.create(clientInputs());
    const { identity } = run.session;
    const read = identity.read.bind(identity);
    Object.assign(identity, {
      read: async (token?: string) => ({ ...(await read(token)), authorizedGrantType }),
    });
    return id;
  }

  it.each(["client_credentials", "CLIENTCREDENTIALS"])(
    "is stored whose grant type is spelt %s",
    async (spelt) => {
      const run = scene.world.newRun();
      const id = await clientOf(run, spelt);
      await run.clientSecrets.create(clientSecretInputs(id));
      expect(scene.current().payload?.clientId).toBe(id);
    },
  );

  it("of another grant type than declared is not stored", async () => {
    const run = scene.world.newRun();
    const id = await clientOf(run, "SAML2-BEARER");
    await expect(run.clientSecrets.create(clientSecretInputs(id))).rejects.toThrow(
      /its grant type is SAML2-BEARER instead of CLIENT-CREDENTIALS.*\[VERIFICATION_FAILED\]$/,
    );
    expect(versionsOf(scene.world.secretsManager)).toEqual([]);
  });

  it("whose sign-in Genesys knows late is waited for", async () => {
    scene.world.simulator.organization.setConsistency({ clientMintsAfterMs: 200 * secondMs });
    const { record } = await scene.stored();
    expect(record.verification?.requests).toBeGreaterThan(2);
    scene.expectWorking();
  });
});

describe("a stored pair of the client that AWSCURRENT names", () => {
  it("that works no more, of a client that is active, is replaced under the next number", async () => {
    const { id, inputs, record } = await scene.stored();
    await scene.resetSecret(id);
    const { outs } = await (await scene.laterRun()).clientSecrets.create(inputs);
    expect(scene.genesysRequests().filter((request) => !/oauth\/token$/.test(request))).toEqual([
      "GET /api/v2/oauth/clients/{id}",
      newSecret,
      "own GET /api/v2/tokens/me",
    ]);
    expect(outs["versionId"]).toBe(versionId(inputs, 1));
    expect(scene.labels()).toEqual({
      [versionId(inputs, 1)]: ["AWSCURRENT"],
      [record.versionId!]: ["AWSPREVIOUS"],
    });
    scene.expectWorking();
    await scene.resetSecret(id);
    expect((await (await scene.laterRun()).clientSecrets.create(inputs)).outs["versionId"]).toBe(
      versionId(inputs, 2),
    );
    scene.expectWorking();
  });

  it("is not held to be dead before half a minute is over", async () => {
    const { inputs, record } = await scene.stored();
    const run = await signedIn(await scene.laterRun());
    const refusals = 5; // after 0, 0.5, 1.5, 3.5, 7.5 s
    scene.world.simulator.faults.arm({ match: ownToken, kind: "status", status: 401, times: refusals });
    const { outs } = await run.clientSecrets.create(inputs);
    expect(outs["versionId"]).toBe(record.versionId);
    expect(scene.genesysRequests()).not.toContain(newSecret);
  });

  it.each(["inactive", "disabled"])("of a client that is %s stays, and nothing is made", async (state) => {
    const { id, inputs } = await scene.stored();
    const before = scene.labels();
    scene.changeClient(id, { state });
    const failure = await failureOf((await scene.laterRun()).clientSecrets.create(inputs));
    expect(failure).toMatchObject({
      code: "CLIENT_INACTIVE",
      message: expect.stringMatching(
        `OAuth client ${id} is ${state} in Genesys.*the stored secret was not changed\\. Run \`pulumi up --refresh\``,
      ) as string,
    });
    expect(scene.genesysRequests()).not.toContain(newSecret);
    expect(scene.labels()).toEqual(before);
  });

  const passing: readonly [string, object][] = [
    [
      "too many tokens were asked for",
      {
        kind: "status",
        status: 400,
        body: { error: "invalid_request", error_description: "rate limit exceeded; try again later" },
      },
    ],
    ["Genesys fails", { kind: "status", status: 503 }],
    ["Genesys limits requests", { kind: "status", status: 429 }],
    ["the answer is lost", { kind: "reset" }],
    ["the answer cannot be read", { kind: "html", phase: "after" }],
  ];
  it.each(passing)(
    "stays where %s, for however long: that says nothing about the secret",
    async (_name, fault) => {
      const { inputs } = await scene.stored();
      const before = scene.labels();
      const run = await signedIn(await scene.laterRun());
      scene.world.simulator.faults.arm({ ...(fault as { kind: "reset" }), match: ownToken, times: "always" });
      expect((await failureOf(run.clientSecrets.create(inputs))).message).toBeDefined();
      expect(scene.genesysRequests()).not.toContain(newSecret);
      expect(scene.labels()).toEqual(before);
      scene.world.simulator.faults.clear();
      scene.expectWorking();
      await (await scene.laterRun()).clientSecrets.create(inputs);
      expect(scene.genesysRequests()).not.toContain(newSecret);
    },
  );

  it("stays where its tokens are limited to addresses: a refusal says nothing about the secret", async () => {
    const { id, inputs } = await scene.stored();
    await scene.resetSecret(id);
    const before = scene.labels();
    const run = await signedIn(await scene.laterRun());
    run.session.clients.know(id, { roleDivisions: [], refusalHint: "the address may not be among them" });
    await expect(run.clientSecrets.create(inputs)).rejects.toThrow(
      /cannot mint a token.*the address may not be among them.*\[VERIFICATION_FAILED\]$/,
    );
    expect(scene.genesysRequests()).not.toContain(newSecret);
    expect(scene.labels()).toEqual(before);
  });

  it("with other roles than declared stays, and the error says which", async () => {
    const { id, inputs } = await scene.stored();
    const run = await scene.laterRun();
    scene.changeClient(id, { roleDivisions: [] });
    await expect(run.clientSecrets.create(inputs)).rejects.toThrow(
      /it lacks role .*\[VERIFICATION_FAILED\]$/,
    );
    expect(scene.genesysRequests()).not.toContain(newSecret);
    scene.expectWorking();
  });

  it("of a client that is gone stays, and the error says so", async () => {
    const { id, inputs } = await scene.stored();
    const before = scene.labels();
    const run = await scene.laterRun();
    scene.changeClient(id, { deleted: true });
    const failure = await failureOf(run.clientSecrets.create(inputs));
    expect(failure.message).toMatch(/^Storing the secret of nightly-report .*404/);
    expect(scene.labels()).toEqual(before);
  });
});

it("a pair that was proven costs two requests with the client's own token", async () => {
  const { inputs } = await scene.stored();
  await (await scene.laterRun()).clientSecrets.create(inputs);
  expect(scene.genesysRequests()).toEqual(proof);
});
