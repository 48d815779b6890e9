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

/**
 * All entities of a list, each once. Entries of an unknown form are skipped: they are not ours. An endpoint that knows no paging is asked
 * for the pages that its answer tells of, until one brings nothing new: it may answer all of them alike (genesys-api 3.2).
 */
export async function listAll<T extends z.ZodType<{ id: string }>>(
  client: GenesysClient,
  request: ListRequest,
  entity: T,
): Promise<z.infer<T>[]> {
  const found = new Map<string, z.infer<T>>();
  for (let pageNumber = 1; pageNumber <= maximumPages; pageNumber++) {
    const paging =
      request.pageSize === undefined ? firstPageAsIs(pageNumber) : { pageSize: request.pageSize, pageNumber };
    const before = found.size;
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
    const isLastPage = pageNumber >= (page.pageCount ?? 1);
    const isRepeated = request.pageSize === undefined && found.size === before;
    if (isLastPage || isRepeated) {
      break;
    }
  }
  return [...found.values()];
}

function firstPageAsIs(pageNumber: number): { readonly pageNumber?: number } {
  return pageNumber === 1 ? {} : { pageNumber };
}
