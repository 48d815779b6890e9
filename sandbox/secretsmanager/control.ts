// The control API under /__sim: faults, requests, state and clock, for tests in other processes. Never shows a value.
import { z } from "zod";
import { jsonOf } from "../../common/jsonOf";
import { httpStatus } from "../server/httpStatus";
import { type Answer, type Emulator } from "./emulator";
import { faultSchema, wholeNumber } from "./faults";
import { labelsOfVersion, type SecretRecord } from "./secretRecord";

const ok = (body: Answer["body"] = {}): Answer => ({ status: httpStatus.ok, body });

const delaySchema = wholeNumber("labelDelayMs must be").optional();
const advanceSchema = wholeNumber("advanceMs must be");

/** @throws zod's error when the body is not well formed */
function postFault({ vault, faults }: Emulator, { labelDelayMs, ...fault }: Record<string, unknown>): Answer {
  const delay = delaySchema.parse(labelDelayMs);
  vault.labelDelayMs = delay ?? vault.labelDelayMs;
  if (delay === undefined || Object.keys(fault).length > 0) {
    faults.arm(faultSchema.loose().parse(fault));
  }
  return ok();
}

/** Secrets with their versions and labels, as they are and not as readers see them during a delay. */
function state(secrets: readonly SecretRecord[]): Answer["body"] {
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

const badRequest = (error: string | undefined): Answer => ({
  status: httpStatus.badRequest,
  body: { error },
});

/** Answers a request below /__sim. */
export function answerControl(target: Emulator, method: string, path: string, text: string): Answer {
  const body = text === "" ? {} : jsonOf(text);
  if (body === undefined) {
    return badRequest("the body is not JSON");
  }
  try {
    const members = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
    return answer(target, method, path, members);
  } catch (error) {
    if (error instanceof z.ZodError) {
      return badRequest(error.issues[0]?.message);
    }
    throw error;
  }
}

function answer(target: Emulator, method: string, path: string, body: Record<string, unknown>): Answer {
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
      target.clock.offsetMs += advanceSchema.parse(body["advanceMs"]);
      target.save();
      return ok({ now: new Date(target.clock.now()).toISOString() });
    default:
      return {
        status: httpStatus.notFound,
        body: { error: `There is no ${method} ${path}; see /__sim/faults, requests, state and clock.` },
      };
  }
}
