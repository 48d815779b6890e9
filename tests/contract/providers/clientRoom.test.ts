// Room for the clients of a run: warned of where the organisation's limit is known and would be exceeded, and never refused.
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

const asInputs = (inputs: object): Record<string, unknown> => ({ ...inputs });

function requests(): string[] {
  const sent = world.simulator.requestLog.entries.map(
    ({ method, path }) => `${method} ${path.split("?")[0] ?? ""}`,
  );
  world.simulator.requestLog.clear();
  return sent;
}

function limitsAnswer(limit: object) {
  return { kind: "status", status: 200, body: { entities: [limit] } };
}

function checkClient(run: ProviderRun, changes = {}, olds: object = {}) {
  return run.oauthClients.check(asInputs(olds), asInputs(clientInputs(changes)));
}

/** The simulator's name for it, as if it were confirmed. */
const confirmed = { clientLimitKey: { namespace: "auth.api", key: "simulated.oauth.clients.max" } } as const;

it("no key is guessed: while none is confirmed, nobody is asked and nothing is warned of", async () => {
  world.simulator.organization.setSwitches({ maximumClients: 1 });
  const run = world.newRun();
  await checkClient(run);
  await checkClient(run, { owner: "p/s/second" });
  expect(world.notices).toEqual([]);
  expect(requests().filter((request) => request.includes("/limits/"))).toEqual([]);
  await expect(run.oauthClients.create(clientInputs())).rejects.toThrow(
    /auth\.too\.many\.clients.*the organisation is at its limit of OAuth clients/,
  );
});

describe("room for the clients of a run, where the limit is known", () => {
  it("is warned of once when the limit would be exceeded, and nothing is refused", async () => {
    world.simulator.organization.setSwitches({ maximumClients: 2 });
    const run = world.newRun({}, confirmed);
    await checkClient(run);
    await checkClient(run); // the engine checks a replacement twice
    expect(world.notices).toEqual([]);
    await checkClient(run, { owner: "p/s/second" });
    await checkClient(run, { owner: "p/s/third" });
    expect(world.notices).toEqual([
      expect.stringMatching(
        /^Warning: the organisation has 1 OAuth clients of at most 2, and this run makes 2 or more/,
      ),
    ]);
  });

  it("is asked about for a rotation where its client is made: it needs room for one more", async () => {
    const setUp = world.newRun({}, confirmed);
    const { outs } = await setUp.oauthClients.create(clientInputs());
    world.simulator.organization.setSwitches({ maximumClients: 2 });
    const run = world.newRun({}, confirmed);
    await checkClient(run, { generation: 1 }, clientInputs());
    await run.oauthClients.diff("x", recordedClient(outs), clientInputs({ generation: 1 }));
    await checkClient(run, { generation: 1 }); // the engine's second check, without former inputs
    expect(world.notices).toEqual([]);
    await expect(run.oauthClients.create(clientInputs({ generation: 1 }))).rejects.toThrow(
      /auth\.too\.many\.clients/,
    );
    expect(world.notices).toEqual([
      expect.stringMatching(/has 2 OAuth clients of at most 2, and this run makes 1 or more/),
    ]);
    await checkClient(world.newRun({}, confirmed), { description: "new" }, clientInputs());
    expect(world.notices).toHaveLength(1);
  });

  test.each([
    ["no limit is told", {}],
    ["the namespace is unknown", { kind: "status", status: 404 }],
    ["Genesys fails", { kind: "status", status: 500 }],
    [
      "the answer is not understood",
      { kind: "status", status: 200, body: { entities: [{ key: "clients.rate", value: 1 }, null] } },
    ],
    ["only another key sounds like it", limitsAnswer({ key: "client.redirect.uris.max", value: 1 })],
    ["the limit is no number", limitsAnswer({ key: confirmed.clientLimitKey.key, value: "many" })],
    ["the limit is nothing", limitsAnswer({ key: confirmed.clientLimitKey.key, value: null })],
  ])("nothing is said where %s", async (_name, spec) => {
    if ("kind" in spec) {
      world.simulator.faults.arm({
        ...(spec as { kind: "status" }),
        match: { path: "/limits/" },
        times: "always",
      });
    }
    const run = world.newRun({}, confirmed);
    await checkClient(run);
    await checkClient(run, { owner: "p/s/second" });
    expect(world.notices.filter((line) => !line.includes("could not be read"))).toEqual([]);
    const asked = requests().filter((request) => request.includes("/limits/"));
    expect(asked).toHaveLength(1);
  });

  it("a number that comes as a text is a number", async () => {
    world.simulator.faults.arm({
      ...(limitsAnswer({ key: confirmed.clientLimitKey.key, value: "1" }) as { kind: "status" }),
      match: { path: "/limits/" },
      times: "always",
    });
    await checkClient(world.newRun({}, confirmed));
    expect(world.notices).toEqual([expect.stringMatching(/has 1 OAuth clients of at most 1/)]);
  });
});
