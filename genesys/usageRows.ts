// Rows of usage figures as Genesys tells them: requests of a day, or of a part of it (docs/genesys-api.md 3.11).
import { z } from "zod";

/** Requests of one day, or of a part of it: several rows may have one day. */
export interface UsageRow {
  /** As Genesys writes it: a day or an instant. */
  readonly date: string;
  /** NaN where the row has no figure that can be read, which is not "none". */
  readonly requests: number;
}

const count = z.number().min(0).nullish().catch(undefined);

/** The figures that both kinds of rows have; `status429` is a part of `status400`. */
export const statusFields = {
  status200: count,
  status300: count,
  status400: count,
  status500: count,
} as const;

/** A number of requests; anything else is none. */
export const requestCount = count;

/** All requests of a row: their number, else those of each status; undefined where the row has no figure at all. */
export function requestsOf(
  total: number | null | undefined,
  statuses: { readonly [K in keyof typeof statusFields]?: number | null | undefined },
): number | undefined {
  const told = [statuses.status200, statuses.status300, statuses.status400, statuses.status500].flatMap(
    (figure) => figure ?? [],
  );
  return total ?? (told.length === 0 ? undefined : told.reduce((sum, more) => sum + more, 0));
}
