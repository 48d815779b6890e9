// Clients of grant types that people sign in with: made, read, changed, rotated and deleted like others, but stored unproven.
import type { OAuthClientInputs } from "../../../providers/oauthClient/record";
import {
  clientInputs,
  clientSecretInputs,
  createProviderWorld,
  type ProviderWorld,
  recordedClient,
  recordedSecret,
} from "../../providerWorld";
import { versionLabelled } from "../../storedSecrets";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

const redirectUris = ["https://b.example/cb", "https://a.example/cb"];

/** Inputs as the program sends them. */
function declared(changes: Partial<OAuthClientInputs> = {}): OAuthClientInputs {
  return clientInputs({
    authorizedGrantType: "CODE",
    roleDivisions: [],
    registeredRedirectUri: redirectUris,
    scope: ["routing", "analytics:readonly"],
    ...changes,
  });
}

async function checked(
  changes: Partial<OAuthClientInputs> = {},
  olds: object = {},
): Promise<OAuthClientInputs> {
  const { inputs, failures } = await world.newRun().oauthClients.check({ ...olds }, { ...declared(changes) });
  expect(failures).toEqual([]);
  return inputs as unknown as OAuthClientInputs;
}

function withoutProvider({ __provider: _provider, ...inputs }: OAuthClientInputs) {
  return inputs;
}

describe.each(["CODE", "SAML2-BEARER", "PASSWORD"])("%s", (authorizedGrantType) => {
  it("is made with its redirect URIs and scopes, without roles", async () => {
    const run = world.newRun();
    const { id } = await run.oauthClients.create(await checked({ authorizedGrantType }));
    expect(await run.session.oauthClients.get(id)).toMatchObject({
      authorizedGrantType,
      registeredRedirectUri: ["https://a.example/cb", "https://b.example/cb"],
      scope: ["analytics:readonly", "routing"],
      state: "active",
    });
  });

  it("is stored with its secret, and the record says that and why nothing was proven", async () => {
    const run = world.newRun();
    const inputs = await checked({ authorizedGrantType });
    world.simulator.requestLog.clear();
    const { id } = await run.oauthClients.create(inputs);
    const { outs } = await run.clientSecrets.create(clientSecretInputs(id, { authorizedGrantType }));
    expect(outs["verification"]).toMatchObject({
      clientId: id,
      authorizedGrantType,
      roleDivisions: [],
      requests: 0,
      notProven: expect.stringContaining("needs a person") as string,
    });
    expect(recordedSecret(outs).verification).not.toHaveProperty("verifiedAt");
    const { clients } = world.simulator.organization.store.state;
    expect(versionLabelled(world.secretsManager)?.payload).toMatchObject({
      clientId: id,
      clientSecret: clients.find((client) => client.id === id)?.secret,
    });
    const minted = world.simulator.requestLog.entries.filter(
      ({ path, clientId }) => path === "/oauth/token" && clientId === id,
    );
    expect(minted).toEqual([]);
  });

  it("stored already is carried over into another spelling, without a new secret", async () => {
    const run = world.newRun();
    const { id } = await run.oauthClients.create(await checked({ authorizedGrantType }));
    const inputs = clientSecretInputs(id, { authorizedGrantType });
    const { outs } = await run.clientSecrets.create(inputs);
    const before = versionLabelled(world.secretsManager)?.payload;
    world.simulator.requestLog.clear();
    await world.newRun().clientSecrets.update("x", recordedSecret(outs), { ...inputs, keys: "snake" });
    expect(versionLabelled(world.secretsManager)?.payload).toEqual(before);
    expect(versionLabelled(world.secretsManager)?.text).toContain("client_secret");
    expect(world.simulator.requestLog.count({ path: /\/secret$/ })).toBe(0);
  });
});

describe("the record of such a client", () => {
  it("is read back as it was declared", async () => {
    const run = world.newRun();
    const inputs = await checked();
    const { id, outs } = await run.oauthClients.create(inputs);
    const read = await world.newRun().oauthClients.read(id, recordedClient(outs));
    expect(read.inputs).toEqual(withoutProvider(inputs));
    expect(read.props).toEqual(outs);
  });

  it("shows a redirect URI or a scope that a person added or removed", async () => {
    const run = world.newRun();
    const { id, outs } = await run.oauthClients.create(await checked());
    const live = await run.session.oauthClients.get(id);
    await run.session.oauthClients.update(id, {
      name: live.name ?? "",
      description: live.description ?? "",
      authorizedGrantType: "CODE",
      accessTokenValiditySeconds: 3600,
      roleDivisions: [],
      registeredRedirectUri: [...redirectUris, "https://evil.example/cb"],
      scope: [],
      state: "active",
    });
    const read = await run.oauthClients.read(id, recordedClient(outs));
    expect(read.inputs).toMatchObject({
      registeredRedirectUri: ["https://a.example/cb", "https://b.example/cb", "https://evil.example/cb"],
      scope: [],
    });
  });

  it("an update sends both lists in full, also when only the description changed", async () => {
    const run = world.newRun();
    const { id, outs } = await run.oauthClients.create(await checked());
    const news = await checked({ description: "new" });
    const updated = await run.oauthClients.update(id, recordedClient(outs), news);
    expect(await run.session.oauthClients.get(id)).toMatchObject({
      registeredRedirectUri: ["https://a.example/cb", "https://b.example/cb"],
      scope: ["analytics:readonly", "routing"],
    });
    expect(updated.outs).toMatchObject({ description: "new" });
  });

  it("the older spelling of Genesys is the same grant type", async () => {
    const run = world.newRun();
    const { id, outs } = await run.oauthClients.create(
      await checked({ authorizedGrantType: "SAML2-BEARER" }),
    );
    world.simulator.organization.seed({ clients: [{ id, authorizedGrantType: "SAML2BEARER" }] });
    const read = await run.oauthClients.read(id, recordedClient(outs));
    expect(read.inputs).toMatchObject({ authorizedGrantType: "SAML2-BEARER" });
  });
});

describe("its life", () => {
  it("another grant type is another client, in both directions", async () => {
    const run = world.newRun();
    const { replaces } = await run.oauthClients.diff("x", await checked(), clientInputs());
    expect(replaces).toEqual(["authorizedGrantType"]);
    expect((await run.oauthClients.diff("x", clientInputs(), await checked())).replaces).toEqual([
      "authorizedGrantType",
    ]);
  });

  it("a revoked one is inactive from the beginning", async () => {
    const run = world.newRun();
    const { id, outs } = await run.oauthClients.create(await checked({ state: "inactive" }));
    expect(outs).toMatchObject({ state: "inactive" });
    expect((await run.session.oauthClients.get(id)).state).toBe("inactive");
  });

  it("is deleted like any other", async () => {
    const run = world.newRun();
    const { id, outs } = await run.oauthClients.create(await checked());
    await world.newRun().oauthClients.delete(id, recordedClient(outs));
    expect(world.simulator.organization.describe().clients.map((client) => client.id)).not.toContain(id);
  });

  it("a client-credentials record never carries what belongs to people", async () => {
    const run = world.newRun();
    const { inputs } = await run.oauthClients.check({}, { ...clientInputs() });
    expect(inputs).not.toHaveProperty("registeredRedirectUri");
    expect(inputs).not.toHaveProperty("scope");
    const { id, outs } = await run.oauthClients.create(clientInputs());
    const read = await run.oauthClients.read(id, recordedClient(outs));
    expect(read.inputs).not.toHaveProperty("scope");
  });
});

describe("a restricted credential", () => {
  const restricted = { type: "restricted", allow: ["routing:*"] };

  it("keeps its boundary in the record, and sends it to nobody", async () => {
    const run = world.newRun();
    const { id, outs } = await run.oauthClients.create(clientInputs(restricted));
    const read = await run.oauthClients.read(id, recordedClient(outs));
    expect(read.inputs).toMatchObject(restricted);
    expect(read.props).toEqual(outs);
  });

  it("that becomes general has no boundary in the record any more", async () => {
    const run = world.newRun();
    const { id, outs } = await run.oauthClients.create(clientInputs(restricted));
    const updated = await run.oauthClients.update(id, recordedClient(outs), clientInputs());
    expect(updated.outs).not.toHaveProperty("type");
    expect(updated.outs).not.toHaveProperty("allow");
    const read = await run.oauthClients.read(id, recordedClient(updated.outs));
    expect(read.inputs).toEqual(withoutProvider(clientInputs()));
  });
});

describe("what check refuses", () => {
  test.each([
    [{ authorizedGrantType: "TOKEN" }, "authorizedGrantType"],
    [{ roleDivisions: [{ roleName: "employee", division: "home" }] }, "roleDivisions"],
    [{ scope: "routing" as never }, "scope"],
    [{ registeredRedirectUri: [5] as never }, "registeredRedirectUri"],
    [{ authorizedGrantType: "CLIENT-CREDENTIALS", registeredRedirectUri: [], scope: [] }, "roleDivisions"],
  ])("%j", async (changes, property) => {
    const { failures } = await world.newRun().oauthClients.check({}, { ...declared(changes) });
    expect(failures).toEqual([
      { property: "", reason: expect.stringMatching(`^${property} must `) as string },
    ]);
  });
});
