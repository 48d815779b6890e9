// The emulator without its socket: runs operations on the vault, with faults, request log and snapshot.
import { type Clock } from "../../common/clock";
import { AdjustableClock } from "./adjustableClock";
import { type ControlTarget } from "./control";
import { faultError, VaultFaults, type FaultOrder } from "./faults";
import { operations } from "./operations";
import { RequestBody } from "./requestBody";
import { type RequestRecord } from "./requestRecord";
import { internalServiceError, ServiceError } from "./serviceError";
import { loadSnapshot, saveSnapshot } from "./snapshot";
import { Vault } from "./vault";

const okStatus = 200;
const internalErrorStatus = 500;
/** Operations that change nothing worth saving (the day of the last access is saved with the next change). */
const readingOperation = /^(Get|BatchGet|List|Describe|Validate)/;

/** Status and JSON body of an answer. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** The vault behind its operations: faults, log and snapshot. Knows no sockets. */
export class Emulator implements ControlTarget {
  readonly faults = new VaultFaults();
  readonly requestLog: RequestRecord[] = [];
  readonly clock: AdjustableClock;
  readonly vault: Vault;

  constructor(
    base: Clock,
    private readonly snapshotPath: string | undefined,
  ) {
    const { clockOffsetMs, secrets } =
      snapshotPath === undefined ? { clockOffsetMs: 0, secrets: [] } : loadSnapshot(snapshotPath);
    this.clock = new AdjustableClock(base, clockOffsetMs);
    this.vault = new Vault(this.clock, secrets);
  }

  clearRequestLog(): void {
    this.requestLog.length = 0;
  }

  save(): void {
    if (this.snapshotPath === undefined) {
      return;
    }
    try {
      saveSnapshot(this.snapshotPath, {
        clockOffsetMs: this.clock.offsetMs,
        secrets: [...this.vault.all()],
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : "unknown reason";
      throw new ServiceError(
        "InternalServiceError",
        `The sandbox could not save its secrets: ${reason}`,
        internalErrorStatus,
      );
    }
  }

  /** Runs one operation, faults included; the answer is absent when a fault leaves the request without one. */
  run(operation: string, region: string, text: string): { answer?: Answer; fault?: FaultOrder } {
    const secretId = readIdForLog(text);
    const secret = this.nameOf(region, secretId);
    const fault = this.faults.take(operation, secret);
    let answer: Answer = { status: okStatus, body: {} };
    if (fault === undefined || fault.phase === "after") {
      answer = this.perform(operation, region, text);
    }
    let isAnswered = true;
    if (fault !== undefined) {
      const error = faultError(fault, operation, secretId ?? "*");
      isAnswered = error !== undefined;
      answer = error === undefined ? answer : errorAnswer(error);
    }
    const errorType = answer.body["__type"];
    this.requestLog.push({
      operation,
      ...(secret === undefined ? {} : { secret }),
      region,
      status: isAnswered ? answer.status : 0,
      ...(typeof errorType === "string" ? { error: errorType } : {}),
    });
    return { ...(isAnswered ? { answer } : {}), ...(fault === undefined ? {} : { fault }) };
  }

  private perform(operation: string, region: string, text: string): Answer {
    try {
      const run = operations.get(operation);
      if (run === undefined) {
        throw new ServiceError("UnknownOperationException", "");
      }
      const body = run({
        vault: this.vault,
        region,
        body: RequestBody.parse(text),
        nowMs: this.clock.now(),
      });
      if (!readingOperation.test(operation)) {
        this.save();
      }
      return { status: okStatus, body };
    } catch (error) {
      return errorAnswer(error instanceof ServiceError ? error : internalServiceError());
    }
  }

  private nameOf(region: string, secretId: string | undefined): string | undefined {
    if (secretId === undefined) {
      return undefined;
    }
    try {
      return this.vault.find(region, secretId).name;
    } catch {
      return secretId;
    }
  }
}

/** A refusal as AWS words it. */
export function errorAnswer(error: ServiceError): Answer {
  return { status: error.status, body: { __type: error.code, Message: error.message } };
}

/** Which secret a request is about, even when the request is refused for another reason. */
function readIdForLog(text: string): string | undefined {
  try {
    const { SecretId, Name } = JSON.parse(text) as Record<string, unknown>;
    const id = SecretId ?? Name;
    return typeof id === "string" ? id : undefined;
  } catch {
    return undefined;
  }
}
