// Whose client it is: generations that are lowered, clients that come back, old records of clients that live on, and replacements by force.
import type { OAuthClientInputs } from "../../../providers/oauthClient/record";
import { deployerClientId } from "../../../sandbox/genesys/seed";
import { renderSecretPayload } from "../../../secrets/payload";
import { endpoints, secretArn, secretName } from "../../storedSecrets";
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
  const { failures } = await run.oauthClients.check({ ...inputs }, { ...news, storedIn: { secretName } });
  expect(failures).toEqual([]);
  return { news, ...(await run.oauthClients.diff(id, recordedClient(outs), news)) };
}

/** A rotation that is cut off before its deletion: both clients live. */
async function rotated(former: Made, changes: Partial<OAuthClientInputs>): Promise<Made> {
  const run = world.newRun();
  const { news } = await planned(run, former, changes);
  const { id, outs } = await run.oauthClients.create(news);
  writes();
  return { id, inputs: news, outs };
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
    const failed = await rotated(former, { generation: 2 });
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
    const failed = await rotated(former, kept(4));
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
    ["a client of another credential", { owner: "genesys-credentials/dev/nightly" }],
    ["a client of another stack", { identity: "fedcba9876543210" }],
  ])("never takes %s", async (_name, changes) => {
    const client = await made({ generation: 2 });
    const other = await made({ name: "another", ...changes }, world.newRun({ reconcile: false }));
    const run = world.newRun();
    expect((await planned(run, client, {})).replaces).toEqual([]);
    expect(live().sort()).toEqual([other.id, client.id].sort());
  });

  it("never takes a client of a later making", async () => {
    const client = await made({ generation: 2 });
    const other = await rotated(client, { generation: 4 });
    expect((await planned(world.newRun(), client, {})).replaces).toEqual([]);
    expect(live().sort()).toEqual([other.id, client.id].sort());
  });

  it("never takes a client that waits for its end", async () => {
    const former = await made({});
    const client = await rotated(former, { generation: 2 });
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
    const failed = await rotated(old, { generation: 2 });
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
    const { failures } = await run.oauthClients.check({}, { ...inputs, storedIn: { secretName } });
    expect(failures).toEqual([]);
    const { id: present } = await run.oauthClients.create(inputs);
    await run.oauthClients.delete(id, recordedClient(outs));
    return present;
  }

  it("by force cannot be told from one that an interrupted run has left, where no stored secret names it: it is kept, and its old record takes nothing away", async () => {
    const client = await made({});
    expect(await replacedByForce(client)).toBe(client.id);
    expect(live()).toEqual([client.id]);
    expect(world.notices.join()).toContain("was left behind by an interrupted run of this stack");
  });

  it.each([0, 2])(
    "by force, at generation %p and in use, is a really new one, and the old one is deleted",
    async (generation) => {
      const client = await made({});
      await store(client.id);
      const id = await replacedByForce({ ...client, inputs: clientInputs({ generation }) });
      expect(id).not.toBe(client.id);
      expect(live()).toEqual([id]);
      expect(world.notices.join()).toContain(`OAuth client ${client.id} ("nightly-report-dev-a") is in use`);
    },
  );
});

/** The stored secret names the client. */
async function store(clientId: string): Promise<void> {
  const pair = { clientId, clientSecret: "canary-stored-secret" };
  await world
    .newRun()
    .storeFor({})
    .put(
      secretArn,
      "11111111-1111-4111-8111-111111111111",
      renderSecretPayload("camel", { ...pair, ...endpoints }),
    );
}

describe("what is in the way of a creation is refused by the check, and left as it is", () => {
  async function reasons(changes: Partial<OAuthClientInputs> = {}): Promise<readonly string[]> {
    const run = world.newRun();
    const { failures } = await run.oauthClients.check(
      {},
      { ...clientInputs(changes), storedIn: { secretName } },
    );
    expect(writes()).toEqual([]);
    await expect(run.oauthClients.create(clientInputs(changes))).rejects.toThrow(
      /CLIENT_IN_THE_WAY|STATE_BEHIND/,
    );
    expect(writes()).toEqual([]);
    return failures.map(({ reason }) => reason);
  }

  it("a client of the same names under another identity: the state was lost, or another one holds it", async () => {
    const other = await made({ identity: "fedcba9876543210" });
    expect(await reasons()).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Checking OAuth client "nightly-report-dev-a": OAuth client ${other.id} .*another state, identity fedcba9876543210; it was left as it is\\. ` +
            "If that state is lost, .*`npm run credentials -- recover --stack dev`.*\\[CLIENT_IN_THE_WAY\\]$",
        ),
      ),
    ]);
  });

  it("a client of before stacks had identities, the identity of this one being new", async () => {
    const { id } = await made({});
    describeAs(id, "Nightly report [pulumi:genesys-credentials/dev/nightly-report#0:00c0ffee0000]");
    expect(await reasons()).toEqual([expect.stringContaining("recover --stack dev")]);
    expect(await reasons({ identity: "1111111111111111" })).toHaveLength(1);
  });

  it("a client of the same name that no stack has marked: taken back where the stored secret names it, else adopted", async () => {
    const { id } = await made({});
    describeAs(id, "Owner: Ms Example");
    expect(await reasons()).toEqual([expect.stringContaining(`adopt: { clientId: ${id} }`)]);
    await store(id);
    expect(await reasons()).toEqual([
      expect.stringMatching(
        /and the stored secret names it; it was left as it is\. Take it back with `npm run credentials -- recover --stack dev`/,
      ),
    ]);
  });

  it("a client of a later generation that is in use", async () => {
    const { id } = await made({ generation: 4 });
    await store(id);
    expect(await reasons({ generation: 2 })).toEqual([
      expect.stringMatching(
        /was made for generation 4, while generation 2 is declared.*Set rotation\.generation to 4 or above.*\[STATE_BEHIND\]$/,
      ),
    ]);
  });

  it("not a client that waits for its end, whatever its name", async () => {
    const { id } = await made({ identity: "fedcba9876543210" });
    const client = world.simulator.organization.store.state.clients.find((one) => one.id === id)!;
    client.version = { ...client.version, state: "inactive", dateToDelete: world.clock.now() + 1 };
    const run = world.newRun();
    expect(
      (await run.oauthClients.check({}, { ...clientInputs(), storedIn: { secretName } })).failures,
    ).toEqual([]);
    const { id: present } = await run.oauthClients.create(clientInputs());
    expect(present).not.toBe(id);
  });
});

test("a rotation is refused by its preview where the organisation is ahead of the state", async () => {
  const client = await made({});
  const later = await rotated(client, { generation: 4 });
  await store(later.id);
  const run = world.newRun();
  const news = clientInputs({ generation: 2 });
  await run.oauthClients.check({ ...client.inputs }, { ...news, storedIn: { secretName } });
  await expect(run.oauthClients.diff(client.id, recordedClient(client.outs), news)).rejects.toThrow(
    /STATE_BEHIND/,
  );
});

test.each([{}, { description: "Another description" }])(
  "a record of before identities is rotated in the update that gives it one, with %p",
  async (changes) => {
    const client = await made({});
    const former = "Nightly report [pulumi:genesys-credentials/dev/nightly-report#0:00c0ffee0000]";
    describeAs(client.id, former);
    const { identity: _none, ...inputs } = client.inputs;
    const outs = { ...client.outs, marker: former.slice(former.indexOf("[")) };
    Reflect.deleteProperty(outs, "identity");
    const run = world.newRun();
    const { news, replaces } = await planned(
      run,
      { id: client.id, inputs, outs },
      { generation: 2, ...changes },
    );
    expect(replaces).toEqual(["generation"]);
    expect((await run.oauthClients.check({}, { ...news, storedIn: { secretName } })).failures).toEqual([]);
    const { id } = await run.oauthClients.create(news);
    await run.oauthClients.delete(client.id, recordedClient(outs));
    expect(live()).toEqual([id]);
  },
);

test("a preview that may not read what is stored plans all the same, and the update refuses to guess", async () => {
  const client = await made({});
  await store(client.id);
  world.secretsManager.faults.arm({ kind: "accessDenied", operation: "GetSecretValue", times: Infinity });
  const run = world.newRun();
  const { failures } = await run.oauthClients.check({}, { ...client.inputs, storedIn: { secretName } });
  expect(failures).toEqual([]);
  await expect(run.oauthClients.create(client.inputs)).rejects.toThrow(/AWS_DENIED/);
  expect(writes()).toEqual([]);
});

test("a rotation that an older state has forgotten is found again: the client that is in use stays", async () => {
  const client = await made({});
  const present = await rotated(client, { generation: 2 });
  await store(present.id);
  const run = world.newRun();
  const { news, replaces } = await planned(run, client, { generation: 2 });
  expect(replaces).toEqual(["generation"]);
  expect((await run.oauthClients.create(news)).id).toBe(present.id);
});

function describeAs(id: string, description: string): void {
  const client = world.simulator.organization.store.state.clients.find((one) => one.id === id)!;
  client.version = { ...client.version, description };
}
