// The emulator without its socket: runs operations on the caller's vault, with faults, request log and snapshot.
import { type Clock } from "../../common/clock";
import { defined } from "../../common/defined";
import { jsonOf } from "../../common/jsonOf";
import { httpStatus } from "../server/httpStatus";
import { MovableClock } from "../server/movableClock";
import { loadSnapshot, saveSnapshot } from "../server/snapshotFile";
import { Callers, type Caller } from "./callers";
import { accessDenied, faultError, VaultFaults, type FaultOrder } from "./faults";
import { operations } from "./operations";
import { RequestBody } from "./requestBody";
import { accountId, accountOf } from "./secretIds";
import { type SecretRecord } from "./secretRecord";
import { answerSts, type StsAnswer } from "./securityTokenService";
import { internalServiceError, ServiceError } from "./serviceError";
import { Vault } from "./vault";

const snapshotVersion = 1;
/** Operations that change nothing worth saving (the day of the last access is saved with the next change). */
const readingOperation = /^(Get|BatchGet|List|Describe|Validate)/;

/** What is kept on disk: the secrets, and how far the clock was moved ahead. */
interface Snapshot {
  readonly version: typeof snapshotVersion;
  readonly clockOffsetMs: number;
  readonly secrets: readonly SecretRecord[];
}

function isSnapshot({ version, secrets }: Partial<Snapshot>): boolean {
  return version === snapshotVersion && Array.isArray(secrets);
}

/** One request that was answered, or left unanswered by a fault (`status` 0). Holds no value. */
export interface RequestRecord {
  readonly operation: string;
  readonly secret?: string;
  readonly region: string;
  /** Who asked: the access key of the signature, and the account that it belongs to. */
  readonly accessKeyId: string;
  readonly account: string;
  readonly status: number;
  /** AWS error type of a refusal. */
  readonly error?: string;
}

/** Status and JSON body of an answer. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** The vaults behind their operations: callers, faults, log and snapshot. Knows no sockets. */
export class Emulator {
  readonly faults = new VaultFaults();
  readonly requestLog: RequestRecord[] = [];
  readonly clock: MovableClock;
  readonly callers = new Callers();
  /** The vault of the sandbox's own account. */
  readonly vault: Vault;
  private readonly vaults = new Map<string, Vault>();

  constructor(
    base: Clock,
    private readonly snapshotPath: string | undefined,
  ) {
    const snapshot =
      snapshotPath === undefined ? undefined : loadSnapshot<Snapshot>(snapshotPath, "emulator's", isSnapshot);
    const { clockOffsetMs = 0, secrets = [] } = snapshot ?? {};
    this.clock = new MovableClock(base, clockOffsetMs);
    const accounts = new Set([accountId, ...secrets.map(({ arn }) => accountOf(arn) ?? accountId)]);
    for (const account of accounts) {
      const own = secrets.filter(({ arn }) => (accountOf(arn) ?? accountId) === account);
      this.vaults.set(account, new Vault(this.clock, own, account));
    }
    this.vault = this.vaultOf(accountId);
  }

  /** The secrets of all accounts. */
  secrets(): SecretRecord[] {
    return [...this.vaults.values()].flatMap((vault) => [...vault.all()]);
  }

  clearRequestLog(): void {
    this.requestLog.length = 0;
  }

  save(): void {
    if (this.snapshotPath === undefined) {
      return;
    }
    try {
      const { offsetMs: clockOffsetMs } = this.clock;
      const snapshot: Snapshot = { version: snapshotVersion, clockOffsetMs, secrets: this.secrets() };
      saveSnapshot(this.snapshotPath, snapshot);
    } catch (error) {
      const reason = error instanceof Error ? error.message : "unknown reason";
      throw new ServiceError(
        "InternalServiceError",
        `The sandbox could not save its secrets: ${reason}`,
        httpStatus.internalError,
      );
    }
  }

  /** Runs one operation, faults included; the answer is absent when a fault leaves the request without one. */
  run(
    operation: string,
    region: string,
    text: string,
    caller: Caller,
  ): { answer?: Answer; fault?: FaultOrder } {
    const secretId = readIdForLog(text);
    const secret = secretId && (this.vaultOf(caller.account).seek(region, secretId)?.name ?? secretId);
    const fault = this.faults.take(operation, secret);
    const isDone = fault === undefined || fault.phase === "after";
    const done = isDone ? this.perform(operation, region, text, caller) : undefined;
    const refusal = fault && faultError(fault, `secretsmanager:${operation}`, secretId ?? "*", caller);
    const answer = fault === undefined ? done : refusal && errorAnswer(refusal);
    const errorType = (answer ?? done)?.body["__type"];
    const error = typeof errorType === "string" ? errorType : undefined;
    this.log(caller, defined({ operation, secret, region, status: answer?.status ?? 0, error }));
    return defined({ answer, fault });
  }

  /** Answers a request to STS; faults refuse it where they name its action. */
  runSts(region: string, text: string, caller: Caller, requestId: string): StsAnswer {
    const form = new URLSearchParams(text);
    const operation = form.get("Action") ?? "";
    const fault = this.faults.takeNamed(operation);
    const refusal = fault && faultError(fault, `sts:${operation}`, form.get("RoleArn") ?? "*", caller);
    const answer = answerSts(form, caller, this.callers, this.clock.now(), requestId, refusal);
    const { status, error } = answer;
    this.log(caller, { operation, region, status, ...defined({ error }) });
    return answer;
  }

  private log(
    { accessKeyId, account }: Caller,
    record: Omit<RequestRecord, "accessKeyId" | "account">,
  ): void {
    this.requestLog.push({ ...record, accessKeyId, account });
  }

  private vaultOf(account: string): Vault {
    const vault = this.vaults.get(account) ?? new Vault(this.clock, [], account);
    this.vaults.set(account, vault);
    return vault;
  }

  private perform(operation: string, region: string, text: string, caller: Caller): Answer {
    try {
      const run = operations.get(operation);
      if (run === undefined) {
        throw new ServiceError("UnknownOperationException", "");
      }
      const secretId = readIdForLog(text) ?? "";
      if ((accountOf(secretId) ?? caller.account) !== caller.account) {
        throw accessDenied(caller, `secretsmanager:${operation}`, secretId, "resource-based");
      }
      const body = run({
        vault: this.vaultOf(caller.account),
        region,
        body: RequestBody.parse(text),
        nowMs: this.clock.now(),
      });
      if (!readingOperation.test(operation)) {
        this.save();
      }
      return { status: httpStatus.ok, body };
    } catch (error) {
      return errorAnswer(error instanceof ServiceError ? error : internalServiceError());
    }
  }
}

/** A refusal as AWS words it. */
export function errorAnswer(error: ServiceError): Answer {
  return { status: error.status, body: { __type: error.code, Message: error.message } };
}

/** Which secret a request is about, even when the request is refused for another reason. */
function readIdForLog(text: string): string | undefined {
  const { SecretId, Name } = (jsonOf(text) ?? {}) as Record<string, unknown>;
  const id = SecretId ?? Name;
  return typeof id === "string" ? id : undefined;
}
