// Faults: which requests are to go wrong, in which way, how often, and before or after the real work.
import { createHash } from "node:crypto";
import { z } from "zod";
import { type RequestLogEntry } from "./requestLog";

const minimumStatus = 100;
const maximumStatus = 599;

/** How many numbers 32 bits can hold. */
const uint32Range = 2 ** 32;
const count = z.int().min(0);

const kinds = [
  "status",
  "slow",
  "slowBody",
  "reset",
  "timeout",
  "truncated",
  "html",
  "empty",
  "wrongContentType",
] as const;

function isExpression(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

/** Shape of a fault. */
export const faultSchema = z
  .strictObject({
    match: z
      .strictObject({
        method: z.string().optional(),
        /** Regular expression, searched in the path and in the path with its query. */
        path: z.string().refine(isExpression, "is not a regular expression").optional(),
        /** Client id of the caller. */
        client: z.string().optional(),
        /** Text that the request body contains. */
        body: z.string().optional(),
      })
      .default({}),
    kind: z.enum(kinds),
    /** `before`: the request has no effect; `after`: it has, and only the answer breaks. */
    phase: z.enum(["before", "after"]).optional(),
    status: z.int().min(minimumStatus).max(maximumStatus).optional(),
    /** Code of the error body. */
    code: z.string().optional(),
    /** JSON body instead of the usual one. */
    body: z.unknown().optional(),
    /** Sends Retry-After. */
    retryAfterSeconds: z.number().min(0).optional(),
    /** Milliseconds to wait, for slow and slowBody. */
    ms: count.optional(),
    times: z.union([z.int().min(1), z.literal("always")]).default(1),
    /** Matching requests that pass unharmed first. */
    skip: count.default(0),
    /** Then only each n-th matching request is struck. */
    every: z.int().min(1).default(1),
    probability: z.number().min(0).max(1).default(1),
    /** Start of the pseudo-random sequence behind probability. */
    seed: z.int().default(1),
  })
  .refine((fault) => fault.kind !== "status" || fault.status !== undefined, "the kind status needs a status");

/** A fault as it is armed. */
export type FaultSpec = z.input<typeof faultSchema>;

type Fault = z.output<typeof faultSchema>;

/** A fault that strikes a request. */
export type StrikingFault = Fault & { readonly phase: "before" | "after" };

/** A fault with its history. */
export interface ArmedFault extends Fault {
  readonly id: number;
  /** Requests that matched so far. */
  readonly matched: number;
  /** Requests that were struck so far. */
  readonly struck: number;
}

/** What is known of a request when faults are chosen. */
type FaultTarget = Pick<RequestLogEntry, "method" | "path" | "clientId"> & { readonly body: string };

/** Kinds that break an answer: struck after the work unless told otherwise. */
const answerBreakers: readonly Fault["kind"][] = ["slowBody", "truncated", "wrongContentType"];

/** Numbers from 0 to below 1, the same ones for the same seed: the first 32 bits of a hash of seed and position. */
function randomSequence(seed: number): () => number {
  let position = 0;
  return () => {
    position += 1;
    return createHash("sha256").update(`${seed} ${position}`).digest().readUInt32BE(0) / uint32Range;
  };
}

function matches(fault: Fault, target: FaultTarget): boolean {
  const { method, path, client, body } = fault.match;
  const barePath = target.path.split("?")[0] ?? target.path;
  return (
    (method === undefined || method.toUpperCase() === target.method) &&
    (path === undefined || new RegExp(path).test(barePath) || new RegExp(path).test(target.path)) &&
    (client === undefined || client === target.clientId) &&
    (body === undefined || target.body.includes(body))
  );
}

/** The faults of one simulator. */
export class Faults {
  private armedFaults: { spec: Fault; id: number; matched: number; struck: number; random: () => number }[] =
    [];
  private lastId = 0;

  /** Arms a fault and returns its id. @throws zod's error when the fault is not well formed */
  arm(spec: FaultSpec): number {
    const fault = faultSchema.parse(spec);
    this.lastId += 1;
    const random = randomSequence(fault.seed);
    this.armedFaults.push({ spec: fault, id: this.lastId, matched: 0, struck: 0, random });
    return this.lastId;
  }

  /** All faults, also those that are used up. */
  get armed(): readonly ArmedFault[] {
    return this.armedFaults.map(({ spec, id, matched, struck }) => ({ ...spec, id, matched, struck }));
  }

  /** Disarms all faults. */
  clear(): void {
    this.armedFaults = [];
  }

  /** The fault that strikes this request: the first armed one that is due. All matching ones count the request. */
  choose(target: FaultTarget): StrikingFault | undefined {
    let chosen: StrikingFault | undefined;
    for (const armed of this.armedFaults) {
      if (!matches(armed.spec, target)) {
        continue;
      }
      armed.matched += 1;
      const { spec } = armed;
      const position = armed.matched - spec.skip;
      const isDue = position > 0 && position % spec.every === 0;
      const isLeft = spec.times === "always" || armed.struck < spec.times;
      if (chosen === undefined && isDue && isLeft && armed.random() < spec.probability) {
        armed.struck += 1;
        const phase = spec.phase ?? (answerBreakers.includes(spec.kind) ? "after" : "before");
        chosen = { ...spec, phase };
      }
    }
    return chosen;
  }
}
