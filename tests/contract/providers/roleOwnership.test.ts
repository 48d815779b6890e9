// Whose role it is: what a creation takes over, what it leaves alone and says so at preview, and what a write keeps.
import { markerPrefix, parseMarker } from "../../../genesys/marker";
import type { RoleInputs } from "../../../providers/role/record";
import { deployerClientId, employeeRoleId, homeDivisionId } from "../../../sandbox/genesys/seed";
import { type StackState, up, upRole } from "../../fault/engine";
import {
  clientInputs,
  createProviderWorld,
  type ProviderRun,
  type ProviderWorld,
  recordedClient,
  recordedRole,
  roleInputs,
  stackIdentity,
} from "../../providerWorld";
import { requestsOf, writesOf } from "./adoptionScene";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

const otherIdentity = "fedcba9876543210";
const seededId = "70000000-0000-4000-8000-00000000000c";
const holderId = "c1000000-0000-4000-8000-00000000000c";
const owner = "genesys-credentials/dev/reporting-reader";

/** A role that is there before; the one of an interrupted run unless something else is said. */
function seedRole(changes: object = {}): void {
  const description = `Reads ${markerPrefix({ identity: stackIdentity, owner }, 0)}0123456789ab]`;
  const role = { id: seededId, name: "reporting-reader", description, permissions: ["routing:queue:view"] };
  world.simulator.organization.seed({ roles: [{ ...role, ...changes }] });
}

/** Somebody other than the deployer gets the role. */
function seedHolder(): void {
  world.simulator.organization.seed({
    clients: [
      {
        id: holderId,
        name: "Holder",
        secret: "canary-holder-secret",
        roleDivisions: [{ roleId: seededId, divisionId: homeDivisionId }],
      },
    ],
  });
}

async function refusalsOf(run: ProviderRun, inputs = roleInputs(), olds: object = {}): Promise<string[]> {
  const { failures } = await run.roles.check({ ...olds }, { ...inputs });
  return failures.map(({ reason }) => reason);
}

const roleNames = (): string[] => world.simulator.organization.describe().roles.map(({ name }) => name);
const nameOf = (id: string): string | undefined =>
  world.simulator.organization.describe().roles.find((role) => role.id === id)?.name;

describe("the marker", () => {
  it("carries the identity of the stack", async () => {
    const { outs } = await world.newRun().roles.create(roleInputs());
    expect(parseMarker(String(outs["marker"]))).toMatchObject({ identity: stackIdentity, owner });
  });

  it("of a record of before gets the identity, and follows new names, in one PUT that changes nothing else", async () => {
    const state: StackState = {};
    const { identity: _identity, ...former } = roleInputs();
    await upRole(world.newRun(), state, former);
    const { id, outs } = state.role!;
    const made = parseMarker(String(outs["marker"]))!;
    const renamed = { owner: "genesys-credentials/prod/reporting-reader" };
    for (const changes of [{}, renamed]) {
      world.simulator.requestLog.clear();
      await upRole(world.newRun(), state, roleInputs(changes));
      expect(writesOf(world)).toEqual([`PUT /api/v2/authorization/roles/${id}`]);
      const marker = String(state.role!.outs["marker"]);
      expect(parseMarker(marker)).toEqual({
        identity: stackIdentity,
        owner,
        generation: 0,
        nonce: made.nonce,
        ...changes,
      });
      const live = await world.newRun().session.roles.get(id);
      expect(live.description).toBe(`Reads reports ${marker}`);
      const read = await world.newRun().roles.read(id, recordedRole(state.role!.outs));
      expect(read.props).toEqual(state.role!.outs);
    }
  });
});

describe("a PUT carries over", () => {
  it("a field that is not known, in an update", async () => {
    const state: StackState = {};
    await upRole(world.newRun(), state, roleInputs());
    const { id } = state.role!;
    const live = await world.newRun().session.roles.get(id);
    world.simulator.faults.arm({
      match: { method: "GET", path: `/roles/${id}` },
      kind: "status",
      status: 200,
      body: { ...live, madeUp: "by Genesys" },
    });
    const fault = world.simulator.faults.arm({
      match: { method: "PUT", body: '"madeUp":"by Genesys"' },
      kind: "slow",
      ms: 0,
    });
    await upRole(world.newRun(), state, roleInputs({ description: "Other" }));
    expect(world.simulator.faults.armed.find((one) => one.id === fault)).toMatchObject({ struck: 1 });
  });

  it.each<[string, () => Promise<string>]>([
    [
      "an update",
      async (): Promise<string> => {
        const state: StackState = {};
        await upRole(world.newRun(), state, roleInputs());
        const { id } = state.role!;
        world.simulator.organization.seed({ roles: [{ id, generalPermissions: ["group_creation"] }] });
        await upRole(world.newRun(), state, roleInputs({ description: "Other" }));
        return id;
      },
    ],
    [
      "a role that is taken over",
      async (): Promise<string> => {
        seedRole({ generalPermissions: ["group_creation"] });
        return (await world.newRun().roles.create(roleInputs())).id;
      },
    ],
  ])("general permissions, in %s", async (_name, act) => {
    const id = await act();
    expect((await world.newRun().session.roles.get(id))["permissions"]).toEqual(["group_creation"]);
  });
});

describe("a role of this stack that nobody holds", () => {
  it.each(["reporting-reader", "Reporting-READER", "a name of before"])(
    "was left by an interrupted run: it is taken over, and the preview says so (%s)",
    async (name) => {
      seedRole({ name });
      expect(await refusalsOf(world.newRun())).toEqual([]);
      expect(world.notices.join()).toMatch(
        /70000000-0000-4000-8000-00000000000c.*left behind by an interrupted run.*takes it over/,
      );
      const run = world.newRun();
      const { id, outs } = await run.roles.create(roleInputs());
      expect(id).toBe(seededId);
      expect(nameOf(id)).toBe("reporting-reader");
      expect(writesOf(world)[0]).toBe(`PUT /api/v2/authorization/roles/${seededId}`);
      // Of a replacement by force the engine has the same id on record once more.
      await run.roles.delete(id, { ...recordedRole(outs), marker: "the marker of before" });
      expect(nameOf(id)).toBe("reporting-reader");
    },
  );

  it("lives on when its old record is deleted by a later run only", async () => {
    const state: StackState = {};
    await upRole(world.newRun(), state, roleInputs());
    const former = state.role!; // nobody holds it, so a replacement by force takes it over
    const { id, outs } = await world.newRun().roles.create(roleInputs());
    expect(id).toBe(former.id);
    const run = world.newRun(); // the former one ended before its deletions
    await run.roles.diff(id, recordedRole(outs), roleInputs());
    await run.roles.delete(former.id, recordedRole(former.outs));
    expect(nameOf(id)).toBe("reporting-reader");
    await run.roles.delete(id, recordedRole(outs));
    expect(nameOf(id)).toBeUndefined();
  });

  it("but one that this run has seen in the state is on record: a new one is made", async () => {
    const state: StackState = {};
    await upRole(world.newRun(), state, roleInputs());
    const run = world.newRun();
    await run.roles.read(state.role!.id, recordedRole(state.role!.outs));
    expect((await run.roles.create(roleInputs())).id).not.toBe(state.role!.id);
  });

  it("is deleted by hand before the update comes: a new one is made", async () => {
    seedRole();
    const run = world.newRun();
    await run.session.rolesAtStart();
    world.simulator.organization.seed({ roles: [{ id: seededId, deleted: true }] });
    expect((await run.roles.create(roleInputs())).id).not.toBe(seededId);
  });
});

describe("a replacement by force, of a role that is held", () => {
  const replacedName = /^reporting-reader \(replaced [0-9a-f]{12}\)$/;

  it("makes a really new role; the engine deletes the old one", async () => {
    const state: StackState = {};
    const client = clientInputs({ roleDivisions: [] });
    await up(world.newRun(), state, { role: roleInputs(), client });
    const former = state.role!;
    const run = world.newRun();
    expect(await refusalsOf(run)).toEqual([]); // the engine tells no former inputs
    expect(world.notices.join()).toMatch(/is in use; the update makes a new role beside it/);
    const { id, outs } = await run.roles.create(roleInputs());
    expect(id).not.toBe(former.id);
    expect(nameOf(id)).toBe("reporting-reader");
    expect(nameOf(former.id)).toMatch(replacedName);
    expect(parseMarker(String(outs["marker"]))).toMatchObject({ identity: stackIdentity, owner });
    await run.roles.delete(former.id, recordedRole(former.outs));
    expect(roleNames().filter((name) => name.startsWith("reporting-reader"))).toEqual(["reporting-reader"]);
  });

  it("the old one gets its name back when the new one cannot be made", async () => {
    seedRole();
    seedHolder();
    world.simulator.faults.arm({
      match: { method: "POST", path: "/authorization/roles$" },
      kind: "status",
      status: 400,
      code: "bad.request",
    });
    await expect(world.newRun().roles.create(roleInputs())).rejects.toThrow(/bad.request/);
    expect(nameOf(seededId)).toBe("reporting-reader");
  });

  it("that was cut off after the new role was made is brought to its end", async () => {
    seedRole({ name: "reporting-reader (replaced 0123456789ab)" });
    seedHolder();
    const leftId = "70000000-0000-4000-8000-00000000000d";
    seedRole({ id: leftId });
    expect((await world.newRun().roles.create(roleInputs())).id).toBe(leftId);
  });

  it("that was cut off is healed by a refresh and an update: the new role that nobody holds goes away", async () => {
    const state: StackState = {};
    await upRole(world.newRun(), state, roleInputs());
    const { id, inputs, outs } = state.role!;
    world.simulator.organization.seed({ roles: [{ id, name: "reporting-reader (replaced 0123456789ab)" }] });
    seedRole();
    const read = await world.newRun().roles.read(id, recordedRole(outs));
    state.role = { id, inputs: { ...inputs, ...read.inputs }, outs: read.props!, hasInitErrors: false };
    await upRole(world.newRun(), state, roleInputs());
    expect(world.notices.join()).toMatch(/left behind by an interrupted run.*removes it/);
    expect(nameOf(id)).toBe("reporting-reader");
    expect(nameOf(seededId)).toBeUndefined();
  });

  it("of a role with a long name stays within what a name may have", async () => {
    const name = "x".repeat(200);
    seedRole({ name });
    seedHolder();
    await world.newRun().roles.create(roleInputs({ name }));
    expect(nameOf(seededId)).toMatch(/^x+ \(replaced [0-9a-f]{12}\)$/);
    expect(nameOf(seededId)).toHaveLength(200);
  });
});

describe("refused at preview and by the update, untouched:", () => {
  const marked = (maker: { identity?: string; owner: string }) => ({
    description: `Reads ${markerPrefix(maker, 0)}0123456789ab]`,
  });
  const recover = /recover --stack dev/;
  it.each<[string, object, RegExp, Partial<RoleInputs>?]>([
    [
      "another key of this stack",
      marked({ identity: stackIdentity, owner: "genesys-credentials/dev/old-reader" }),
      /`formerly: old-reader` below reporting-reader/,
    ],
    [
      "another key of this stack, by the names of before",
      marked({ owner: "genesys-credentials/dev/old-reader" }),
      /`formerly: old-reader`/,
    ],
    [
      "the same key in another state (a second backend, or a lost state)",
      marked({ identity: otherIdentity, owner }),
      /another state, identity fedcba9876543210.*recover --stack dev/,
    ],
    ["the same key in a state of before", marked({ owner }), recover],
    [
      "another stack",
      marked({ identity: otherIdentity, owner: "genesys-credentials/prod/x" }),
      /belongs to genesys-credentials\/prod\/x, identity fedcba9876543210.*`existing: reporting-reader`/,
    ],
    [
      "nobody's",
      { description: "Made by hand" },
      /no mark of a stack.*`adopt: \{ roleId: 70000000-0000-4000-8000-00000000000c \}`.*`existing: reporting-reader`/,
    ],
    [
      "nobody's, in other letters",
      { description: "", name: "REPORTING-Reader" },
      /"REPORTING-Reader".*`existing: REPORTING-Reader`/,
    ],
    ["a default role", { description: "", isDefault: true }, /a default role of Genesys.*`existing:/],
    [
      "a default role whose name says more than text in YAML",
      { description: "", isDefault: true, name: "Desk: north # 1" },
      /refer to it with `existing: "Desk: north # 1"`/,
      { name: "Desk: north # 1" },
    ],
    [
      "ours, as long as the identity is not known",
      {},
      recover,
      { identity: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" },
    ],
  ])("%s", async (_name, seeded, said, changes = {}) => {
    seedRole(seeded);
    const before = JSON.stringify(await world.newRun().session.roles.get(seededId));
    const [reason, ...more] = await refusalsOf(world.newRun(), roleInputs(changes));
    expect(more).toEqual([]);
    expect(reason).toMatch(said);
    expect(reason).toMatch(/\[ROLE_NAME_TAKEN\]$/);
    if (changes.identity === undefined) {
      await expect(world.newRun().roles.create(roleInputs(changes))).rejects.toMatchObject({
        code: "ROLE_NAME_TAKEN",
        message: expect.stringMatching(said),
      });
    }
    expect(writesOf(world)).toEqual([]);
    expect(JSON.stringify(await world.newRun().session.roles.get(seededId))).toBe(before);
  });

  it("with everything else of the state that is in the way, once, since the engine stops at the first refusal", async () => {
    const ofIt = (key: string, identity = otherIdentity) =>
      marked({ identity, owner: `genesys-credentials/dev/${key}` });
    const client = { secret: "canary-other-state", roleDivisions: [] };
    seedRole(ofIt("reporting-reader"));
    world.simulator.organization.seed({
      roles: [
        { id: "r2", name: "queue-reader", ...ofIt("queue-reader") },
        { id: "r3", name: "own", ...ofIt("own", stackIdentity) },
      ],
      clients: [
        { id: "c1", name: "nightly-report-dev-a", ...client, ...ofIt("nightly-report") },
        { id: "c2", name: "own", ...client, ...ofIt("own", stackIdentity) },
        {
          id: "c3",
          name: "ended",
          ...client,
          ...ofIt("nightly-report"),
          state: "inactive",
          dateToDelete: new Date(world.clock.now() + 1).toISOString(),
        },
      ],
    });
    const run = world.newRun();
    expect(await refusalsOf(run)).toHaveLength(1);
    const other = { storedIn: { secretName: "genesys/dev/nightly-report" } };
    await run.oauthClients.check({}, { ...clientInputs({ roleDivisions: [] }), ...other });
    expect(world.notices).toEqual([
      'Notice: of identity fedcba9876543210 there live also role r2 ("queue-reader"), OAuth client c1 ("nightly-report-dev-a"); all of it was left as it is.',
    ]);
    expect(writesOf(world)).toEqual([]);
  });

  it("not by a role that is deleted and still listed", async () => {
    seedRole({ description: "Made by hand" });
    const run = world.newRun();
    await run.session.rolesAtStart();
    world.simulator.organization.seed({ roles: [{ id: seededId, deleted: true }] });
    expect(await refusalsOf(run)).toEqual([]);
  });
});

describe("a deletion", () => {
  it("says who else holds the role, and not who belongs to the stack", async () => {
    const state: StackState = {};
    await up(world.newRun(), state, { role: roleInputs(), client: clientInputs({ roleDivisions: [] }) });
    const { id, outs } = state.role!;
    world.simulator.organization.seed({
      grants: [{ subjectId: deployerClientId, roleId: employeeRoleId, divisionId: homeDivisionId }],
      clients: [
        {
          id: holderId,
          name: "Holder",
          secret: "canary-holder-secret",
          roleDivisions: [{ roleId: id, divisionId: homeDivisionId }],
        },
      ],
    });
    await world.newRun().roles.delete(id, recordedRole(outs));
    expect(world.notices).toEqual([
      expect.stringMatching(/"reporting-reader".*OAuth client "Holder" \(c1000000/),
    ]);
    expect(nameOf(id)).toBeUndefined();
  });

  it("goes on where that cannot be known, and says so", async () => {
    const { id, outs } = await world.newRun().roles.create(roleInputs());
    world.simulator.faults.arm({
      match: { method: "GET", path: "/oauth/clients" },
      kind: "status",
      status: 403,
      times: "always",
    });
    await world.newRun().roles.delete(id, recordedRole(outs));
    expect(world.notices).toEqual([expect.stringMatching(/who else holds.*could not be known/)]);
    expect(nameOf(id)).toBeUndefined();
  });
});

describe("a role that is deleted by hand while the update runs", () => {
  const gone = /no longer exists in Genesys; run `pulumi up --refresh`.*\[ROLE_GONE\]$/;

  it("before its PUT", async () => {
    const { id, outs } = await world.newRun().roles.create(roleInputs());
    world.simulator.organization.seed({ roles: [{ id, deleted: true }] });
    const update = world.newRun().roles.update(id, recordedRole(outs), roleInputs({ description: "Other" }));
    await expect(update).rejects.toThrow(gone);
  });

  it("before a client gets it", async () => {
    const role = await world.newRun().roles.create(roleInputs());
    const roleDivisions = [
      { roleId: role.id, division: "home" },
      { roleName: "employee", division: "home" },
    ];
    const client = await world.newRun().oauthClients.create(clientInputs());
    world.simulator.organization.seed({ roles: [{ id: role.id, deleted: true }] });
    const { oauthClients } = world.newRun();
    const named = new RegExp(`the role ${role.id} ${gone.source}`);
    await expect(oauthClients.create(clientInputs({ roleDivisions, generation: 1 }))).rejects.toThrow(named);
    const update = oauthClients.update(
      client.id,
      recordedClient(client.outs),
      clientInputs({ roleDivisions }),
    );
    await expect(update).rejects.toThrow(named);
  });

  it("young, before it is given to the deployer", async () => {
    world.simulator.organization.store.consistency.roleVisibleAfterMs = 3_600_000;
    const run = world.newRun();
    await expect(run.roles.create(roleInputs())).rejects.toThrow(gone);
  });

  it("before it is given to the deployer", async () => {
    const { id, outs } = await world.newRun().roles.create(roleInputs());
    world.clock.advance(600_000);
    world.simulator.faults.arm({
      match: { method: "PUT", path: `/roles/${id}` },
      kind: "status",
      status: 200,
      body: { id, name: "reporting-reader" },
    });
    const run = world.newRun();
    const live = await run.session.roles.get(id);
    world.simulator.organization.seed({ roles: [{ id, deleted: true }] });
    world.simulator.faults.arm({
      match: { method: "GET", path: `/roles/${id}` },
      kind: "status",
      status: 200,
      body: live,
    });
    const wider = roleInputs({ deployerDivisions: ["Sales"] });
    const beganAt = world.clock.now();
    await expect(run.roles.update(id, recordedRole(outs), wider)).rejects.toThrow(gone);
    expect(world.clock.now() - beganAt).toBeLessThan(1000);
  });
});

it("requests of an update: the live role, and its PUT", async () => {
  const { id, outs } = await world.newRun().roles.create(roleInputs());
  const run = world.newRun();
  await run.session.enter("Preparing", undefined);
  await run.session.homeDivisionId();
  world.simulator.requestLog.clear();
  await run.roles.update(id, recordedRole(outs), roleInputs({ description: "Other" }));
  const path = `/api/v2/authorization/roles/${id}`;
  expect(requestsOf(world)).toEqual([`GET ${path}`, `PUT ${path}`]);
});
