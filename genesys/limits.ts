// The organisation's own limits: /api/v2/organizations/limits (docs/genesys-api.md 5.3). No permission is needed to read them.
import { z } from "zod";

import type { GenesysClient } from "./client";

/** The namespace that the limit of OAuth clients is expected in; its keys are not documented (docs/genesys-api.md 3.9, 9). */
const clientLimitPath = "/api/v2/organizations/limits/namespaces/auth.api";

/** A key that speaks of the number of OAuth clients. */
const clientKeyPattern = /client/i;
/** A key that speaks of something else about them. */
const otherKeyPattern = /rate|minute|second|token|role|grant|credential|bytes|length/i;

const limitsSchema = z.looseObject({
  entities: z
    .array(z.looseObject({ key: z.string().catch(""), value: z.number().optional().catch(undefined) }))
    .nullish(),
});

export class Limits {
  constructor(private readonly client: GenesysClient) {}

  /** How many OAuth clients the organisation may have; undefined when Genesys does not tell it in a way that is understood. */
  async oauthClients(): Promise<number | undefined> {
    const { entities } = await this.client.request(
      { method: "GET", path: clientLimitPath, kind: "dispensable" },
      limitsSchema,
    );
    const values = (entities ?? [])
      .filter(({ key }) => clientKeyPattern.test(key) && !otherKeyPattern.test(key))
      .flatMap(({ value }) => (value !== undefined && value > 0 ? [value] : []));
    return values.length === 1 ? values[0] : undefined;
  }
}
