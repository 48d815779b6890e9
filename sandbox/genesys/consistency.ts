// Eventual consistency: how late each kind of change is seen, and which version of an object a reader gets.
import { z } from "zod";

const delay = z.number().min(0);

/** Milliseconds of a day. */
export const dayMs = 86_400_000;

/** Shape of the delays, each in milliseconds on the organisation's clock. */
export const consistencySchema = z.strictObject({
  clientVisibleAfterMs: delay.describe(
    "GET of a new client or integration credential answers 404, and the list leaves it out",
  ),
  clientMintsAfterMs: delay.describe("the token endpoint does not know a new client"),
  oldSecretDiesAfterMs: delay.describe("a replaced secret still mints tokens"),
  roleVisibleAfterMs: delay.describe("a new role is unknown, also where a grant or a client names it"),
  grantEffectiveAfterMs: delay.describe("a new grant counts neither in tokens/me nor in permission checks"),
  deleteVisibleAfterMs: delay.describe(
    "GET and lists still show a deleted client, role or integration credential",
  ),
  staleReadAfterPutMs: delay.describe("GET and lists show the version before the last PUT"),
});

/** The delays, each in milliseconds. */
export type Consistency = z.infer<typeof consistencySchema>;

/** Some of the delays. */
export type ConsistencyPatch = Partial<Consistency>;

/** Every change is seen at once. */
export function strictConsistency(): Consistency {
  return {
    clientVisibleAfterMs: 0,
    clientMintsAfterMs: 0,
    oldSecretDiesAfterMs: 0,
    roleVisibleAfterMs: 0,
    grantEffectiveAfterMs: 0,
    deleteVisibleAfterMs: 0,
    staleReadAfterPutMs: 0,
  };
}

/** The delays with a patch applied; throws zod's error when the patch holds an unknown name or value. */
export function patchConsistency(consistency: Consistency, patch: unknown): Consistency {
  return { ...consistency, ...consistencySchema.partial().parse(patch) } as Consistency;
}

/** A version that was replaced. */
export interface FormerVersion<T> {
  /** Milliseconds since the epoch. */
  readonly supersededAt: number;
  readonly value: T;
}

/** What a reader sees at `now`: the oldest version whose replacement has not reached it yet, else the current one. */
export function versionSeen<T>(
  current: T,
  former: readonly FormerVersion<T>[],
  staleForMs: number,
  now: number,
): T {
  const stale = former.find((version) => version.supersededAt + staleForMs > now);
  return stale === undefined ? current : stale.value;
}

/** The former versions worth keeping after one more replacement: those a reader may still see. */
export function rememberVersion<T>(
  former: readonly FormerVersion<T>[],
  replaced: T,
  staleForMs: number,
  now: number,
): FormerVersion<T>[] {
  return [...former, { supersededAt: now, value: replaced }].filter(
    (version) => version.supersededAt + staleForMs > now,
  );
}
