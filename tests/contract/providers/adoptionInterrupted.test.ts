// An adoption that is cut off at any of its requests, before or after it took effect: the next run ends it, with the same client.
import type { FaultSpec } from "../../../sandbox/genesys/faults";
import { type StackState, upClient, upSecret } from "../../fault/engine";
import {
  clientSecretInputs,
  createProviderWorld,
  type ProviderWorld,
  recordedClient,
} from "../../providerWorld";
import { isCurrentWorking, versionLabelled } from "../../storedSecrets";
import { adopting, handMadeId, handMadeSecret, mints, seedHandMade } from "./adoptionScene";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
  seedHandMade(world);
});
afterEach(async () => {
  await world.stop();
});

const clientPath = `/oauth/clients/${handMadeId}`;
interface StruckRequest {
  readonly label: string;
  readonly method: string;
  readonly path: string;
  /** Earlier requests of the same form that pass unharmed. */
  readonly skip?: number;
}

const ownRequests: readonly StruckRequest[] = [
  { label: "list", method: "GET", path: "/oauth/clients$" },
  { label: "GET", method: "GET", path: `${clientPath}$` },
  { label: "PUT", method: "PUT", path: `${clientPath}$` },
];
const secretRequests: readonly StruckRequest[] = [
  { label: "new secret", method: "POST", path: `${clientPath}/secret$` },
  { label: "verification's token", method: "POST", path: "/oauth/token$", skip: 1 },
  { label: "verification's identity", method: "GET", path: "/tokens/me", skip: 1 },
];

type Fault = Omit<FaultSpec, "match" | "times" | "skip">;
const faults: readonly [string, Fault][] = [
  ["500 before", { kind: "status", status: 500 }],
  ["504 after", { kind: "status", status: 504, phase: "after" }],
  ["reset before", { kind: "reset", phase: "before" }],
  ["reset after", { kind: "reset", phase: "after" }],
  ["403", { kind: "status", status: 403 }],
  ["truncated", { kind: "truncated" }],
];

const cells = (["keep", "regenerate"] as const).flatMap((secret) =>
  [...ownRequests, ...(secret === "keep" ? [] : secretRequests)].flatMap(({ label, skip = 0, ...match }) =>
    faults.flatMap(([fault, spec]) =>
      ([1, "always"] as const).map((times) => ({ secret, label, fault, times, skip, match, spec })),
    ),
  ),
);

/** `up` of the client and, where it is declared, of its stored secret. */
async function apply(state: StackState, secret: "keep" | "regenerate", waitMs = 300_000): Promise<void> {
  const run = world.newRun({ waitMs });
  await upClient(run, state, adopting(secret));
  if (secret === "regenerate") {
    await upSecret(run, state, clientSecretInputs(""));
  }
}

it.each(cells)("$secret, $fault at the $label ($times)", async ({ secret, match, skip, times, spec }) => {
  const before = world.simulator.organization.describe().clients.length;
  world.simulator.faults.arm({ match, skip, times, ...spec });
  const state: StackState = {};
  const failure = await apply(state, secret, 5000).then(
    () => undefined,
    (error: unknown) => error as Error,
  );
  if (failure !== undefined) {
    expect(failure.message).not.toContain(handMadeSecret);
    expect(failure.message).toMatch(/OAuth client "nightly-report-dev-a"|the secret of nightly-report/);
    expect(versionLabelled(world.secretsManager)).toBeUndefined();
  }
  world.simulator.faults.clear();
  await apply(state, secret);
  const recorded = recordedClient(state.client!.outs);
  expect(recorded).toMatchObject({ clientId: handMadeId });
  expect(recorded).not.toHaveProperty("areRolesUnconfirmed");
  const { clients } = world.simulator.organization.describe();
  expect(clients).toHaveLength(before);
  expect(clients.find(({ id }) => id === handMadeId)?.description).toContain(recorded.marker);
  expect(await mints(world.newRun(), handMadeId, handMadeSecret)).toBe(secret === "keep");
  expect(isCurrentWorking(world)).toBe(secret === "keep" ? undefined : true);
  world.simulator.requestLog.clear();
  await apply(state, secret);
  expect(world.simulator.requestLog.entries).toEqual([]);
});

it("the cells strike requests that are sent", async () => {
  const state: StackState = {};
  await apply(state, "regenerate");
  const sent = world.simulator.requestLog.entries.map(({ method, path }) => `${method} ${path}`);
  for (const { method, path } of [...ownRequests, ...secretRequests]) {
    expect(sent.some((request) => request.startsWith(method) && new RegExp(path).test(request))).toBe(true);
  }
});
