// How many roles subjects hold, asked for many at once: /api/v2/authorization/subjects/rolecounts (docs/genesys-api.md 4.6).
import { z } from "zod";

import type { GenesysClient } from "./client";

const countsPath = "/api/v2/authorization/subjects/rolecounts";

/** Subjects of one question. The largest number allowed is not documented; this many roles can be asked for at once. */
const batchSize = 100;

/** A map from subject to count; whatever is no count says nothing. */
const countsSchema = z.record(z.string(), z.number().int().min(0).optional().catch(undefined));

export class RoleCounts {
  constructor(private readonly client: GenesysClient) {}

  /** The requests that this many subjects cost. */
  static requestsFor(subjects: number): number {
    return Math.ceil(subjects / batchSize);
  }

  /** By subject id; who is not in it was not told. Needs authorization:grant:view. */
  async of(subjectIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (let start = 0; start < subjectIds.length; start += batchSize) {
      const answer = await this.client.request(
        { method: "GET", path: countsPath, query: { id: subjectIds.slice(start, start + batchSize) } },
        countsSchema,
      );
      for (const [id, count] of Object.entries(answer)) {
        if (count !== undefined) {
          counts.set(id, count);
        }
      }
    }
    return counts;
  }
}
