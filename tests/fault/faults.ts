// The faults of the matrix: what goes wrong with a request to Genesys or AWS, and what goes wrong with the world around it.
import { deployerClientSecret } from "../../sandbox/genesys/seed";
import type { ConsistencyPatch } from "../../sandbox/genesys/consistency";
import type { FaultSpec } from "../../sandbox/genesys/faults";
import type { SwitchesPatch } from "../../sandbox/genesys/switches";
import type { FaultOrder } from "../../sandbox/secretsmanager/faults";

/** What becomes of one struck request. */
export interface RequestFault {
  readonly name: string;
  readonly spec: Omit<FaultSpec, "match" | "times" | "skip">;
  /** `token`: only the token endpoint answers so; `api`: only the API does. */
  readonly only?: "token" | "api";
  /** Also struck at the requests that prepare or confirm, not just at the one that matters most. */
  readonly isStruckEverywhere?: boolean;
  /** Also struck for good, until the run is over. */
  readonly isStruckForGood?: boolean;
  /** An invented success: it cannot be told from a real one where an answer has no body. */
  readonly isInventedSuccess?: boolean;
}

const retryAfterSeconds = 42;
const slowBodyMs = 5000;

export const requestFaults: readonly RequestFault[] = [
  {
    name: "429 with Retry-After",
    spec: { kind: "status", status: 429, retryAfterSeconds },
    isStruckEverywhere: true,
    isStruckForGood: true,
  },
  { name: "429 without Retry-After", spec: { kind: "status", status: 429 }, isStruckForGood: true },
  {
    name: "400 token rate limit",
    only: "token",
    spec: {
      kind: "status",
      status: 400,
      body: { error: "invalid_request", error_description: "rate limit exceeded; try again later" },
    },
    isStruckEverywhere: true,
  },
  {
    name: "400 unknown client",
    only: "token",
    spec: { kind: "status", status: 400, code: "invalid_client" },
  },
  {
    name: "400 that quotes a secret",
    only: "api",
    spec: {
      kind: "status",
      status: 400,
      body: {
        code: "bad.request",
        message: `refused: client_secret=${deployerClientSecret} Authorization: Bearer ${deployerClientSecret}`,
      },
    },
  },
  { name: "401", spec: { kind: "status", status: 401 }, isStruckEverywhere: true, isStruckForGood: true },
  { name: "403", spec: { kind: "status", status: 403 }, isStruckEverywhere: true, isStruckForGood: true },
  { name: "404", spec: { kind: "status", status: 404 }, isStruckEverywhere: true, isStruckForGood: true },
  { name: "408", spec: { kind: "status", status: 408 }, isStruckForGood: true },
  { name: "409", spec: { kind: "status", status: 409 }, isStruckForGood: true },
  { name: "500 before", spec: { kind: "status", status: 500 }, isStruckEverywhere: true },
  { name: "500 after", spec: { kind: "status", status: 500, phase: "after" } },
  { name: "503 before", spec: { kind: "status", status: 503 }, isStruckForGood: true },
  { name: "503 after", spec: { kind: "status", status: 503, phase: "after" } },
  { name: "504 before", spec: { kind: "status", status: 504 } },
  {
    name: "504 after",
    spec: { kind: "status", status: 504, phase: "after" },
    isStruckEverywhere: true,
    isStruckForGood: true,
  },
  { name: "reset before", spec: { kind: "reset", phase: "before" }, isStruckForGood: true },
  {
    name: "reset after",
    spec: { kind: "reset", phase: "after" },
    isStruckEverywhere: true,
    isStruckForGood: true,
  },
  { name: "time-out before", spec: { kind: "timeout", phase: "before" } },
  { name: "time-out after", spec: { kind: "timeout", phase: "after" } },
  { name: "slow body", spec: { kind: "slowBody", ms: slowBodyMs } },
  { name: "truncated JSON", spec: { kind: "truncated" }, isStruckEverywhere: true, isStruckForGood: true },
  { name: "HTML 502 before", spec: { kind: "html", phase: "before" }, isStruckForGood: true },
  { name: "HTML 200 after", spec: { kind: "html", phase: "after" }, isStruckEverywhere: true },
  { name: "empty body before", spec: { kind: "empty", phase: "before" }, isInventedSuccess: true },
  { name: "empty body after", spec: { kind: "empty", phase: "after" } },
  { name: "JSON as text/plain", spec: { kind: "wrongContentType" } },
];

/** What becomes of one struck request to AWS; its SDK repeats nothing here, so that each fault shows. */
export interface AwsFault {
  readonly name: string;
  readonly order: Omit<FaultOrder, "operation" | "skip" | "times">;
}

export const awsFaults: readonly AwsFault[] = [
  { name: "AWS throttles", order: { kind: "throttling" } },
  { name: "AWS denies", order: { kind: "accessDenied" } },
  { name: "KMS denies", order: { kind: "kmsDenied" } },
  { name: "AWS fails before", order: { kind: "internal" } },
  { name: "AWS fails after", order: { kind: "internal", phase: "after" } },
  { name: "AWS reset before", order: { kind: "reset" } },
  { name: "AWS reset after", order: { kind: "reset", phase: "after" } },
  {
    name: "AWS keys are over",
    order: {
      kind: "error",
      error: { code: "ExpiredTokenException", message: "The security token is expired" },
    },
  },
];

/** What is wrong with the whole organisation while the method runs. */
export interface WorldFault {
  readonly name: string;
  readonly consistency?: ConsistencyPatch;
  readonly switches?: SwitchesPatch;
  /** Genesys's clock jumps ahead after the run has its token: the token is over before its time. */
  readonly clockJumpMs?: number;
  /** The API host refuses connections: until the first wait, or for the whole run. */
  readonly refuses?: "at first" | "for good";
  /** The process dies before the engine has saved the answer. */
  readonly diesBeforeSaving?: boolean;
}

const minuteMs = 60_000;
/** A role that is unknown for longer counts as gone (providers/presence.ts). */
const shortlyMs = 20_000;
const daysMs = 172_800_000;

export const worldFaults: readonly WorldFault[] = [
  { name: "stale reads", consistency: { staleReadAfterPutMs: minuteMs } },
  { name: "late client", consistency: { clientVisibleAfterMs: 2 * minuteMs } },
  { name: "late sign-in", consistency: { clientMintsAfterMs: 2 * minuteMs } },
  { name: "late role", consistency: { roleVisibleAfterMs: shortlyMs } },
  { name: "late grant", consistency: { grantEffectiveAfterMs: 2 * minuteMs } },
  { name: "late delete", consistency: { deleteVisibleAfterMs: minuteMs / 2 } },
  {
    name: "all late",
    consistency: {
      clientVisibleAfterMs: 4 * minuteMs,
      clientMintsAfterMs: 4 * minuteMs,
      roleVisibleAfterMs: shortlyMs,
      grantEffectiveAfterMs: 4 * minuteMs,
    },
  },
  { name: "sign-in late for good", consistency: { clientMintsAfterMs: daysMs } },
  { name: "delete late for good", consistency: { deleteVisibleAfterMs: daysMs } },
  { name: "client limit reached", switches: { maximumClients: 1 } },
  { name: "role limit reached", switches: { maximumRoles: 1 } },
  { name: "minting limit reached", switches: { mintingLimitPerMinute: 1 } },
  { name: "small request limit", switches: { requestsPerMinutePerToken: 2 } },
  { name: "token over mid-run, clock skew", clockJumpMs: daysMs },
  { name: "connection refused at first", refuses: "at first" },
  { name: "connection refused for good", refuses: "for good" },
  { name: "process died before saving", diesBeforeSaving: true },
];
