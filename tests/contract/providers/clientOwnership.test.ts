// Whose client it is: generations that are lowered, clients that come back, old records of clients that live on, and replacements by force.
import type { OAuthClientInputs } from "../../../providers/oauthClient/record";
import { deployerClientId } from "../../../sandbox/genesys/seed";
import {
  clientInputs,
  createProviderWorld,
  type ProviderRun,
  type ProviderWorld,
  recordedClient,
} from "../../providerWorld";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

interface Made {
  readonly id: string;
  readonly inputs: OAuthClientInputs;
  readonly outs: Record<string, unknown>;
}

/** The requests since the last call that change something. */
function writes(): string[] {
  const sent = world.simulator.requestLog.entries
    .filter(({ method, path }) => method !== "GET" && path !== "/oauth/token")
    .map(({ method, path }) => `${method} ${path}`);
  world.simulator.requestLog.clear();
  return sent;
}

/** The clients that live, besides the deployer's. */
function live(): string[] {
  return world.simulator.organization
    .describe()
    .clients.map(({ id }) => id)
    .filter((id) => id !== deployerClientId);
}

async function made(changes: Partial<OAuthClientInputs>, run = world.newRun()): Promise<Made> {
  const inputs = clientInputs(changes);
  const { id, outs } = await run.oauthClients.create(inputs);
  writes();
  return { id, inputs, outs };
}

/** Check and diff, as the engine plans. */
async function planned(run: ProviderRun, { id, inputs, outs }: Made, changes: Partial<OAuthClientInputs>) {
  const news = clientInputs(changes);
  const { failures } = await run.oauthClients.check({ ...inputs }, { ...news });
  expect(failures).toEqual([]);
  return { news, ...(await run.oauthClients.diff(id, recordedClient(outs), news)) };
}

describe("a generation that is lowered", () => {
  it("keeps the client, and the update sends nothing", async () => {
    const client = await made({ generation: 2 });
    const run = world.newRun();
    const { news, replaces } = await planned(run, client, { generation: 0 });
    expect(replaces).toEqual([]);
    const { outs } = await run.oauthClients.update(client.id, recordedClient(client.outs), news);
    expect(writes()).toEqual([]);
    expect(outs).toEqual({ ...client.outs, generation: 0 });
    expect(live()).toEqual([client.id]);
  });

  it("asks nobody where nothing is to be taken back", async () => {
    const client = await made({ generation: 2 });
    const run = world.newRun({ reconcile: false });
    world.simulator.requestLog.clear();
    expect((await planned(run, client, { generation: 0 })).replaces).toEqual([]);
    expect(world.simulator.requestLog.count()).toBe(0);
  });

  it("takes the former client back where it still lives, deletes the other, and its old record takes nothing away", async () => {
    const former = await made({});
    const failed = await made({ generation: 2 }); // a rotation that did not come to its deletion
    expect(live()).toEqual([former.id, failed.id]);
    const run = world.newRun();
    const { news, replaces } = await planned(run, failed, {});
    expect(replaces).toEqual(["generation"]);
    const { id, outs } = await run.oauthClients.create(news);
    expect(id).toBe(former.id);
    expect(writes()).toEqual([`PUT /api/v2/oauth/clients/${former.id}`]);
    await run.oauthClients.delete(failed.id, recordedClient(failed.outs));
    await run.oauthClients.delete(former.id, recordedClient(former.outs));
    expect(live()).toEqual([former.id]);
    expect(outs).toMatchObject({ generation: 0, clientId: former.id });
  });

  it("takes back a client that rotations keep, whose marker tells of an earlier making", async () => {
    const kept = (generation: number) => ({ generation, rotation: { clients: "keep", generation } });
    const former = await made(kept(0)); // by now at generation 2
    const failed = await made(kept(4));
    const run = world.newRun();
    const { news, replaces } = await planned(run, failed, kept(2));
    expect(replaces).toEqual(["generation"]);
    const { id } = await run.oauthClients.create(news);
    expect(id).toBe(former.id);
    await run.oauthClients.delete(failed.id, recordedClient(failed.outs));
    expect(live()).toEqual([former.id]);
  });

  it.each<[string, Partial<OAuthClientInputs>]>([
    ["the client of the other slot", { generation: 1 }],
    ["a client of a later making", { generation: 4 }],
    ["a client of another credential", { owner: "genesys-credentials/dev/nightly" }],
    ["a client of another stack", { owner: "genesys-credentials/prod/nightly-report" }],
  ])("never takes %s", async (_name, changes) => {
    const other = await made(changes);
    const client = await made({ generation: 2 });
    const run = world.newRun();
    expect((await planned(run, client, {})).replaces).toEqual([]);
    expect(live().sort()).toEqual([other.id, client.id].sort());
  });

  it("never takes a client that waits for its end", async () => {
    const former = await made({});
    const client = await made({ generation: 2 });
    world.simulator.organization.store.state.clients.find(({ id }) => id === former.id)!.version = {
      ...world.simulator.organization.store.state.clients.find(({ id }) => id === former.id)!.version,
      state: "inactive",
      dateToDelete: world.clock.now() + 1,
    };
    expect((await planned(world.newRun(), client, {})).replaces).toEqual([]);
  });
});

describe("an old record of a client that lives on", () => {
  it("takes nothing away, also in another process that has seen the present record", async () => {
    const old = await made({});
    const failed = await made({ generation: 2 });
    const run = world.newRun();
    const { news } = await planned(run, failed, {});
    const { outs } = await run.oauthClients.create(news); // takes the old one back; then the process dies
    const later = world.newRun();
    await planned(later, { id: old.id, inputs: news, outs }, {});
    writes();
    await later.oauthClients.delete(old.id, recordedClient(old.outs));
    expect(writes()).toEqual([]);
    expect(live()).toContain(old.id);
  });

  it("is not the present one: a client that this run has looked at or made may be taken away by its record", async () => {
    const run = world.newRun();
    const client = await made({}, run);
    await planned(run, client, {});
    await run.oauthClients.delete(client.id, recordedClient(client.outs));
    expect(live()).toEqual([]);
  });

  it("is deleted by a process that has not: a destroy", async () => {
    const client = await made({});
    await world.newRun().oauthClients.delete(client.id, recordedClient(client.outs));
    expect(live()).toEqual([]);
    await world.newRun().oauthClients.delete(client.id, recordedClient(client.outs)); // its other record
  });
});

describe("a client that is replaced at the same generation", () => {
  it("for its grant type is a really new one, and the old one is deleted", async () => {
    const client = await made({
      registeredRedirectUri: [],
      scope: [],
      roleDivisions: [],
      authorizedGrantType: "CODE",
    });
    const run = world.newRun();
    const { news, replaces } = await planned(run, client, {});
    expect(replaces).toEqual(["authorizedGrantType"]);
    await run.oauthClients.check({}, { ...news }); // of the one to be made
    const { id } = await run.oauthClients.create(news);
    await run.oauthClients.delete(client.id, recordedClient(client.outs));
    expect(id).not.toBe(client.id);
    expect(live()).toEqual([id]);
  });

  /** By `--replace`, `--target-replace` or taint: the engine hands no former inputs to check, and does not ask for a diff. */
  async function replacedByForce({ id, inputs, outs }: Made): Promise<string> {
    const run = world.newRun();
    const { failures } = await run.oauthClients.check({}, { ...inputs });
    expect(failures).toEqual([]);
    const { id: present } = await run.oauthClients.create(inputs);
    await run.oauthClients.delete(id, recordedClient(outs));
    return present;
  }

  it("by force cannot be told from one that an interrupted run has left: it is kept, and its old record takes nothing away", async () => {
    const client = await made({});
    expect(await replacedByForce(client)).toBe(client.id);
    expect(live()).toEqual([client.id]);
  });

  it("by force, after rotations that kept it, is a really new one, and the old one is deleted", async () => {
    const kept = (generation: number) => ({ generation, rotation: { clients: "keep", generation } });
    const client = await made(kept(0));
    const id = await replacedByForce({ ...client, inputs: clientInputs(kept(2)) });
    expect(id).not.toBe(client.id);
    expect(live()).toEqual([id]);
  });
});
