// Names of roles: renamed, exchanged, taken by somebody else meanwhile; and existing roles by name, in any case, or by id.
import { markerPrefix } from "../../../genesys/marker";
import { homeDivisionId } from "../../../sandbox/genesys/seed";
import { resolveRoleName } from "../../../providers/run/roleDivisions";
import {
  recordedRole,
  roleInputs,
  clientInputs,
  createProviderWorld,
  type ProviderRun,
  type ProviderWorld,
  stackIdentity,
} from "../../providerWorld";
import { writesOf } from "./adoptionScene";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

const firstId = "70000000-0000-4000-8000-00000000000e";
const secondId = "70000000-0000-4000-8000-00000000000f";

function seedRole(id: string, name: string, description = ""): void {
  world.simulator.organization.seed({
    roles: [{ id, name, description, permissions: ["routing:queue:view"] }],
  });
}

const conflict = (match: object) =>
  world.simulator.faults.arm({
    match,
    kind: "status",
    status: 409,
    code: "general.conflict",
    times: "always",
  });

describe("a role that gets another name", () => {
  async function rename(name: string): Promise<unknown> {
    const { id, outs } = await world.newRun().roles.create(roleInputs());
    world.simulator.requestLog.clear();
    const news = roleInputs({ name });
    const run = world.newRun();
    await run.roles.check({ ...roleInputs() }, { ...news });
    return run.roles.diff(id, recordedRole(outs), news);
  }

  it("that is free, or its own in other letters", async () => {
    expect(await rename("another")).toEqual({ replaces: [] });
    expect(await rename("another-READER")).toEqual({ replaces: [] });
  });

  it("its own in other letters: nobody is asked", async () => {
    const { id, outs } = await world.newRun().roles.create(roleInputs());
    world.simulator.requestLog.clear();
    await world.newRun().roles.diff(id, recordedRole(outs), roleInputs({ name: "Reporting-Reader" }));
    expect(world.simulator.requestLog.count()).toBe(0);
  });

  it("that somebody else's role has is refused at preview", async () => {
    seedRole(firstId, "Another");
    await expect(rename("another")).rejects.toMatchObject({
      code: "ROLE_NAME_TAKEN",
      message: expect.stringMatching(/"Another".*no mark of a stack/),
    });
    expect(writesOf(world)).toEqual([]);
  });

  it("that another role of this stack has, or is about to give up, is refused at preview", async () => {
    const owner = "genesys-credentials/dev/other";
    seedRole(firstId, "another", `${markerPrefix({ identity: stackIdentity, owner }, 0)}0123456789ab]`);
    await expect(rename("another")).rejects.toMatchObject({
      code: "ROLE_NAME_TAKEN",
      message: expect.stringMatching(/that of other in this stack.*third name.*in an update of its own/),
    });
  });
});

it("a name that a role of the same key has, which is in use, is refused: the state is not that of what is live", async () => {
  const { id, outs } = await world.newRun().roles.create(roleInputs());
  const { owner } = roleInputs();
  seedRole(firstId, "another", `${markerPrefix({ identity: stackIdentity, owner }, 0)}0123456789ab]`);
  world.simulator.organization.seed({
    clients: [
      {
        id: "c1000000-0000-4000-8000-00000000000e",
        name: "Holder",
        secret: "canary-holder-secret",
        roleDivisions: [{ roleId: firstId, divisionId: homeDivisionId }],
      },
    ],
  });
  const news = roleInputs({ name: "another" });
  const said = { code: "ROLE_NAME_TAKEN", message: expect.stringMatching(/made for this very role.*in use/) };
  await expect(world.newRun().roles.diff(id, recordedRole(outs), news)).rejects.toMatchObject(said);
  await expect(world.newRun().roles.update(id, recordedRole(outs), news)).rejects.toMatchObject(said);
});

describe("409", () => {
  it("about a name that was taken meanwhile says whose it is", async () => {
    const run = world.newRun();
    await run.session.rolesAtStart();
    seedRole(firstId, "REPORTING-reader");
    await expect(run.roles.create(roleInputs())).rejects.toMatchObject({
      code: "ROLE_NAME_TAKEN",
      message: expect.stringMatching(/^Creating role "reporting-reader": role .*000e \("REPORTING-reader"\)/),
    });
  });

  it("about a name that was taken meanwhile, in an update", async () => {
    const { id, outs } = await world.newRun().roles.create(roleInputs());
    const run = world.newRun();
    await run.session.rolesAtStart();
    seedRole(firstId, "Another");
    const update = run.roles.update(id, recordedRole(outs), roleInputs({ name: "another" }));
    await expect(update).rejects.toMatchObject({ code: "ROLE_NAME_TAKEN" });
  });

  it("about something else is Genesys's own error", async () => {
    const match = { method: "POST", path: "/authorization/roles$" };
    conflict(match);
    await expect(world.newRun().roles.create(roleInputs())).rejects.toMatchObject({
      code: "GENESYS_API",
      message: expect.stringMatching(/409 general.conflict/),
    });
  });
});

describe("existing:", () => {
  const declare = (run: ProviderRun, roleName: string, changes: object = {}) =>
    run.oauthClients.check(
      {},
      { ...clientInputs({ roleDivisions: [{ roleName, division: "home" }] }), ...changes },
    );
  const resolved = async (roleName: string): Promise<string | undefined> => {
    const problems: string[] = [];
    const id = await resolveRoleName(world.newRun().session, roleName, problems);
    return problems[0] ?? id;
  };

  it("finds a role in any case", async () => {
    seedRole(firstId, "Supervisor");
    expect(await resolved("SUPERVISOR")).toBe(firstId);
  });

  it("accepts an id, in any case, also of a role whose name another one has", async () => {
    world.simulator.organization.store.switches.duplicateRoleName = "allowed";
    seedRole(firstId, "Supervisor");
    seedRole(secondId, "Supervisor");
    expect(await resolved("Supervisor")).toMatch(
      new RegExp(`has 2 roles named "Supervisor" \\(${firstId}, ${secondId}\\); write the id`),
    );
    expect(await resolved(secondId)).toBe(secondId);
    expect(await resolved(secondId.toUpperCase())).toBe(secondId);
    expect(await resolved("70000000-0000-4000-8000-0000000000ff")).toMatch(/has no role "70000000/);
  });

  it("prefers the exact name", async () => {
    seedRole(firstId, "Supervisor");
    seedRole(secondId, "SUPERVISOR");
    expect(await resolved("SUPERVISOR")).toBe(secondId);
  });

  it("of a role of this very stack is refused at preview", async () => {
    const { id } = await world.newRun().roles.create(roleInputs());
    for (const roleName of ["reporting-reader", "Reporting-Reader", id]) {
      const { failures } = await declare(world.newRun(), roleName);
      expect(failures).toEqual([
        {
          property: "",
          reason: expect.stringMatching(
            /managed by this very stack.*`reporting-reader`.*`formerly: reporting-reader`/,
          ),
        },
      ]);
    }
  });
});
