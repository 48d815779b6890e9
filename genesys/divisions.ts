// Divisions: /api/v2/authorization/divisions (docs/genesys-api.md 4.5). No permission is needed to read them.
import type { z } from "zod";

import { tellUnread } from "./answered";
import type { GenesysClient } from "./client";
import { listAll } from "./listing";
import { divisionSchema } from "./wire";

/** A division: where a role applies. */
export type Division = z.infer<typeof divisionSchema>;

const divisionsPath = "/api/v2/authorization/divisions";
const pageSize = 100;

export class Divisions {
  constructor(private readonly client: GenesysClient) {}

  /** The home division: every organisation has exactly one. */
  home(): Promise<Division> {
    return this.client.request({ method: "GET", path: `${divisionsPath}/home` }, divisionSchema);
  }

  /** Every division of the organisation. */
  async list(): Promise<Division[]> {
    const found = await listAll(
      this.client,
      { path: divisionsPath, what: "divisions", pageSize },
      divisionSchema,
    );
    tellUnread(this.client.unread, "division", found);
    return found;
  }
}
