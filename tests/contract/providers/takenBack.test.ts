// A rotation that failed half-way and is taken back (git revert), without a refresh: consumers go on reading a pair that works.
import { deployerClientId } from "../../../sandbox/genesys/seed";
import { CredentialStack, type DeclaredRotation } from "../../fault/credentialStack";
import { createProviderWorld, type ProviderWorld } from "../../providerWorld";
import { isCurrentWorking, versionLabelled } from "../../storedSecrets";

let world: ProviderWorld;
let stack: CredentialStack;
beforeEach(async () => {
  world = await createProviderWorld();
  stack = new CredentialStack();
});
afterEach(async () => {
  await world.stop();
});

const declared = (generation: number, others: Partial<DeclaredRotation> = {}): DeclaredRotation => ({
  generation,
  clients: "replace",
  overlap: "previous",
  previous: "keep",
  ...others,
});

function currentClient(): string | undefined {
  return versionLabelled(world.secretsManager)?.payload?.clientId;
}

function liveIds(): string[] {
  return world.simulator.organization
    .describe()
    .clients.map(({ id }) => id)
    .filter((id) => id !== deployerClientId)
    .sort();
}

/** The pair of generation 2 is stored, and the run does not hear of it. */
async function interruptedRotation(): Promise<void> {
  await stack.up(world.newRun(), declared(0));
  await stack.up(world.newRun(), declared(1));
  world.secretsManager.faults.arm({ kind: "reset", phase: "after", operation: "PutSecretValue" });
  await expect(stack.up(world.newRun(), declared(2))).rejects.toThrow(/AWS_UNREACHABLE/);
  expect(isCurrentWorking(world)).toBe(true);
}

it("the client that AWSCURRENT names stays, since its pair may be in use; the advised refresh stores the declared one", async () => {
  await interruptedRotation();
  const named = currentClient()!;
  await stack.up(world.newRun(), declared(1));
  expect(currentClient()).toBe(named);
  expect(isCurrentWorking(world)).toBe(true);
  expect(liveIds()).toEqual(stack.recordedIds().sort());
  const run = world.newRun();
  await stack.refresh(run);
  await stack.up(run, declared(1));
  expect(isCurrentWorking(world)).toBe(true);
  expect(currentClient()).toBe(stack.secret?.outs["clientId"]);
  expect(currentClient()).not.toBe(named);
  expect(liveIds()).toEqual(stack.recordedIds().sort());
});

it("the client that AWSCURRENT names is not deactivated either", async () => {
  await stack.up(world.newRun(), declared(0));
  await stack.up(world.newRun(), declared(1));
  const kept = { clients: "keep" } as const;
  await stack.up(world.newRun(), declared(1, kept));
  world.secretsManager.faults.arm({ kind: "reset", phase: "after", operation: "PutSecretValue" });
  await expect(stack.up(world.newRun(), declared(2, kept))).rejects.toThrow(/AWS_UNREACHABLE/);
  await expect(stack.up(world.newRun(), declared(1, { ...kept, previous: "revoked" }))).rejects.toThrow(
    /^Updating OAuth client "nightly-report-dev-a": .*\[CLIENT_STILL_STORED\]$/,
  );
  expect(isCurrentWorking(world)).toBe(true);
});

it("a deletion fails where AWS cannot be asked whom the secret names, and nothing is lost", async () => {
  await interruptedRotation();
  world.secretsManager.faults.arm({ kind: "accessDenied", operation: "GetSecretValue", times: Infinity });
  await expect(stack.up(world.newRun(), declared(1))).rejects.toThrow(
    /^Deleting OAuth client .*GetSecretValue of .*\[AWS_DENIED\]$/,
  );
  expect(isCurrentWorking(world)).toBe(true);
});

it("a rotation asks AWS beforehand who is in use, and nothing more for its deletion; neither does a credential that goes", async () => {
  await stack.up(world.newRun(), declared(0));
  await stack.up(world.newRun(), declared(1));
  world.secretsManager.clearRequestLog();
  await stack.up(world.newRun(), declared(2));
  expect(world.secretsManager.requestLog.map(({ operation }) => operation)).toEqual([
    "DescribeSecret", // who is in use, by each label
    "GetSecretValue",
    "GetSecretValue",
    "DescribeSecret", // the check
    "DescribeSecret",
    "GetSecretValue",
    "PutSecretValue",
    "DescribeSecret",
  ]);
  world.secretsManager.clearRequestLog();
  for (const { id, outs } of stack.clients.values()) {
    await world.newRun().oauthClients.delete(id, outs as never);
  }
  expect(world.secretsManager.requestLog).toEqual([]);
});
