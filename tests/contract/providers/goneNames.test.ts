// Names whose objects are gone, that no record tells of, or that cannot be looked up.
import { salesDivisionId } from "../../../sandbox/genesys/seed";
import { recordedClient } from "../../providerWorld";
import { both, declared, made, NamesScene, roleId } from "./namesScene";

const divisionsPath = "/api/v2/authorization/divisions";

let scene: NamesScene;
beforeEach(async () => {
  scene = await NamesScene.create();
});
afterEach(async () => {
  await scene.world.stop();
});

describe("what a name stood for exists no more:", () => {
  it.each([
    [
      "a division",
      () => {
        scene.seed({ divisions: [{ id: salesDivisionId, name: "Sales", deleted: true }] });
      },
      "division",
    ],
    [
      "a role",
      () => {
        scene.seed({ roles: [{ id: roleId, deleted: true }] });
      },
      "role",
    ],
  ])(
    "%s is missed by the preview of each client to be made, and not by one that stays",
    async (_what, remove, words) => {
      const { identity } = await scene.firstUpdate();
      scene.renameDivision();
      scene.renameRole();
      remove();
      const run = scene.world.newRun();
      await scene.enterStack(run, identity, declared(2));
      const reason = expect.stringMatching(
        new RegExp(
          `the ${words} that this stack calls "[a-zA-Z]+" .* exists no more; another ${words} is named so now`,
        ),
      );
      const rotated = await run.oauthClients.check({ ...made(0) }, { ...made(2) });
      expect(rotated.failures).toEqual([{ property: "", reason }]);
      const added = await run.oauthClients.check({}, { ...made(1) });
      expect(added.failures).toEqual([{ property: "", reason }]);
      await expect(run.oauthClients.create(made(1))).rejects.toThrow(/exists no more/);
      expect(await run.oauthClients.check({ ...made(0) }, { ...made(0) })).toMatchObject({ failures: [] });
      const ended = { ...made(0), state: "inactive" };
      const other = scene.world.newRun();
      await scene.enterStack(other, identity, declared(2));
      expect(await other.oauthClients.check({ ...made(0) }, ended)).toMatchObject({ failures: [] });
    },
  );
});

describe("a state of before the identity kept names", () => {
  const { divisions: _divisions, existingRoles: _roles, ...former } = declared(0);

  it("gets them from what has the names now", async () => {
    await scene.firstUpdate();
    const again = await scene.enterStack(scene.world.newRun(), former, declared(0));
    expect(again).toMatchObject({
      divisions: [{ name: "Sales", id: salesDivisionId }],
      existingRoles: [{ name: "exporter", id: roleId }],
    });
  });

  it("is refused where a client on record got something else under that name, which exists still", async () => {
    const { record } = await scene.firstUpdate();
    scene.renameDivision();
    const run = scene.world.newRun();
    await scene.enterStack(run, former, declared(1));
    await expect(run.oauthClients.diff(record.clientId, record, made(0))).rejects.toMatchObject({
      code: "NAME_TAKEN_OVER",
    });
    const byId = made(0, salesDivisionId);
    expect(await run.oauthClients.diff(record.clientId, record, byId)).toEqual({ replaces: [] });
  });

  it("is left as it is where the name is nobody's now, and the record of a client says what it stood for", async () => {
    const { record } = await scene.firstUpdate();
    scene.seed({ divisions: [{ id: salesDivisionId, name: "Sales EMEA" }] });
    const run = scene.world.newRun();
    expect(await scene.enterStack(run, former, declared(2))).not.toHaveProperty("divisions");
    await run.oauthClients.diff(record.clientId, record, made(2));
    const { outs } = await run.oauthClients.create(made(2));
    expect(recordedClient(outs).resolvedRoleDivisions).toEqual([both]);
  });
});

it("names that cannot be looked up are left to those who use them", async () => {
  scene.world.simulator.faults.arm({
    match: { path: divisionsPath },
    kind: "status",
    status: 403,
    times: 9,
  } as never);
  const identity = await scene.enterStack(scene.world.newRun(), {}, declared(0));
  expect(identity).not.toHaveProperty("divisions");
  expect(identity).toHaveProperty("existingRoles");
});
