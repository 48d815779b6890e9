// Lists of the API: follows the pages, leaves out entries that cannot be read.
import { z } from "zod";

import type { GenesysClient } from "./client";
import { listingSchema } from "./wire";

/** No list of an organisation has more pages than this; a server that says otherwise is not followed for ever. */
const maximumPages = 200;

/** A list request: the query without paging. `pageSize` is left out where the endpoint knows none. */
export interface ListRequest {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly pageSize?: number;
}

/** All entities of a paged list, each once. Entries of an unknown form are skipped: they are not ours. */
export async function listAll<T extends z.ZodType<{ id: string }>>(
  client: GenesysClient,
  request: ListRequest,
  entity: T,
): Promise<z.infer<T>[]> {
  const found = new Map<string, z.infer<T>>();
  for (let pageNumber = 1; pageNumber <= maximumPages; pageNumber++) {
    const paging = request.pageSize === undefined ? {} : { pageSize: request.pageSize, pageNumber };
    const page = await client.request(
      { method: "GET", path: request.path, query: { ...request.query, ...paging } },
      listingSchema(z.unknown()),
    );
    for (const raw of page.entities ?? []) {
      const parsed = entity.safeParse(raw);
      if (parsed.success) {
        found.set((parsed.data as { id: string }).id, parsed.data);
      }
    }
    const isLastPage = request.pageSize === undefined || pageNumber >= (page.pageCount ?? 1);
    if (isLastPage) {
      break;
    }
  }
  return [...found.values()];
}
