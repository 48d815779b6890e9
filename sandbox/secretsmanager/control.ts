// The control API under /__sim: faults, requests, state and clock, for tests in other processes. Never shows a value.
import { httpStatus } from "../server/httpStatus";
import { type MovableClock } from "../server/movableClock";
import { faultKinds, type FaultKind, type FaultOrder, type VaultFaults } from "./faults";
import { labelsOfVersion, type SecretRecord } from "./secretRecord";
import { type RequestRecord } from "./requestRecord";
import { type Vault } from "./vault";

/** What the control API acts on. */
export interface ControlTarget {
  /** Of the sandbox's own account: label delays act on it alone. */
  readonly vault: Vault;
  secrets(): readonly SecretRecord[];
  readonly faults: VaultFaults;
  readonly clock: MovableClock;
  readonly requestLog: readonly RequestRecord[];
  clearRequestLog(): void;
  /** Called after a change that outlives the process. */
  save(): void;
}

/** Status and JSON body of an answer. */
export interface ControlAnswer {
  readonly status: number;
  readonly body: unknown;
}

const ok = (body: unknown = {}): ControlAnswer => ({ status: httpStatus.ok, body });
const refused = (error: string): ControlAnswer => ({ status: httpStatus.badRequest, body: { error } });

const isCount = (value: unknown): boolean =>
  value === undefined || (typeof value === "number" && Number.isInteger(value) && value >= 0);

const isText = (value: unknown): boolean => value === undefined || typeof value === "string";

function readFault(body: Record<string, unknown>): FaultOrder | string {
  if (!faultKinds.includes(body["kind"] as FaultKind)) {
    return `kind must be one of ${faultKinds.join(", ")}`;
  }
  if (body["phase"] !== undefined && body["phase"] !== "before" && body["phase"] !== "after") {
    return "phase must be before or after";
  }
  if (!isCount(body["times"]) || !isCount(body["skip"])) {
    return "times and skip must be whole numbers of at least 0";
  }
  if (!isText(body["operation"]) || !isText(body["secret"])) {
    return "operation and secret must be text";
  }
  return body as unknown as FaultOrder;
}

function postFault({ vault, faults }: ControlTarget, body: Record<string, unknown>): ControlAnswer {
  const { labelDelayMs, ...fault } = body;
  if (!isCount(labelDelayMs)) {
    return refused("labelDelayMs must be a whole number of at least 0");
  }
  if (labelDelayMs !== undefined) {
    vault.labelDelayMs = labelDelayMs as number;
    if (Object.keys(fault).length === 0) {
      return ok();
    }
  }
  const order = readFault(fault);
  if (typeof order === "string") {
    return refused(order);
  }
  faults.arm(order);
  return ok();
}

/** Secrets with their versions and labels, as they are and not as readers see them during a delay. */
function state(secrets: readonly SecretRecord[]): unknown {
  return {
    secrets: secrets.map(({ arn, name, region, deletionAtMs, versions, labels }) => ({
      arn,
      name,
      region,
      ...(deletionAtMs === undefined ? {} : { deletionAt: new Date(deletionAtMs).toISOString() }),
      versions: versions.map(({ id }) => ({ id, labels: labelsOfVersion(labels, id) })),
    })),
  };
}

/** Answers a request below /__sim. */
export function answerControl(
  target: ControlTarget,
  method: string,
  path: string,
  body: Record<string, unknown>,
): ControlAnswer {
  switch (`${method} ${path}`) {
    case "POST /__sim/faults":
      return postFault(target, body);
    case "GET /__sim/faults":
      return ok({ faults: target.faults.list(), labelDelayMs: target.vault.labelDelayMs });
    case "DELETE /__sim/faults":
      target.faults.clear();
      target.vault.labelDelayMs = 0;
      return ok();
    case "GET /__sim/requests":
      return ok({ requests: target.requestLog });
    case "DELETE /__sim/requests":
      target.clearRequestLog();
      return ok();
    case "GET /__sim/state":
      return ok(state(target.secrets()));
    case "POST /__sim/clock":
      if (!isCount(body["advanceMs"]) || body["advanceMs"] === undefined) {
        return refused("advanceMs must be a whole number of at least 0");
      }
      target.clock.offsetMs += body["advanceMs"] as number;
      target.save();
      return ok({ now: new Date(target.clock.now()).toISOString() });
    default:
      return {
        status: httpStatus.notFound,
        body: { error: `There is no ${method} ${path}; see /__sim/faults, requests, state and clock.` },
      };
  }
}
