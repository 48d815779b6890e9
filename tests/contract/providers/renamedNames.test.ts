// Divisions and existing roles that people rename: what the stack recorded stays what its names mean, in every client and every generation.
import { deployerClientId, salesDivisionId } from "../../../sandbox/genesys/seed";
import { recordedClient, recordedRole, roleInputs } from "../../providerWorld";
import { both, declared, made, NamesScene, otherDivisionId, roleId, uses } from "./namesScene";

let scene: NamesScene;
beforeEach(async () => {
  scene = await NamesScene.create();
});
afterEach(async () => {
  await scene.world.stop();
});

describe("after a division was renamed and another one took its name,", () => {
  it.each([
    ["the other slot, which has no record", 1],
    ["the same slot", 2],
    ["a replacement by force, of which no record is told", 0],
  ])("a rotation does not give the new client of %s the other division", async (_slot, generation) => {
    const { identity } = await scene.firstUpdate();
    scene.renameDivision();
    const run = scene.world.newRun();
    await scene.enterStack(run, identity, declared(generation));
    const { failures } = await run.oauthClients.check({}, { ...made(generation) });
    expect(failures).toEqual([]);
    const { outs } = await run.oauthClients.create(made(generation));
    expect(recordedClient(outs).resolvedRoleDivisions).toEqual([both]);
  });

  it("a preview of a rotation says so in one line, and tells the two apart", async () => {
    const { identity } = await scene.firstUpdate();
    scene.renameDivision();
    const run = scene.world.newRun();
    const again = await scene.enterStack(run, identity, declared(1));
    await run.oauthClients.check({}, { ...made(1) });
    expect(again["divisions"]).toEqual([{ name: "Sales", id: salesDivisionId }]);
    const told = scene.world.notices.filter((line) => line.includes("Sales"));
    expect(told).toEqual([
      `Notice: the division that this stack calls "Sales" (${salesDivisionId}) is named "Sales EMEA" now. ` +
        `Another division is named "Sales" (${otherDivisionId}): it is not the one that is meant here. ` +
        'Write "Sales EMEA" in its place; no OAuth client changes by that.',
    ]);
  });

  it("a role of the stack stays with the deployer in the division on record", async () => {
    const { identity } = await scene.firstUpdate();
    scene.renameDivision();
    const run = scene.world.newRun();
    await scene.enterStack(run, identity, declared(1));
    const { outs } = await run.roles.create(roleInputs({ deployerDivisions: ["Sales"] }));
    expect(recordedRole(outs).deployerGrants).toEqual([
      { subjectId: deployerClientId, divisionId: salesDivisionId },
    ]);
  });

  it("an unchanged stack asks nobody", async () => {
    const { identity, record } = await scene.firstUpdate();
    scene.renameDivision();
    const run = scene.world.newRun();
    expect(await scene.enterStack(run, identity, declared(0))).toEqual(identity);
    await run.oauthClients.check({ ...made(0) }, { ...made(0) });
    await run.oauthClients.diff(record.clientId, record, made(0));
    expect(scene.world.simulator.requestLog.entries).toEqual([]);
  });
});

it("after an existing role was renamed and another one took its name, a rotation gives the one on record, and says so", async () => {
  const { identity } = await scene.firstUpdate();
  scene.renameRole();
  const run = scene.world.newRun();
  await scene.enterStack(run, identity, declared(1));
  expect(await run.oauthClients.check({}, { ...made(1) })).toMatchObject({ failures: [] });
  const { outs } = await run.oauthClients.create(made(1));
  expect(recordedClient(outs).resolvedRoleDivisions).toEqual([both]);
  expect(scene.world.notices).toContainEqual(
    expect.stringMatching(
      /^Notice: the role that this stack calls "exporter" .* is named "exporter EMEA" now\. Another role/,
    ),
  );
});

it("the new names, once they are written, change nothing in Genesys", async () => {
  const { identity, record } = await scene.firstUpdate();
  scene.renameDivision();
  scene.renameRole();
  const news = made(0, "Sales EMEA", "exporter EMEA");
  const run = scene.world.newRun();
  const again = await scene.enterStack(run, identity, declared(0, "Sales EMEA", "exporter EMEA"));
  expect(again).toMatchObject({
    divisions: [{ name: "Sales EMEA", id: salesDivisionId }],
    existingRoles: [{ name: "exporter EMEA", id: roleId }],
  });
  expect(await run.oauthClients.check({ ...made(0) }, { ...news })).toMatchObject({ failures: [] });
  expect(await run.oauthClients.diff(record.clientId, record, news)).toEqual({ replaces: [] });
  const { outs } = await run.oauthClients.update(record.clientId, record, news);
  expect(recordedClient(outs)).toMatchObject({
    ...uses("Sales EMEA", "exporter EMEA"),
    resolvedRoleDivisions: [both],
  });
  const writes = scene.world.simulator.requestLog.entries.filter(
    ({ method, path }) => method !== "GET" && path !== "/oauth/token",
  );
  expect(writes).toEqual([]);
  expect(await run.oauthClients.diff(record.clientId, recordedClient(outs), news)).toEqual({ replaces: [] });
});

it("a role whose division is written by its new name is not sent, and the deployer keeps what it holds", async () => {
  const first = scene.world.newRun();
  const identity = await scene.enterStack(first, {}, declared(0));
  const role = recordedRole((await first.roles.create(roleInputs({ deployerDivisions: ["Sales"] }))).outs);
  scene.renameDivision();
  scene.world.simulator.requestLog.clear();
  const run = scene.world.newRun();
  await scene.enterStack(run, identity, declared(0, "Sales EMEA"));
  const { outs } = await run.roles.update(
    role.roleId,
    role,
    roleInputs({ deployerDivisions: ["Sales EMEA"] }),
  );
  expect(recordedRole(outs)).toMatchObject({
    deployerDivisions: ["Sales EMEA"],
    deployerGrants: role.deployerGrants,
  });
  const writes = scene.world.simulator.requestLog.entries.filter(
    ({ method, path }) => method !== "GET" && path !== "/oauth/token",
  );
  expect(writes).toEqual([]);
});
