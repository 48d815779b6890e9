// Allowed addresses against a simulated organisation that has such a field, or has none: stored, sent behind the switch, compared.
import { OAuthClientProvider } from "../../../providers/oauthClient/provider";
import type { OAuthClientInputs } from "../../../providers/oauthClient/record";
import type { AllowedAddressesSwitch } from "../../../genesys/knowledge/allowedAddressesField";
import {
  clientInputs,
  clientSecretInputs,
  createProviderWorld,
  type ProviderRun,
  type ProviderWorld,
  recordedClient,
} from "../../providerWorld";
import { isCurrentWorking, versionsOf } from "../../storedSecrets";

const field = "allowedIps";
const on: AllowedAddressesSwitch = { kind: "on", field };
const unset: AllowedAddressesSwitch = { kind: "unset" };
const off: AllowedAddressesSwitch = { kind: "off" };
const addresses = ["198.51.100.7", "203.0.113.0/24", "2001:db8::/32"];
const declared = { allowedAddresses: addresses };

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
  world.simulator.organization.setSwitches({ allowedAddresses: { field, required: false } });
});
afterEach(async () => {
  await world.stop();
});

/** A run whose environment says how addresses are sent. */
function runWith(setting: AllowedAddressesSwitch): ProviderRun {
  const run = world.newRun();
  return {
    ...run,
    oauthClients: new OAuthClientProvider(
      () => run.session,
      () => setting,
    ),
  };
}

async function checked(
  run: ProviderRun,
  changes: Partial<OAuthClientInputs> = declared,
  olds: object = {},
): Promise<OAuthClientInputs> {
  const { inputs, failures } = await run.oauthClients.check({ ...olds }, { ...clientInputs(changes) });
  expect(failures).toEqual([]);
  return inputs as unknown as OAuthClientInputs;
}

async function created(setting: AllowedAddressesSwitch, changes: Partial<OAuthClientInputs> = declared) {
  const run = runWith(setting);
  const inputs = await checked(run, changes);
  const { id, outs } = await run.oauthClients.create(inputs);
  return { id, outs, inputs, recorded: recordedClient(outs) };
}

/** What the organisation has stored for a client, deleted ones included. */
function stored(id: string): readonly string[] | undefined {
  const client = world.simulator.organization.store.state.clients.find((one) => one.id === id);
  return (client?.deleted?.reading ?? client)?.version.allowedAddresses;
}

/** A person in the admin page. */
function setByHand(id: string, allowedAddresses: string[]): void {
  world.simulator.organization.seed({ clients: [{ id, allowedAddresses }] });
}

function withoutProvider({ __provider: _provider, ...inputs }: OAuthClientInputs) {
  return inputs;
}

describe("without the switch", () => {
  it("the addresses are kept in the record and not sent", async () => {
    const { id, outs, inputs } = await created(unset);
    expect(outs).toMatchObject({ allowedAddresses: addresses });
    expect(outs).not.toHaveProperty("allowedAddressesField");
    expect(stored(id)).toBeUndefined();
    const read = await runWith(unset).oauthClients.read(id, recordedClient(outs));
    expect(read.inputs).toEqual(withoutProvider(inputs));
    expect(read.props).toEqual(outs);
  });

  it("a run tells so once, of changed clients only", async () => {
    const run = runWith(unset);
    const first = await checked(run);
    await checked(run, { ...declared, name: "another", owner: "genesys-credentials/dev/another" });
    expect(world.notices.filter((line) => /stored, not sent yet/.test(line))).toHaveLength(1);
    world.notices.length = 0;
    world.simulator.requestLog.clear();
    await checked(runWith(unset), declared, first);
    expect(world.notices).toEqual([]);
    expect(world.simulator.requestLog.count()).toBe(0);
  });

  it("a rotation tells it too, and still asks nobody", async () => {
    const { inputs } = await created(unset);
    world.notices.length = 0;
    world.simulator.requestLog.clear();
    await checked(runWith(unset), { ...declared, generation: 2 }, inputs);
    expect(world.notices).toEqual([expect.stringMatching(/stored, not sent yet.*nightly-report-dev-a/)]);
    expect(world.simulator.requestLog.count()).toBe(0);
  });

  it("the live list is not looked at", async () => {
    const { id, recorded } = await created(unset);
    setByHand(id, ["192.0.2.1"]);
    expect((await runWith(unset).oauthClients.read(id, recorded)).inputs).toMatchObject(declared);
  });
});

describe("a client without addresses", () => {
  it.each([unset, off, on])("is the same with every setting: %j", async (setting) => {
    const { id, outs, inputs } = await created(setting, {});
    expect(inputs).not.toHaveProperty("allowedAddresses");
    expect(inputs).not.toHaveProperty("allowedAddressesField");
    expect(stored(id)).toBeUndefined();
    const read = await runWith(setting).oauthClients.read(id, recordedClient(outs));
    expect(read.props).toEqual(outs);
    expect(world.notices).toEqual([]);
  });

  it("does not even read the switch while it is checked", async () => {
    const run = world.newRun();
    const provider = new OAuthClientProvider(
      () => run.session,
      () => {
        throw new Error("read");
      },
    );
    expect((await provider.check({}, { ...clientInputs() })).failures).toEqual([]);
  });
});

describe("with the switch", () => {
  it("the list is sent, and the record says in which field", async () => {
    const { id, outs, inputs } = await created(on, {
      allowedAddresses: ["2001:DB8::/32", "203.0.113.0/24", "198.51.100.7/32"],
    });
    expect(outs).toMatchObject({ ...declared, allowedAddressesField: field });
    expect(stored(id)).toEqual(addresses);
    expect(world.notices).toEqual([]);
    const read = await runWith(on).oauthClients.read(id, recordedClient(outs));
    expect(read.inputs).toEqual(withoutProvider(inputs));
    expect(read.props).toEqual(outs);
  });

  it("an unchanged check asks nobody and tells nothing", async () => {
    const { inputs } = await created(on);
    world.simulator.requestLog.clear();
    expect(await checked(runWith(on), declared, inputs)).toEqual(inputs);
    expect(world.simulator.requestLog.count()).toBe(0);
    expect(world.notices).toEqual([]);
  });

  it("turning it on reaches a client that exists: its inputs change, and the update sends the list", async () => {
    const { id, recorded, inputs } = await created(unset);
    const run = runWith(on);
    const news = await checked(run, declared, inputs);
    expect(news).toEqual({ ...inputs, allowedAddressesField: field });
    expect((await run.oauthClients.diff(id, recorded, news)).replaces).toEqual([]);
    const { outs } = await run.oauthClients.update(id, recorded, news);
    expect(outs).toMatchObject({ ...declared, allowedAddressesField: field });
    expect(stored(id)).toEqual(addresses);
  });

  it("a refresh right before does not stand in the way", async () => {
    const { id, recorded, inputs } = await created(unset);
    const read = await runWith(on).oauthClients.read(id, recorded);
    expect(read.inputs).toEqual(withoutProvider(inputs));
    expect(await checked(runWith(on), declared, read.inputs)).toMatchObject({ allowedAddressesField: field });
  });

  it.each(["reset", "keep"] as const)("every PUT carries the list, left-out fields: %s", async (missing) => {
    world.simulator.organization.setSwitches({ missingFieldsOnPut: missing });
    const { id, recorded, inputs } = await created(on);
    const run = runWith(on);
    const described = await checked(run, { ...declared, description: "new" }, inputs);
    const { outs } = await run.oauthClients.update(id, recorded, described);
    expect(stored(id)).toEqual(addresses);
    const revoked = await checked(run, { ...declared, description: "new", state: "inactive" }, described);
    const last = await run.oauthClients.update(id, recordedClient(outs), revoked);
    expect(stored(id)).toEqual(addresses);
    await runWith(on).oauthClients.delete(id, recordedClient(last.outs));
    expect(stored(id)).toEqual(addresses);
  });

  it("a client that is made inactive keeps the list", async () => {
    const { id } = await created(on, { ...declared, state: "inactive" });
    expect(stored(id)).toEqual(addresses);
  });

  it.each(["reset", "keep"] as const)(
    "a list that is not declared any more is taken away, left-out fields: %s",
    async (missing) => {
      world.simulator.organization.setSwitches({ missingFieldsOnPut: missing });
      const { id, recorded, inputs } = await created(on);
      const run = runWith(on);
      const news = await checked(run, {}, inputs);
      const { outs } = await run.oauthClients.update(id, recorded, news);
      expect(stored(id)).toEqual([]);
      expect(outs).not.toHaveProperty("allowedAddresses");
      expect(outs).not.toHaveProperty("allowedAddressesField");
      const read = await runWith(on).oauthClients.read(id, recordedClient(outs));
      expect(read.props).toEqual(outs);
    },
  );

  it("another name of the field sends the list again under that name", async () => {
    const { id, recorded, inputs } = await created({ kind: "on", field: "wrongGuess" });
    expect(stored(id)).toBeUndefined();
    const run = runWith(on);
    await run.oauthClients.update(id, recorded, await checked(run, declared, inputs));
    expect(stored(id)).toEqual(addresses);
  });

  it("a removal sends the live list back", async () => {
    const { id, recorded } = await created(on);
    setByHand(id, ["192.0.2.1"]);
    await runWith(on).oauthClients.delete(id, recorded);
    expect(stored(id)).toEqual(["192.0.2.1"]);
    expect(world.simulator.organization.clients.find(id)).toBeUndefined();
  });
});

describe("drift", () => {
  const live = async (setting: AllowedAddressesSwitch, changes: object, list: string[]) => {
    const { id, recorded, inputs } = await created(setting, changes);
    setByHand(id, list);
    const read = await runWith(on).oauthClients.read(id, recorded);
    return { id, inputs, read };
  };

  it("another list is shown in the form of a declaration", async () => {
    const { read } = await live(on, declared, ["203.0.113.0/24", "192.0.2.1/32"]);
    expect(read.inputs).toMatchObject({
      allowedAddresses: ["192.0.2.1", "203.0.113.0/24"],
      allowedAddressesField: field,
    });
  });

  it("an emptied list is shown as none", async () => {
    const { read } = await live(on, declared, []);
    expect(read.inputs).not.toHaveProperty("allowedAddresses");
    expect(read.inputs).not.toHaveProperty("allowedAddressesField");
  });

  it("another order or spelling is none", async () => {
    const { read, inputs } = await live(on, declared, [
      "2001:0DB8::/32",
      "203.0.113.0/24",
      "198.51.100.7/32",
    ]);
    expect(read.inputs).toEqual(withoutProvider(inputs));
  });

  it("an answer that does not tell the field is none", async () => {
    const { id, recorded, inputs } = await created(on);
    world.simulator.organization.setSwitches({ allowedAddresses: null });
    expect((await runWith(on).oauthClients.read(id, recorded)).inputs).toEqual(withoutProvider(inputs));
  });

  it("a list that was set by hand where none is declared is shown, and the next update takes it away", async () => {
    const { id, recorded, inputs } = await created(on, {});
    setByHand(id, ["192.0.2.1"]);
    const run = runWith(on);
    const read = await run.oauthClients.read(id, recorded);
    expect(read.inputs).toMatchObject({ allowedAddresses: ["192.0.2.1"], allowedAddressesField: field });
    const news = await checked(run, {}, read.inputs);
    expect(news).toEqual(inputs);
    await run.oauthClients.update(id, recordedClient(read.props!), news);
    expect(stored(id)).toEqual([]);
  });

  it("a list that was sent is compared also by a run without the switch", async () => {
    const { id, recorded } = await created(on);
    setByHand(id, ["192.0.2.1"]);
    expect((await runWith(unset).oauthClients.read(id, recorded)).inputs).toMatchObject({
      allowedAddresses: ["192.0.2.1"],
    });
  });
});

describe("a run that lacks the switch which another run had", () => {
  it("may preview what is unchanged, and asks nobody", async () => {
    const { inputs } = await created(on);
    world.simulator.requestLog.clear();
    expect(await checked(runWith(unset), declared, inputs)).toEqual(inputs);
    expect(world.simulator.requestLog.count()).toBe(0);
    expect(world.notices).toEqual([]);
  });

  it.each([
    ["a change", { ...declared, description: "new" }],
    ["a rotation", { ...declared, generation: 2 }],
    ["a removal of the list", {}],
  ])("is refused %s, and nothing is sent", async (_what, changes) => {
    const { inputs } = await created(on);
    world.simulator.requestLog.clear();
    const { failures } = await runWith(unset).oauthClients.check({ ...inputs }, { ...clientInputs(changes) });
    expect(failures).toEqual([
      {
        property: "",
        reason: expect.stringMatching(
          /"allowedIps".*ALLOWED_ADDRESSES_FIELD is not set.*or to off/,
        ) as string,
      },
    ]);
    expect(world.simulator.requestLog.count()).toBe(0);
  });

  it.each(["first", "last"])(
    "may make no other client without its list either, whichever is checked %s",
    async (order) => {
      const { inputs } = await created(on);
      const run = runWith(unset);
      const other = { ...clientInputs({ ...declared, name: "nightly-report-dev-b", generation: 1 }) };
      const checks = [
        () => run.oauthClients.check({ ...inputs }, { ...clientInputs(declared) }),
        () => run.oauthClients.check({}, other),
      ];
      const failures = [];
      for (const check of order === "first" ? checks : checks.reverse()) {
        failures.push(...(await check()).failures);
      }
      expect(failures).toEqual([
        { property: "", reason: expect.stringContaining("is not set in this run") as string },
      ]);
    },
  );

  it("may change a client that has no addresses", async () => {
    const { inputs } = await created(on);
    const run = runWith(unset);
    await checked(run, declared, inputs);
    await checked(run, { name: "another", owner: "genesys-credentials/dev/another" });
  });

  it("stops sending when it says off, tells so, and leaves the live list alone", async () => {
    const { id, recorded, inputs } = await created(on);
    const run = runWith(off);
    const news = await checked(run, declared, inputs);
    expect(news).not.toHaveProperty("allowedAddressesField");
    expect(world.notices).toEqual([expect.stringMatching(/stored, not sent yet/)]);
    await run.oauthClients.update(id, recorded, news);
    expect(stored(id)).toEqual(declared.allowedAddresses);
  });

  it("deletes all the same, and sends the list with the deactivation", async () => {
    const { id, recorded } = await created(on);
    await runWith(unset).oauthClients.delete(id, recorded);
    expect(stored(id)).toEqual(addresses);
    expect(world.simulator.organization.clients.find(id)).toBeUndefined();
  });
});

describe("an organisation that requires a list", () => {
  beforeEach(() => {
    world.simulator.organization.setSwitches({ allowedAddresses: { field, required: true } });
  });

  it.each([
    ["nothing declared", on, {}, /declare allowedAddresses.*and set GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD/],
    [
      "declared, not sent",
      unset,
      declared,
      /declared but not sent; set GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD/,
    ],
    [
      "sent in a field of another name",
      { kind: "on", field: "wrongGuess" },
      declared,
      /sent as the field "wrongGuess": check them, and the name/,
    ],
  ] as const)(
    "%s: the refusal is explained at once, and nothing is made",
    async (_what, setting, changes, remedy) => {
      const run = runWith(setting);
      const inputs = await checked(run, changes);
      const before = world.simulator.organization.describe().clients;
      const beganAtMs = world.clock.now();
      const message = await run.oauthClients.create(inputs).then(
        () => "made",
        (error: unknown) => (error as Error).message,
      );
      expect(message).toMatch(
        /^Creating OAuth client "nightly-report-dev-a": POST .* 400 missing\.client\.ip\.allowlist/,
      );
      expect(message).toMatch(/nothing was written/);
      expect(message).toMatch(remedy);
      expect(message).toMatch(/\[ALLOWED_ADDRESSES_REFUSED\]$/);
      expect(world.clock.now()).toBe(beganAtMs);
      expect(world.simulator.organization.describe().clients).toEqual(before);
    },
  );

  it("takes a client whose list is sent", async () => {
    const { id } = await created(on);
    expect(stored(id)).toEqual(addresses);
  });

  it("takes a client of people without one", async () => {
    const { id } = await created(on, {
      authorizedGrantType: "CODE",
      roleDivisions: [],
      registeredRedirectUri: ["https://a.example/cb"],
    });
    expect(stored(id)).toBeUndefined();
  });
});

describe("an organisation that refuses tokens to other addresses", () => {
  it.each([400, 401, 403] as const)(
    "answered %d, the failed proof names that possibility and stores nothing; another list proves it",
    async (refusedAddressStatus) => {
      world.simulator.organization.setSwitches({
        allowedAddresses: { field, required: true, enforced: true },
        refusedAddressStatus,
      });
      const run = runWith(on);
      const inputs = await checked(run);
      const { id, outs } = await run.oauthClients.create(inputs);
      const failure = await run.clientSecrets.create(clientSecretInputs(id)).then(
        () => undefined,
        (error: unknown) => error as Error,
      );
      expect(failure?.message).toMatch(
        /cannot mint a token.*address that this run comes from may not be among them/,
      );
      expect(failure?.message).toMatch(/the stored secret was not changed.*\[VERIFICATION_FAILED\]$/);
      expect(versionsOf(world.secretsManager)).toEqual([]);

      const again = runWith(on);
      // The simulator is called from loopback, which no declaration may name; the provider takes any address.
      const news = await checked(again, { allowedAddresses: [...addresses, "127.0.0.0/8"] }, inputs);
      await again.oauthClients.update(id, recordedClient(outs), news);
      await again.clientSecrets.create(clientSecretInputs(id));
      expect(isCurrentWorking(world)).toBe(true);
    },
  );

  it("a failed proof of a client without addresses says nothing of them", async () => {
    world.simulator.organization.setConsistency({ clientMintsAfterMs: 86_400_000 });
    const run = runWith(on);
    const { id } = await run.oauthClients.create(await checked(run, {}));
    await expect(run.clientSecrets.create(clientSecretInputs(id))).rejects.toThrow(
      /cannot mint a token: (?!.*allowedAddresses)/,
    );
  });
});

describe("what check refuses", () => {
  it.each([[[]], [["office"]], ["203.0.113.0/24"], [[5]], [null]])("%j", async (allowedAddresses) => {
    const { failures } = await runWith(on).oauthClients.check({}, { ...clientInputs(), allowedAddresses });
    expect(failures).toEqual([
      { property: "", reason: expect.stringMatching(/^allowedAddresses must /) as string },
    ]);
  });

  it("addresses of a client of people", async () => {
    const people = {
      authorizedGrantType: "CODE",
      roleDivisions: [],
      registeredRedirectUri: ["https://a.example/cb"],
    };
    const { failures } = await runWith(on).oauthClients.check(
      {},
      { ...clientInputs({ ...people, ...declared }) },
    );
    expect(failures).toEqual([
      { property: "", reason: expect.stringMatching(/^allowedAddresses must /) as string },
    ]);
  });

  it("a field that the program itself gives is not taken", async () => {
    const run = runWith(unset);
    const { inputs } = await run.oauthClients.check(
      {},
      { ...clientInputs(declared), allowedAddressesField: "roleIds" },
    );
    expect(inputs).not.toHaveProperty("allowedAddressesField");
  });
});
