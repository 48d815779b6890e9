// The organisation's own limits: /api/v2/organizations/limits (docs/genesys-api.md 5.3). An older description asks for limits:organization:view.
import { z } from "zod";

import type { GenesysClient } from "./client";
import type { LimitNamespace, OrganizationLimit } from "./knowledge/clientLimit";

const namespacesPath = "/api/v2/organizations/limits/namespaces";

/** LimitsEntityListing. */
export const limitsSchema = z.looseObject({ entities: z.array(z.unknown()).nullish() });
/** Limit. */
export const limitSchema = z.looseObject({ key: z.string().min(1), value: z.unknown() });

export class Limits {
  constructor(private readonly client: GenesysClient) {}

  /** The limits of a namespace, as they are. @throws GenesysApiError (404) where Genesys does not know it */
  async of(namespace: LimitNamespace): Promise<OrganizationLimit[]> {
    const path = `${namespacesPath}/${namespace}`;
    const { entities } = await this.client.request(
      { method: "GET", path, kind: "dispensable" },
      limitsSchema,
    );
    const all = entities ?? [];
    const limits = all.flatMap((raw) => {
      const limit = limitSchema.safeParse(raw);
      return limit.success ? [{ namespace, key: limit.data.key, value: limit.data.value }] : [];
    });
    const lostCount = all.length - limits.length;
    if (lostCount > 0) {
      this.client.unread.tellIncomplete(
        `${lostCount} of ${all.length} limits of ${namespace} could not be read`,
        path,
      );
    }
    return limits;
  }
}
