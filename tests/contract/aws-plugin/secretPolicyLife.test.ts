// The life of a SecretPolicy through the stand-in plugin.
import { changes, failureOf, recordedFailure, types, type Recorded } from "./engine";
import { PluginWorld, region } from "./pluginWorld";

const name = "genesys/dev/report";
const policyFor = (principal: string): string =>
  JSON.stringify({
    Statement: [
      { Effect: "Allow", Principal: { AWS: principal }, Action: "secretsmanager:*", Resource: "*" },
    ],
  });
const policy = policyFor("arn:aws:iam::123456789012:root");

let world: PluginWorld;
let secretArn: string;

beforeEach(async () => {
  world = await PluginWorld.start();
  secretArn = (await world.secret()).id;
});

afterEach(() => world.stop());

const attach = (more: object = {}): Promise<Recorded> =>
  world.engine.create(types.policy, { secretArn, policy, blockPublicPolicy: true, ...more });

test("creation puts the policy and waits until it is there; the id is the secret's ARN", async () => {
  const attached = await attach();
  expect(world.calls()).toEqual(["PutResourcePolicy", "GetResourcePolicy"]);
  expect(attached.id).toBe(secretArn);
  expect(attached.outputs.values).toEqual({ secretArn, policy, blockPublicPolicy: true, region });
});

test("a public policy is refused where the guard is set", async () => {
  expect(await failureOf(attach({ policy: policyFor("*") }))).toContain("PublicPolicyException");
  await expect(attach({ policy: policyFor("*"), blockPublicPolicy: false })).resolves.toBeDefined();
});

test("a principal that AWS does not know yet is tried again, for two minutes at most", async () => {
  const error = {
    code: "MalformedPolicyDocumentException",
    message: "This resource policy contains an unsupported principal.",
  };
  world.emulator.faults.arm({ kind: "error", operation: "PutResourcePolicy", times: 2, error });
  await attach();
  expect(world.calls().filter((operation) => operation === "PutResourcePolicy")).toHaveLength(3);
  world.emulator.faults.arm({ kind: "error", operation: "PutResourcePolicy", times: 1000, error });
  expect(await failureOf(attach())).toContain("unsupported principal");
});

test("spacing and key order are no difference; other words are", async () => {
  const attached = await attach();
  const spaced = JSON.stringify(JSON.parse(policy), undefined, 2);
  const same = await world.engine.diff(types.policy, attached, { ...attached.inputs.values, policy: spaced });
  expect(same.changes).toBe(changes.none);
  const other = await world.engine.diff(types.policy, attached, {
    ...attached.inputs.values,
    policy: policyFor("arn:aws:iam::123456789012:role/reader"),
  });
  expect(other).toMatchObject({ diffsList: ["policy"], replacesList: [] });
});

test("another secret replaces", async () => {
  const attached = await attach();
  const diff = await world.engine.diff(types.policy, attached, {
    ...attached.inputs.values,
    secretArn: "other",
  });
  expect(diff.replacesList).toEqual(["secretArn"]);
});

test("an update puts the new policy", async () => {
  const attached = await attach();
  const news = policyFor("arn:aws:iam::123456789012:role/reader");
  world.calls();
  await world.engine.update(types.policy, attached, { secretArn, policy: news, blockPublicPolicy: true });
  expect(world.calls()).toEqual(["PutResourcePolicy", "GetResourcePolicy"]);
  expect(world.emulator.vault.find(region, name).policy).toBe(news);
});

test("a refused update is recorded as if it had been done; the next one sends nothing and reads what there is", async () => {
  const attached = await attach();
  const news = { ...attached.inputs.values, policy: policyFor("arn:aws:iam::123456789012:role/reader") };
  world.emulator.faults.arm({ kind: "accessDenied", operation: "PutResourcePolicy" });
  const failed = await recordedFailure(world.engine.update(types.policy, attached, news));
  expect(failed["policy"]).toBe(news.policy);
  world.calls();
  const recorded = { ...attached, outputs: { values: failed, secrets: [] } };
  const second = await world.engine.update(types.policy, recorded, news);
  expect(world.calls()).toEqual(["GetResourcePolicy"]);
  expect(second.outputs.values["policy"]).toBe(policy);
  expect((await world.engine.diff(types.policy, second, news)).diffsList).toEqual(["policy"]);
});

test("refresh: no drift gives back the record, drift shows the policy, a removed policy is gone", async () => {
  const attached = await attach();
  expect(await world.engine.read(types.policy, attached)).toEqual({
    id: attached.id,
    inputs: { values: attached.inputs.values, secrets: [] },
    outputs: attached.outputs,
  });
  const drifted = policyFor("arn:aws:iam::123456789012:role/stranger");
  world.emulator.vault.setPolicy(region, name, drifted);
  const refreshed = await world.engine.read(types.policy, attached);
  expect([refreshed?.inputs.values["policy"], refreshed?.outputs.values["policy"]]).toEqual([
    drifted,
    drifted,
  ]);
  world.emulator.vault.setPolicy(region, name, undefined);
  expect(await world.engine.read(types.policy, attached)).toBeUndefined();
});

test("deletion removes the policy, and succeeds when the secret is going", async () => {
  const attached = await attach();
  await world.engine.delete(types.policy, attached);
  expect(world.emulator.vault.find(region, name).policy).toBeUndefined();
  world.emulator.vault.delete(region, name, 7, false);
  await expect(world.engine.delete(types.policy, attached)).resolves.toBeUndefined();
});

test("inputs that cannot be a policy are refused before AWS is asked", async () => {
  const { failures } = await world.engine.check(types.policy, { policy: "no" });
  expect(failures).toEqual(["secretArn is missing", "policy is not a JSON document"]);
});
