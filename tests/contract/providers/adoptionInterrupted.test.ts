// An adoption that is cut off at any of its requests, before or after it took effect: the next run ends it, with the same client.
import type { FaultSpec } from "../../../sandbox/genesys/faults";
import { type StackState, upClient } from "../../fault/engine";
import { createProviderWorld, type ProviderWorld, recordedClient } from "../../providerWorld";
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

it.each(cells)("$secret, $fault at the $label ($times)", async ({ secret, match, skip, times, spec }) => {
  const before = world.simulator.organization.describe().clients.length;
  world.simulator.faults.arm({ match, skip, times, ...spec });
  const state: StackState = {};
  const inputs = adopting(secret);
  const failure = await upClient(world.newRun({ waitMs: 5000 }), state, inputs).then(
    () => undefined,
    (error: unknown) => error as Error,
  );
  if (failure !== undefined) {
    expect(failure.message).not.toContain(handMadeSecret);
    expect(failure.message).toMatch(/OAuth client "nightly-report-dev-a"/);
  }
  world.simulator.faults.clear();
  await upClient(world.newRun(), state, inputs);
  const recorded = recordedClient(state.client!.outs);
  expect(recorded).toMatchObject({ clientId: handMadeId, verified: true });
  const { clients } = world.simulator.organization.describe();
  expect(clients).toHaveLength(before);
  expect(clients.find(({ id }) => id === handMadeId)?.description).toContain(recorded.marker);
  const run = world.newRun();
  expect(await mints(run, handMadeId, handMadeSecret)).toBe(secret === "keep");
  expect(recorded.clientSecret !== undefined).toBe(secret === "regenerate");
  if (recorded.clientSecret !== undefined) {
    expect(await mints(run, handMadeId, recorded.clientSecret)).toBe(true);
  }
  world.simulator.requestLog.clear();
  await upClient(world.newRun(), state, inputs);
  expect(world.simulator.requestLog.entries).toEqual([]);
});

it("the cells strike requests that are sent", async () => {
  const state: StackState = {};
  await upClient(world.newRun(), state, adopting("regenerate"));
  const sent = world.simulator.requestLog.entries.map(({ method, path }) => `${method} ${path}`);
  for (const { method, path } of [...ownRequests, ...secretRequests]) {
    expect(sent.some((request) => request.startsWith(method) && new RegExp(path).test(request))).toBe(true);
  }
});
