// Eventual consistency: how late each kind of change is seen.
import { z } from "zod";

const delay = z.number().min(0);

/** Shape of the delays, each in milliseconds on the organisation's clock. */
export const consistencySchema = z.strictObject({
  /** GET of a new client or integration credential answers 404, and the list leaves it out. */
  clientVisibleAfterMs: delay,
  /** The token endpoint does not know a new client. */
  clientMintsAfterMs: delay,
  /** A replaced secret still mints tokens. */
  oldSecretDiesAfterMs: delay,
  /** A new role is unknown, also where a grant or a client names it. */
  roleVisibleAfterMs: delay,
  /** A new grant counts neither in tokens/me nor in permission checks. */
  grantEffectiveAfterMs: delay,
  /** GET and lists still show a deleted client, role or integration credential. */
  deleteVisibleAfterMs: delay,
  /** GET and lists show the version before the last PUT. */
  staleReadAfterPutMs: delay,
});

/** The delays, each in milliseconds. */
export type Consistency = z.infer<typeof consistencySchema>;

/** Some of the delays. */
export type ConsistencyPatch = Partial<Consistency>;

/** Every change is seen at once. */
export function strictConsistency(): Consistency {
  return Object.fromEntries(Object.keys(consistencySchema.shape).map((name) => [name, 0])) as Consistency;
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
