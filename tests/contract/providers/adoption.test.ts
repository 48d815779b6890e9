// Adopting an OAuth client: the same client id, no new client, and the secret kept or made anew.
import type { ClientSecretOutputs } from "../../../providers/clientSecret/record";
import type { OAuthClientOutputs } from "../../../providers/oauthClient/record";
import { employeeRoleId, homeDivisionId } from "../../../sandbox/genesys/seed";
import { type StackState, up, upClient } from "../../fault/engine";
import {
  clientInputs,
  clientSecretInputs,
  createProviderWorld,
  type ProviderWorld,
  recordedClient,
  recordedSecret,
} from "../../providerWorld";
import { isCurrentWorking, versionLabelled, versionsOf } from "../../storedSecrets";
import {
  adopting,
  handMadeId,
  handMadeRoleId,
  handMadeSecret,
  mints,
  requestsOf,
  seedHandMade,
  writesOf,
} from "./adoptionScene";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
  seedHandMade(world);
});
afterEach(async () => {
  await world.stop();
});

const clientPath = `/api/v2/oauth/clients/${handMadeId}`;

function clientCount(): number {
  return world.simulator.organization.describe().clients.length;
}

/** The record after `up`. */
async function applied(state: StackState, inputs = adopting("keep")): Promise<OAuthClientOutputs> {
  await upClient(world.newRun(), state, inputs);
  return recordedClient(state.client!.outs);
}

describe("keeping the secret", () => {
  it("is one PUT of the live client: everything as declared, the secret still mints, no client more", async () => {
    const before = clientCount();
    const run = world.newRun();
    const { id, outs } = await run.oauthClients.create(adopting("keep"));
    expect(id).toBe(handMadeId);
    expect(writesOf(world)).toEqual([`PUT ${clientPath}`]);
    expect(clientCount()).toBe(before);
    const live = await run.session.oauthClients.get(id);
    expect(live).toMatchObject({
      name: "nightly-report-dev-a",
      state: "active",
      accessTokenValiditySeconds: 3600,
      roleDivisions: [{ roleId: employeeRoleId, divisionId: homeDivisionId }],
    });
    expect(live.description).toMatch(
      /^Nightly report \[pulumi:0123456789abcdef\/genesys-credentials\/dev\/nightly-report#0:[0-9a-f]{12}\]$/,
    );
    expect(await mints(run, id, handMadeSecret)).toBe(true);
    expect(outs).toMatchObject({ clientId: handMadeId, __provider: "the provider" });
    expect(outs).not.toHaveProperty("areRolesUnconfirmed");
  });

  it("of an inactive client that is declared inactive never activates it", async () => {
    world.simulator.organization.seed({ clients: [{ id: handMadeId, state: "inactive" }] });
    const run = world.newRun();
    await run.oauthClients.create(adopting("keep", { state: "inactive" }));
    expect(writesOf(world)).toEqual([`PUT ${clientPath}`]);
    expect((await run.session.oauthClients.get(handMadeId)).state).toBe("inactive");
  });

  it("notices when the roles did not come to be as declared, and goes on in the next run", async () => {
    const state: StackState = {};
    const run = world.newRun();
    const { oauthClients } = run.session;
    const update = oauthClients.update.bind(oauthClients);
    const otherRoles = [{ roleId: handMadeRoleId, divisionId: homeDivisionId }];
    oauthClients.update = (id, request) => update(id, { ...request, roleDivisions: otherRoles });
    await expect(upClient(run, state, adopting("keep"))).rejects.toMatchObject({
      id: handMadeId,
      code: "VERIFICATION_FAILED",
      properties: { areRolesUnconfirmed: true },
    });
    const before = clientCount();
    const repaired = await applied(state);
    expect(repaired).toMatchObject({ clientId: handMadeId });
    expect(repaired).not.toHaveProperty("areRolesUnconfirmed");
    expect(clientCount()).toBe(before);
  });

  it("reads back exactly what check made, and an unchanged one asks nobody", async () => {
    const state: StackState = {};
    const recorded = await applied(state);
    const read = await world.newRun().oauthClients.read(handMadeId, recorded);
    const { inputs } = await world
      .newRun()
      .oauthClients.check({}, { ...adopting("keep"), __provider: undefined });
    const { __provider: _provider, ...declared } = inputs;
    expect(read.inputs).toEqual(declared);
    expect(read.props).toEqual(state.client!.outs);
    world.simulator.requestLog.clear();
    await applied(state);
    expect(requestsOf(world)).toEqual([]);
  });

  it("an update later keeps id, secret and marker", async () => {
    const state: StackState = {};
    const { marker } = await applied(state);
    const later = await applied(state, adopting("keep", { description: "Other" }));
    expect(later).toMatchObject({ clientId: handMadeId, marker, description: "Other" });
    expect(await mints(world.newRun(), handMadeId, handMadeSecret)).toBe(true);
  });

  it("is deleted as any other when the credential goes", async () => {
    const state: StackState = {};
    await applied(state);
    await up(world.newRun(), state, {});
    expect(world.simulator.organization.describe().clients.map(({ id }) => id)).not.toContain(handMadeId);
  });
});

/** The record of the stored secret after `up`. */
async function stored(run = world.newRun()): Promise<ClientSecretOutputs> {
  return recordedSecret((await run.clientSecrets.create(clientSecretInputs(handMadeId))).outs);
}

describe("making a new secret", () => {
  it("is a PUT by the client, and one new secret by whoever stores it; the former secret is dead", async () => {
    const run = world.newRun();
    const { id } = await run.oauthClients.create(adopting("regenerate"));
    expect(id).toBe(handMadeId);
    expect(writesOf(world)).toEqual([`PUT ${clientPath}`]);
    expect(await mints(run, id, handMadeSecret)).toBe(true);
    const { verification } = await stored(run);
    expect(writesOf(world)).toEqual([`PUT ${clientPath}`, `POST ${clientPath}/secret`]);
    expect(await mints(run, id, handMadeSecret)).toBe(false);
    expect(isCurrentWorking(world)).toBe(true);
    expect(verification).toMatchObject({ clientId: handMadeId, requests: 2 });
    const { clientSecret } = versionLabelled(world.secretsManager)!.payload!;
    expect(world.redactor.redact(`x ${clientSecret} y`)).not.toContain(clientSecret);
  });

  it("of one that is declared inactive makes none: nobody could prove it", async () => {
    const run = world.newRun();
    await run.oauthClients.create(adopting("regenerate", { state: "inactive" }));
    await run.clientSecrets.create(clientSecretInputs(handMadeId, { state: "inactive" }));
    expect(writesOf(world)).toEqual([`PUT ${clientPath}`]);
    expect(versionsOf(world.secretsManager)).toEqual([]);
    expect((await world.newRun().session.oauthClients.get(handMadeId)).state).toBe("inactive");
  });

  it("after keep, later, is an update that sends nothing, warned of, and never made twice", async () => {
    const state: StackState = {};
    await applied(state);
    world.notices.length = 0;
    world.simulator.requestLog.clear();
    await applied(state, adopting("regenerate"));
    expect(world.notices).toEqual([
      `Warning: the present secret of OAuth client ${handMadeId} dies at once when the update runs: whoever uses it cannot sign in until they read the stored secret.`,
    ]);
    expect(writesOf(world)).toEqual([]);
    await stored();
    expect(isCurrentWorking(world)).toBe(true);
    expect(await mints(world.newRun(), handMadeId, handMadeSecret)).toBe(false);
    world.notices.length = 0;
    world.simulator.requestLog.clear();
    await applied(state, adopting("regenerate", { description: "Other" }));
    await stored();
    expect(writesOf(world)).toEqual([`PUT ${clientPath}`]);
    expect(world.notices).toEqual([]);
  });

  it("of a client of people is stored without a proof", async () => {
    const codeId = "c1000000-0000-4000-8000-00000000000c";
    world.simulator.organization.seed({
      clients: [{ id: codeId, name: "Portal", authorizedGrantType: "CODE" }],
    });
    const run = world.newRun();
    await run.oauthClients.create(
      clientInputs({
        adopt: { clientId: codeId, secret: "regenerate" },
        authorizedGrantType: "CODE",
        roleDivisions: [],
        registeredRedirectUri: ["https://portal.example.com/callback"],
        scope: [],
      }),
    );
    const inputs = clientSecretInputs(codeId, { authorizedGrantType: "CODE" });
    const { outs } = await run.clientSecrets.create(inputs);
    expect(outs["verification"]).toHaveProperty("notProven");
    expect(isCurrentWorking(world)).toBe(true);
  });
});

describe("the line `adopt` afterwards", () => {
  it("after a new secret, removing it is an update that keeps the secret", async () => {
    const state: StackState = {};
    await applied(state, adopting("regenerate"));
    const { fingerprint } = await stored();
    expect(await applied(state, clientInputs())).not.toHaveProperty("adopt");
    expect((await stored()).fingerprint).toBe(fingerprint);
  });

  it("that keeps a secret cannot go while the client is the current one: there would be nothing to store", async () => {
    const state: StackState = {};
    await applied(state);
    world.simulator.requestLog.clear();
    await expect(applied(state, clientInputs())).rejects.toThrow(
      /not known and nothing could be stored; nothing was written\. Leave adopt as it is until the first rotation has run, or write secret: regenerate \[ADOPTION_SECRET_UNKNOWN\]/,
    );
    expect(writesOf(world)).toEqual([]);
  });

  it("can go while a new secret that was asked for was not made: the next update makes it", async () => {
    const state: StackState = {};
    const match = { method: "POST", path: `${clientPath}/secret$` };
    world.simulator.faults.arm({ match, kind: "status", status: 403, times: "always" });
    await applied(state, adopting("regenerate"));
    await expect(stored()).rejects.toThrow(/^Storing the secret of nightly-report .*403.*lacks a permission/);
    world.simulator.faults.clear();
    expect(await applied(state, clientInputs())).toMatchObject({ clientId: handMadeId });
    await stored();
    expect(isCurrentWorking(world)).toBe(true);
  });

  it("that keeps a secret can go once the next client lives, and stays harmless", async () => {
    const state: StackState = {};
    await applied(state);
    await upClient(world.newRun(), {}, clientInputs({ generation: 1, name: "nightly-report-dev-b" }));
    const later = await applied(state, clientInputs());
    expect(later).not.toHaveProperty("adopt");
    expect(await mints(world.newRun(), handMadeId, handMadeSecret)).toBe(true);
  });

  it("may come back while the secret is not known", async () => {
    const state: StackState = {};
    await applied(state);
    await upClient(world.newRun(), {}, clientInputs({ generation: 1, name: "nightly-report-dev-b" }));
    await applied(state, clientInputs());
    expect(await applied(state)).toMatchObject({ adopt: { clientId: handMadeId, secret: "keep" } });
  });

  it.each([
    ["a secret that was made anew", adopting("regenerate")],
    ["the client that the stack made", clientInputs()],
  ])("with keep is refused over %s: the stored secret would be taken away", async (_name, first) => {
    const state: StackState = {};
    const { clientId } = await applied(state, first);
    world.simulator.requestLog.clear();
    const kept = adopting("keep", { adopt: { clientId, secret: "keep" } });
    const planned = world.newRun().oauthClients.diff(clientId, recordedClient(state.client!.outs), kept);
    await expect(planned).rejects.toThrow(/ADOPTION_SECRET_STORED/);
    expect(writesOf(world)).toEqual([]);
  });

  it("with another client id replaces: the other one is taken over, the former deleted", async () => {
    const otherId = "c1000000-0000-4000-8000-00000000000b";
    world.simulator.organization.seed({
      clients: [
        {
          id: otherId,
          name: "Other",
          roleDivisions: [{ roleId: employeeRoleId, divisionId: homeDivisionId }],
        },
      ],
    });
    const state: StackState = {};
    const recorded = await applied(state, adopting("regenerate"));
    const other = adopting("regenerate", { adopt: { clientId: otherId, secret: "regenerate" } });
    const { replaces } = await world.newRun().oauthClients.diff(handMadeId, recorded, other);
    expect(replaces).toEqual(["adopt"]);
    expect(await applied(state, other)).toMatchObject({ clientId: otherId });
    expect(world.simulator.organization.describe().clients.map(({ id }) => id)).not.toContain(handMadeId);
  });

  it("in another case of the id, or with another name, replaces nothing", async () => {
    const state: StackState = {};
    const recorded = await applied(state);
    const { replaces } = await world
      .newRun()
      .oauthClients.diff(
        handMadeId,
        recorded,
        adopting("keep", { name: "Other", adopt: { clientId: handMadeId.toUpperCase(), secret: "keep" } }),
      );
    expect(replaces).toEqual([]);
  });
});
