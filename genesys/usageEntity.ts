// One row of a usage job, read as far as it can be: what is missing in it must not pass for "no requests".
import { z } from "zod";

import { requestCount, requestsOf, statusFields } from "./usageRows";

/** Whose requests a row tells: the client's, nobody's that is a client, or that of whom cannot be read. */
export type UsageOwner = { readonly clientId: string } | "no client" | "unreadable";

export interface UsageEntity {
  readonly owner: UsageOwner;
  /** A day or an instant; undefined where it cannot be read. */
  readonly date: string | undefined;
  /** Undefined where the row has no figure that can be read. */
  readonly requests: number | undefined;
}

const unreadable: UsageEntity = { owner: "unreadable", date: undefined, requests: undefined };

/** The model is a reference, and its description speaks of the id (docs/genesys-api.md 3.11). */
const ownerSchema = z.union([
  z.looseObject({ id: z.string().min(1) }).transform(({ id }): UsageOwner => ({ clientId: id })),
  z
    .string()
    .min(1)
    .transform((id): UsageOwner => ({ clientId: id })),
  z.null().transform((): UsageOwner => "no client"),
  z.undefined().transform((): UsageOwner => "no client"),
]);

/** OrganizationPublicApiUsage and ClientPublicApiUsage. */
const entitySchema = z
  .looseObject({
    date: z.string().optional().catch(undefined),
    requestCount,
    ...statusFields,
    oauthClient: ownerSchema.catch("unreadable"),
  })
  .transform(({ date, requestCount: total, oauthClient, ...statuses }): UsageEntity => ({
    owner: oauthClient,
    date: date !== undefined && Number.isNaN(Date.parse(date)) ? undefined : date,
    requests: requestsOf(total, statuses),
  }));

export function readUsageEntity(raw: unknown): UsageEntity {
  const parsed = entitySchema.safeParse(raw);
  return parsed.success ? parsed.data : unreadable;
}
