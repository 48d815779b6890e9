// What an update leaves alone: fields that are not known here, states that a person has lowered, and clients that wait for their end.
import type { OAuthClientInputs } from "../../../providers/oauthClient/record";
import type { StoredClient } from "../../../sandbox/genesys/state";
import { clientInputs, createProviderWorld, type ProviderWorld, recordedClient } from "../../providerWorld";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

const declared = clientInputs();
const described = clientInputs({ description: "Another description" });

function stored(id: string): StoredClient {
  return world.simulator.organization.store.state.clients.find((client) => client.id === id)!;
}

/** What a person does in the admin page. */
function change(id: string, changes: Partial<StoredClient["version"]>): void {
  const client = stored(id);
  client.version = { ...client.version, ...changes };
}

async function made(changes: Partial<OAuthClientInputs> = {}) {
  const { id, outs } = await world.newRun().oauthClients.create(clientInputs(changes));
  world.notices.length = 0;
  return { id, recorded: recordedClient(outs) };
}

describe("a field that is not known here", () => {
  const madeUp = { priority: "high", limits: { perMinute: 7 } };

  it.each<[string, OAuthClientInputs]>([
    ["a change of the description", described],
    ["a deactivation", clientInputs({ state: "inactive" })],
    [
      "another key, the mark being written anew",
      clientInputs({ owner: "genesys-credentials/dev/nightly-reports" }),
    ],
  ])("survives %s", async (_name, news) => {
    const { id, recorded } = await made();
    change(id, { other: madeUp });
    const run = world.newRun();
    await run.oauthClients.diff(id, recorded, news);
    await run.oauthClients.update(id, recorded, news);
    expect(stored(id).version.other).toEqual(madeUp);
  });

  it("survives an adoption", async () => {
    const { id } = await made();
    change(id, { other: madeUp, description: "Made by hand" });
    const adopt = { clientId: id, secret: "keep" };
    await world.newRun().oauthClients.create(clientInputs({ adopt }));
    expect(stored(id).version.other).toEqual(madeUp);
  });
});

describe("a state that a person, or Genesys, has lowered", () => {
  it.each(["inactive", "disabled"] as const)(
    "stays %s in an update of something else, and the preview says so",
    async (state) => {
      world.simulator.organization.setSwitches({ customersMaySetDisabled: true });
      const { id, recorded } = await made();
      change(id, { state });
      const run = world.newRun();
      await run.oauthClients.diff(id, recorded, described);
      expect(world.notices).toEqual([
        `Notice: OAuth client "nightly-report-dev-a" (${id}) is ${state} in Genesys and recorded as active: somebody has changed it, and this update leaves it so. ` +
          "`pulumi up --refresh` shows it as a difference and puts it right.",
      ]);
      await run.oauthClients.update(id, recorded, described);
      expect(stored(id).version).toMatchObject({
        state,
        description: expect.stringContaining("Another") as string,
      });
    },
  );

  it("is shown by a refresh, and put right by the update after it", async () => {
    const { id, recorded } = await made();
    change(id, { state: "inactive" });
    const run = world.newRun();
    const { inputs, props } = await run.oauthClients.read(id, recorded);
    expect(inputs).toMatchObject({ state: "inactive" });
    await run.oauthClients.update(id, recordedClient(props!), declared);
    expect(stored(id).version.state).toBe("active");
  });

  it.each([true, false])(
    "is not weakened from disabled to inactive by a revocation, whether Genesys takes disabled from us (%p) or not",
    async (customersMaySetDisabled) => {
      world.simulator.organization.setSwitches({ customersMaySetDisabled });
      const { id, recorded } = await made();
      change(id, { state: "disabled" });
      await world.newRun().oauthClients.update(id, recorded, clientInputs({ state: "inactive" }));
      expect(stored(id).version.state).toBe("disabled");
    },
  );

  it("is not told where nothing is sent: nobody is asked", async () => {
    const { id, recorded } = await made();
    change(id, { state: "inactive" });
    world.simulator.requestLog.clear();
    await world.newRun().oauthClients.diff(id, recorded, declared);
    expect(world.simulator.requestLog.count()).toBe(0);
  });
});

describe("a client that waits for its end", () => {
  const ending = (): Partial<StoredClient["version"]> => ({
    state: "inactive",
    dateToDelete: world.clock.now() + 1,
  });

  it("is never brought back: not by an update", async () => {
    const { id, recorded } = await made();
    change(id, ending());
    const update = world.newRun().oauthClients.update(id, recorded, described);
    await expect(update).rejects.toThrow(
      /no longer exists in Genesys; run `pulumi up --refresh`.*\[CLIENT_GONE\]/,
    );
    expect(stored(id).version).toMatchObject({ state: "inactive" });
  });

  it("not by a creation, which makes a new one", async () => {
    const { id } = await made();
    change(id, ending());
    expect((await world.newRun().oauthClients.create(declared)).id).not.toBe(id);
    expect(stored(id).version.state).toBe("inactive");
  });

  it("not by an adoption", async () => {
    const { id } = await made();
    change(id, ending());
    const adopt = { clientId: id, secret: "keep" };
    await expect(world.newRun().oauthClients.create(clientInputs({ adopt }))).rejects.toThrow(
      /ADOPTION_REFUSED/,
    );
  });

  it("is gone for a refresh", async () => {
    const { id, recorded } = await made();
    change(id, ending());
    expect(await world.newRun().oauthClients.read(id, recorded)).toEqual({});
  });
});

test("a client that is shown after its deletion, inactive and without the date of its end, is gone with a notice", async () => {
  const { id, recorded } = await made();
  world.simulator.faults.arm({
    match: { method: "DELETE" },
    kind: "status",
    status: 200,
    body: {},
    times: "always",
  });
  await world.newRun().oauthClients.delete(id, recorded);
  expect(world.notices).toEqual([
    `Notice: Genesys accepted the deletion of OAuth client ${id} and still shows it, without access; it may be gone later.`,
  ]);
  expect(stored(id).version.state).toBe("inactive");
});
