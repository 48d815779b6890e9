// Permissions that this organisation's catalogue does not list: let through one by one where they are declared so, and told.
import type { RoleInputs } from "../../../providers/role/record";
import { type StackState, upRole } from "../../fault/engine";
import { createProviderWorld, type ProviderWorld, recordedRole, roleInputs } from "../../providerWorld";
import { requestsOf, writesOf } from "./adoptionScene";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

const rolledOut = "workitems:workbin:view";

function policyOf(permission: string) {
  const [domain = "", entityName = "", action = ""] = permission.split(":");
  return { domain, entityName, actionSet: [action] };
}

const holding = (permissions: readonly string[], unlisted?: readonly string[]): RoleInputs =>
  roleInputs({
    permissionPolicies: permissions.map(policyOf),
    ...(unlisted === undefined ? {} : { unlisted }),
  });

async function check(news: RoleInputs, olds: object = {}) {
  world.notices.length = 0;
  const { inputs, failures } = await world.newRun().roles.check({ ...olds }, { ...news });
  return { inputs, reasons: failures.map(({ reason }) => reason), notices: [...world.notices] };
}

it("is refused without the word, which the reason names, and which then works", async () => {
  const { reasons } = await check(holding(["routing:queue:view", rolledOut]));
  expect(reasons).toHaveLength(1);
  expect(reasons[0]).toMatch(/no permission "workitems:workbin:view"; there is no domain "workitems"/);
  expect(reasons[0]).toContain("If it is new, write { permission: …, unlisted: true }");
  expect(await check(holding(["routing:queue:view", rolledOut], [rolledOut]))).toMatchObject({
    reasons: [],
    notices: [
      'Notice: role "reporting-reader" allows workitems:workbin:view, which the permission catalogue of this organisation does not list ' +
        "(unlisted: true): Genesys takes it without a word, whether or not it means anything there.",
    ],
  });
});

it("lets exactly this one through", async () => {
  const { reasons } = await check(holding([rolledOut, "workitems:workbin:edit"], [rolledOut]));
  expect(reasons).toHaveLength(1);
  expect(reasons[0]).toContain('"workitems:workbin:edit"');
});

it("one that is listed by now is no failure: a notice says that the word can be taken out", async () => {
  expect(await check(holding(["routing:queue:view"], ["routing:queue:view"]))).toMatchObject({
    reasons: [],
    notices: [
      'Notice: the permission catalogue of this organisation lists routing:queue:view by now: take unlisted: true out of role "reporting-reader".',
    ],
  });
});

it("is sent, recorded and no drift; unchanged it costs nothing and says nothing", async () => {
  const declared = holding(["routing:queue:view", rolledOut], [rolledOut]);
  const state: StackState = {};
  await upRole(world.newRun(), state, declared);
  const { id, outs } = state.role!;
  expect(world.simulator.organization.describe().roles.find((role) => role.id === id)?.permissions).toContain(
    rolledOut,
  );
  expect((await world.newRun().roles.read(id, recordedRole(outs))).props).toEqual(outs);
  world.simulator.requestLog.clear();
  world.notices.length = 0;
  await upRole(world.newRun(), state, declared);
  expect([requestsOf(world), world.notices]).toEqual([[], []]);
});

it("taking the word out of one that is not listed yet is told, and refused for it alone", async () => {
  const olds = (await check(holding([rolledOut], [rolledOut]))).inputs;
  expect((await check(holding([rolledOut]), olds)).reasons).toEqual([
    expect.stringContaining('no permission "workitems:workbin:view"'),
  ]);
});

it("once it is listed, the word is taken out without a request that changes anything", async () => {
  const listedOnes = ["routing:queue:view"];
  const state: StackState = {};
  await upRole(world.newRun(), state, holding(listedOnes, listedOnes));
  expect(await check(holding(listedOnes), state.role!.inputs)).toMatchObject({ reasons: [], notices: [] });
  world.simulator.requestLog.clear();
  await upRole(world.newRun(), state, holding(listedOnes));
  expect(writesOf(world)).toEqual([]);
  expect(state.role!.outs).not.toHaveProperty("unlisted");
});

it("says nothing against a condition on it, which nobody can judge", async () => {
  const resourceConditionNode = {
    variableName: "a",
    operator: "EQ",
    operands: [{ type: "SCALAR", value: "b" }],
  };
  const conditional = roleInputs({
    permissionPolicies: [{ ...policyOf(rolledOut), resourceConditionNode }],
    unlisted: [rolledOut],
  });
  expect((await check(conditional)).reasons).toEqual([]);
});

it("an answer that could not be read in full lists it perhaps: that is told", async () => {
  world.simulator.faults.arm({
    kind: "status",
    status: 200,
    body: { entities: [{ domain: "routing", permissionMap: null }], pageCount: 1 },
    match: { path: "/authorization/permissions" },
    times: "always",
  });
  const { reasons, notices } = await check(holding([rolledOut], [rolledOut]));
  expect(reasons).toEqual([]);
  expect(notices).toEqual([expect.stringContaining("as far as it could be read, does not list")]);
});

it("no wildcard is unlisted", async () => {
  const inputs = { ...roleInputs(), unlisted: ["routing:*:view"] };
  const { failures } = await world.newRun().roles.check({}, inputs);
  expect(failures).toEqual([
    {
      property: "",
      reason: "unlisted must be a list of permissions, domain:entity:action, without wildcards",
    },
  ]);
});
