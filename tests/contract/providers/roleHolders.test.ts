// Who else holds a role that goes away, in words: people, groups, clients made by hand, and what Genesys does not tell.
import { planNoticeLine } from "../../../common/planNotice";
import { markerPrefix } from "../../../genesys/marker";
import { holdersOf } from "../../../providers/run/roleHolders";
import { StackIdentityProvider } from "../../../providers/stackIdentity/provider";
import type { OrganizationSeed } from "../../../sandbox/genesys/organizationSeed";
import {
  deployerClientId,
  employeeRoleId,
  homeDivisionId,
  organizationId,
  salesDivisionId,
} from "../../../sandbox/genesys/seed";
import {
  createProviderWorld,
  type ProviderWorld,
  recordedRole,
  roleInputs,
  stackIdentity,
} from "../../providerWorld";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

const roleId = "70000000-0000-4000-8000-00000000000c";
const handMadeId = "c1000000-0000-4000-8000-00000000000c";
const ownId = "c1000000-0000-4000-8000-00000000000d";
const home = { roleId, divisionId: homeDivisionId };
const handMade = `OAuth client "hand-made" (${handMadeId})`;
const twoPeople = "2 people (Ms Example, Mr Other)";

function seed(body: OrganizationSeed): void {
  world.simulator.organization.seed(body);
}

function holders(): Promise<string[]> {
  return holdersOf(world.newRun().session, roleId, ({ identity }) => identity === stackIdentity);
}

/** As many people as names, all of whom hold the role. */
function seedPeople(...names: readonly string[]): void {
  seed({
    users: names.map((name, index) => ({ id: `u${index}`, name })),
    grants: names.map((_name, index) => ({ subjectId: `u${index}`, subjectType: "PC_USER", ...home })),
  });
}

const ownMark = `${markerPrefix({ identity: stackIdentity, owner: "genesys-credentials/dev/nightly-report" }, 0)}0123456789ab]`;

const client = (id: string, name: string) => ({ id, name, roleDivisions: [home] });

beforeEach(() => {
  seed({ roles: [{ id: roleId, name: "reporting-reader", permissions: ["routing:queue:view"] }] });
});

describe("who holds the role:", () => {
  it("nobody", async () => {
    seed({ grants: [{ subjectId: deployerClientId, ...home }] });
    expect(await holders()).toEqual([]);
  });

  it("two people and a client made by hand, besides the deployer and clients of the stack", async () => {
    seedPeople("Ms Example", "Mr Other");
    seed({
      clients: [client(handMadeId, "hand-made"), { ...client(ownId, "own"), description: ownMark }],
      grants: [{ subjectId: deployerClientId, ...home }],
    });
    expect(await holders()).toEqual([twoPeople, handMade]);
  });

  it("each once, whatever the divisions; one person; a group; no holder of another role", async () => {
    seedPeople("Ms Example");
    seed({
      groups: [{ id: "g1", name: "Reporting" }],
      clients: [client(handMadeId, "hand-made"), { ...client(ownId, "other"), roleDivisions: [] }],
      grants: [
        { subjectId: "g1", subjectType: "PC_GROUP", ...home },
        { subjectId: "u0", subjectType: "PC_USER", roleId, divisionId: salesDivisionId },
        { subjectId: handMadeId, roleId, divisionId: "*" },
        { subjectId: ownId, roleId: employeeRoleId, divisionId: homeDivisionId },
      ],
    });
    expect(await holders()).toEqual(["1 person (Ms Example)", "1 group (Reporting)", handMade]);
  });

  it("many: five names and a number", async () => {
    seedPeople("A", "B", "C", "D", "E", "F", "G");
    expect(await holders()).toEqual(["7 people (A, B, C, D, E, and 2 more)"]);
  });

  it("people whose names are odd, or not told", async () => {
    seedPeople("Ms\nExample\u001b[2J");
    expect(await holders()).toEqual(["1 person (Ms Example [2J)"]);
    world.simulator.organization.setSwitches({ shownHolders: "unnamed" });
    expect(await holders()).toEqual(["1 person (u0)"]);
  });

  it("a client that only its own settings show, and one that only the list of subjects shows", async () => {
    seed({ clients: [client(handMadeId, "hand-made")] });
    world.simulator.organization.setSwitches({ shownHolders: "withoutClients" });
    expect(await holders()).toEqual([handMade]);

    seed({ clients: [{ id: handMadeId, roleDivisions: [] }], grants: [{ subjectId: handMadeId, ...home }] });
    world.simulator.organization.setSwitches({ shownHolders: "unnamed", separateGrantStores: true });
    expect(await holders()).toEqual([handMade]);
  });

  it("not a client that waits for its deletion", async () => {
    seed({ clients: [client(handMadeId, "hand-made")] });
    seed({
      clients: [{ id: handMadeId, state: "inactive", dateToDelete: "2026-12-31T00:00:00Z" }],
    });
    expect(await holders()).toEqual([]);
  });

  it("nobody, where the role is gone", async () => {
    seed({ roles: [{ id: roleId, deleted: true }] });
    expect(await holders()).toEqual([]);
  });
});

describe("what cannot be known is said with its reason, and the rest is told:", () => {
  const refuse = (path: string, status: number): void => {
    world.simulator.faults.arm({ match: { method: "GET", path }, kind: "status", status, times: "always" });
  };
  beforeEach(() => {
    seedPeople("Ms Example", "Mr Other");
    seed({ clients: [client(handMadeId, "hand-made")] });
  });

  it.each([403, 404, 405, 500])("the list of subjects is answered %d", async (status) => {
    refuse("/subjectgrants", status);
    const [first, ...more] = await holders();
    expect(first).toBe(handMade);
    expect(more).toEqual(
      status === 404
        ? []
        : [expect.stringMatching(new RegExp(`^people and groups that cannot be known: GET .*${status}`))],
    );
  });
});

describe("the deletion of a role", () => {
  it("names the people and the client that lose it, in one line, and goes on", async () => {
    const { id, outs } = await world.newRun().roles.create(roleInputs({ name: "another" }));
    const pair = { roleId: id, divisionId: homeDivisionId };
    seed({
      users: [{ id: "u0", name: "Ms Example" }],
      clients: [{ id: handMadeId, name: "hand-made", roleDivisions: [pair] }],
      grants: [{ subjectId: "u0", subjectType: "PC_USER", ...pair }],
    });
    await world.newRun().roles.delete(id, recordedRole(outs));
    expect(world.notices).toEqual([
      `Warning: the role "another" (${id}) is deleted; who else loses it: 1 person (Ms Example); ${handMade}.`,
    ]);
  });

  it("is stopped neither by a deployer that may not see the holders, nor by an answer that is none", async () => {
    for (const fault of [{ kind: "status", status: 403 } as const, { kind: "html" } as const]) {
      const { id, outs } = await world.newRun().roles.create(roleInputs({ name: "another" }));
      world.simulator.faults.arm({ match: { path: "/subjectgrants" }, ...fault, times: "always" });
      world.notices.length = 0;
      await world.newRun().roles.delete(id, recordedRole(outs));
      expect(world.notices.at(-1)).toMatch(/who else loses it: people and groups that cannot be known: GET /);
      expect(world.simulator.organization.describe().roles.map((role) => role.id)).not.toContain(id);
      world.simulator.faults.clear();
    }
  });
});

describe("the preview of an update that removes a role", () => {
  const reader = { identity: stackIdentity, owner: "genesys-credentials/dev/reporting-reader" };
  const olds = { roles: { "reporting-reader": "reporting-reader" }, credentials: {} };
  const news = { organization: { id: organizationId }, roles: {}, credentials: {}, generations: {} };
  const preview = (): Promise<unknown> => {
    const { session } = world.newRun();
    return new StackIdentityProvider(() => session).diff(stackIdentity, { ...news, ...olds }, news);
  };
  beforeEach(() => {
    seed({ roles: [{ id: roleId, description: `Reads ${markerPrefix(reader, 0)}0123456789ab]` }] });
    seed({ grants: [{ subjectId: deployerClientId, ...home }] });
  });

  it("names who else holds it, and neither the deployer nor a client of the stack", async () => {
    seedPeople("Ms Example", "Mr Other");
    seed({ clients: [client(handMadeId, "hand-made"), { ...client(ownId, "own"), description: ownMark }] });
    await preview();
    expect(world.notices).toEqual([
      planNoticeLine({ code: "ROLE_HOLDERS_LOST", role: "reporting-reader", items: [twoPeople, handMade] }),
    ]);
  });

  it("says nothing where nobody else does", async () => {
    await preview();
    expect(world.notices).toEqual([]);
  });
});
