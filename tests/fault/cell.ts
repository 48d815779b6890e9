// One cell of the matrix: a fresh world, one struck method, the checks of its failure, and the next `up` that must repair everything.
import { ProviderError } from "../../providers/engine/providerError";
import type { DeployerSettings } from "../../genesys/settings";
import { keepPreparation, type Preparation } from "./preparation";
import { createProviderWorld, type ProviderRun, type ProviderWorld } from "../providerWorld";
import { expectConverged } from "./convergence";
import { refreshSecret, type StackState, up } from "./engine";
import type { AwsFault, RequestFault, WorldFault } from "./faults";
import { everyProperty, SecretCollection, textsOf } from "./leaks";
import type { AwsRequest, MatrixMethod, StruckRequest } from "./matrixMethod";
import { type RefusingGate, startRefusingGate } from "./refusingGate";

/** What strikes: one request of the method, or the world around it. */
export type Strike =
  | { readonly request: StruckRequest; readonly fault: RequestFault; readonly isForGood: boolean }
  | { readonly awsRequest: AwsRequest; readonly fault: AwsFault; readonly isForGood: boolean }
  | { readonly world: WorldFault };

/** What came of it. */
export interface CellResult {
  /** `success`, or the code of the error. */
  readonly outcome: string;
  /** Requests of the method itself, as they reached Genesys. */
  readonly requests: number;
  /** Those that reached AWS. */
  readonly awsRequests: number;
  /** Virtual seconds of the method. */
  readonly seconds: number;
}

/** The longest virtual time of one method, in milliseconds. */
const maximumMs = 600_000;
/** The most requests of one method, struck for good or not. */
const maximumRequests = 80;
const msPerSecond = 1000;
/** Real milliseconds: far from anything that a busy computer needs, so that only struck requests time out. */
const calmTimeoutMs = 20_000;
/** Real milliseconds, for the cells whose fault is that nothing comes. */
const shortTimeoutMs = 500;

const preparations = new Map<MatrixMethod, Preparation>();

/** @throws Jest's error when a client is lost, a secret leaks, a bound is passed or the next `up` does not repair */
export async function runCell(
  method: MatrixMethod,
  strike: Strike,
  documentedCodes: ReadonlySet<string>,
): Promise<CellResult> {
  const world = await createProviderWorld();
  const gate =
    "world" in strike && strike.world.refuses !== undefined
      ? await startRefusingGate(world.simulator.url)
      : undefined;
  try {
    return await strikeAndRepair(world, gate, method, strike, documentedCodes);
  } finally {
    await gate?.shut();
    await world.stop();
  }
}

async function strikeAndRepair(
  world: ProviderWorld,
  gate: RefusingGate | undefined,
  method: MatrixMethod,
  strike: Strike,
  documentedCodes: ReadonlySet<string>,
): Promise<CellResult> {
  const secrets = new SecretCollection(world);
  const { preparing, state } =
    "world" in strike ? await prepare(world, gate, method) : await preparedOnce(world, method);
  secrets.collect();

  const run = await arm(world, gate, preparing, strike);
  const beganAtMs = world.clock.now();
  world.simulator.requestLog.clear();
  world.secretsManager.clearRequestLog();
  // Where the process dies, what the step would have recorded is thrown away.
  const recorded = "world" in strike && strike.world.diesBeforeSaving === true ? { ...state } : state;
  const failure = await method.step(run, recorded).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const result: CellResult = {
    outcome: failure === undefined ? "success" : (failure.error as ProviderError).code,
    requests: world.simulator.requestLog.count(),
    awsRequests: world.secretsManager.requestLog.length,
    seconds: Math.round((world.clock.now() - beganAtMs) / msPerSecond),
  };
  secrets.collect();
  if (failure !== undefined) {
    expectReadable(failure.error, documentedCodes);
    expectNoSecret(secrets, textsOf(failure.error));
  }
  expectNoSecret(secrets, [...world.notices, JSON.stringify(everyProperty(recorded))]);
  expect(result.seconds).toBeLessThanOrEqual(maximumMs / msPerSecond);
  expect(result.requests).toBeLessThanOrEqual(maximumRequests);

  disarm(world);
  const next = world.newRun({ timeoutMs: calmTimeoutMs });
  if (method.isRefreshed === true) {
    await refreshSecret(next, state);
  }
  await up(next, state, method.declared);
  await expectConverged(world, state, method.declared);
  return result;
}

/** Applies what exists before the step. @returns the run that did, which holds a token, and what the engine recorded */
async function prepare(
  world: ProviderWorld,
  gate: RefusingGate | undefined,
  method: MatrixMethod,
): Promise<{ preparing: ProviderRun; state: StackState }> {
  const state: StackState = {};
  const preparing = world.newRun({
    timeoutMs: calmTimeoutMs,
    ...(gate === undefined ? {} : throughGate(world, gate)),
  });
  method.prepare?.(world);
  await up(preparing, state, method.before);
  method.arrange?.(world);
  await preparing.session.enter("Preparing", undefined);
  return { preparing, state };
}

/** As {@link prepare} for cells whose method runs in a new process: nothing of the run that prepared is needed, so it is done once. */
async function preparedOnce(
  world: ProviderWorld,
  method: MatrixMethod,
): Promise<{ preparing: undefined; state: StackState }> {
  const known = preparations.get(method);
  if (known !== undefined) {
    return { preparing: undefined, state: known(world) };
  }
  const { state } = await prepare(world, undefined, method);
  preparations.set(method, keepPreparation(world, state));
  return { preparing: undefined, state };
}

/** The API behind the gate; the login host is reached directly. */
function throughGate(world: ProviderWorld, gate: RefusingGate): Partial<DeployerSettings> {
  return { origins: { apiUrl: gate.url, loginUrl: world.simulator.url } };
}

/** Arms the fault. @returns the run that the method belongs to: a new process, or the one that already holds a token */
async function arm(
  world: ProviderWorld,
  gate: RefusingGate | undefined,
  preparing: ProviderRun | undefined,
  strike: Strike,
): Promise<ProviderRun> {
  if ("request" in strike) {
    const { request, fault, isForGood } = strike;
    world.simulator.faults.arm({
      ...fault.spec,
      match: { method: request.method, path: request.path },
      skip: request.skip ?? 0,
      times: isForGood ? "always" : 1,
    });
    return world.newRun({ timeoutMs: fault.spec.kind === "timeout" ? shortTimeoutMs : calmTimeoutMs });
  }
  if ("awsRequest" in strike) {
    const { awsRequest, fault, isForGood } = strike;
    const { operation, skip = 0 } = awsRequest;
    const times = isForGood ? Infinity : 1;
    world.secretsManager.faults.arm({ ...fault.order, operation, skip, times });
    return world.newRun({ timeoutMs: calmTimeoutMs });
  }
  const { organization } = world.simulator;
  const { consistency, switches, clockJumpMs, refuses } = strike.world;
  organization.setConsistency(consistency ?? {});
  organization.setSwitches(switches ?? {});
  organization.advanceClock(clockJumpMs ?? 0);
  if (refuses !== undefined && gate !== undefined) {
    await gate.shut();
  }
  if (refuses === "at first" && gate !== undefined) {
    const sleep = world.clock.sleep.bind(world.clock);
    world.clock.sleep = async (durationMs) => {
      await gate.open();
      await sleep(durationMs);
    };
  }
  return preparing ?? world.newRun({ timeoutMs: calmTimeoutMs });
}

function disarm(world: ProviderWorld): void {
  const { organization, faults } = world.simulator;
  faults.clear();
  world.secretsManager.faults.clear();
  organization.setConsistency({
    clientVisibleAfterMs: 0,
    clientMintsAfterMs: 0,
    roleVisibleAfterMs: 0,
    grantEffectiveAfterMs: 0,
    deleteVisibleAfterMs: 0,
    staleReadAfterPutMs: 0,
  });
  organization.setSwitches({
    maximumClients: null,
    maximumRoles: null,
    mintingLimitPerMinute: null,
    requestsPerMinutePerToken: null,
  });
}

/** What was being done to which object: what happened; a stable code; no stack. */
function expectReadable(error: unknown, documentedCodes: ReadonlySet<string>): void {
  expect(error).toBeInstanceOf(ProviderError);
  const { message, code, stack } = error as ProviderError;
  expect(message).toMatch(
    /^(Checking|Creating|Storing|Reading|Updating|Deleting|Verifying) (OAuth client|role|integration credential|the secret of) \S+.*: \S/,
  );
  expect(message.endsWith(` [${code}]`)).toBe(true);
  expect(message).not.toMatch(/\n|AxiosError|TypeError|undefined/);
  expect(stack).toBe("");
  expect([...documentedCodes]).toContain(code);
}

function expectNoSecret(secrets: SecretCollection, texts: readonly string[]): void {
  for (const text of texts) {
    expect({ text, secrets: secrets.foundIn(text) }).toEqual({ text, secrets: [] });
  }
}
