// Room for the clients of a run: warned of where the organisation's limit would be exceeded, and never refused.
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

function checkClient(run: ProviderRun, changes = {}, olds: object = {}) {
  return run.oauthClients.check(asInputs(olds), asInputs(clientInputs(changes)));
}

describe("room for the clients of a run", () => {
  it("is warned of once when the limit would be exceeded, and nothing is refused", async () => {
    world.simulator.organization.setSwitches({ maximumClients: 2 });
    const run = world.newRun();
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
    const setUp = world.newRun();
    const { outs } = await setUp.oauthClients.create(clientInputs());
    world.simulator.organization.setSwitches({ maximumClients: 2 });
    const run = world.newRun();
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
    await checkClient(world.newRun(), { description: "new" }, clientInputs());
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
    [
      "several limits might be meant",
      {
        kind: "status",
        status: 200,
        body: {
          entities: [
            { key: "clients.max", value: 1 },
            { key: "sso.clients.max", value: 1 },
          ],
        },
      },
    ],
  ])("nothing is said where %s", async (_name, spec) => {
    if ("kind" in spec) {
      world.simulator.faults.arm({
        ...(spec as { kind: "status" }),
        match: { path: "/limits/" },
        times: "always",
      });
    }
    const run = world.newRun();
    await checkClient(run);
    await checkClient(run, { owner: "p/s/second" });
    expect(world.notices).toEqual([]);
    const asked = requests().filter((request) => request.includes("/limits/"));
    expect(asked).toHaveLength(1);
  });
});
