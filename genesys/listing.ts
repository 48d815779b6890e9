// Lists of the API: follows the pages to their end, leaves out entries that cannot be read.
import { z } from "zod";

import type { GenesysClient } from "./client";
import { unexpectedAnswer } from "./errors";
import { listingSchema } from "./wire";

/** No list of an organisation has more pages than this; a server that says otherwise is not followed for ever. */
const maximumPages = 200;

/** Stands in for the host, which a link to the next page cannot choose. */
const anyOrigin = "https://host.invalid";

/** A list request: the query without paging. `pageSize` is left out where the endpoint knows none. */
export interface ListRequest {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly pageSize?: number;
}

type Page = z.infer<ReturnType<typeof listingSchema<z.ZodUnknown>>>;

/** The query that gets the page after one; undefined where that is the last. */
type NextPage = (page: Page, pageNumber: number) => ListRequest["query"] | undefined;

/**
 * All entities of a list whose pages have numbers, each once. Entries of an unknown form are skipped: they are not ours. An endpoint that
 * knows no paging is asked for the pages that its answer tells of, until one brings nothing new: it may answer all of them alike (docs/genesys-api.md 3.2).
 * @throws GenesysResponseError when the list does not end: half a list would hide what is in the other half
 */
export function listAll<T extends z.ZodType<{ id: string }>>(
  client: GenesysClient,
  request: ListRequest,
  entity: T,
): Promise<z.infer<T>[]> {
  const { pageSize } = request;
  const first = pageSize === undefined ? {} : { pageSize, pageNumber: 1 };
  return collect(client, request, entity, first, ({ pageCount = 1 }, pageNumber) =>
    pageNumber < pageCount ? { ...first, pageNumber: pageNumber + 1 } : undefined,
  );
}

/** The same of a list whose pages each link to the next. @throws GenesysResponseError also when such a link cannot be followed */
export function listByCursor<T extends z.ZodType<{ id: string }>>(
  client: GenesysClient,
  request: ListRequest & { readonly pageSize: number },
  entity: T,
): Promise<z.infer<T>[]> {
  const { path, pageSize } = request;
  const cursors = new Set<string>();
  return collect(client, request, entity, { pageSize }, ({ nextUri = "" }) => {
    if (nextUri === "") {
      return undefined;
    }
    // Of the link only the cursor is taken: the rest could lead the token elsewhere.
    const after = cursorOf(nextUri);
    if (after === undefined || cursors.has(after)) {
      throw unexpectedAnswer(path, "the next page has no cursor of its own");
    }
    cursors.add(after);
    return { pageSize, after };
  });
}

async function collect<T extends z.ZodType<{ id: string }>>(
  client: GenesysClient,
  { path, query, pageSize }: ListRequest,
  entity: T,
  first: ListRequest["query"],
  nextOf: NextPage,
): Promise<z.infer<T>[]> {
  const found = new Map<string, z.infer<T>>();
  let paging = first;
  for (let pageNumber = 1; pageNumber <= maximumPages; pageNumber++) {
    const before = found.size;
    const page = await client.request(
      { method: "GET", path, query: { ...query, ...paging } },
      listingSchema(z.unknown()),
    );
    for (const raw of page.entities ?? []) {
      const parsed = entity.safeParse(raw);
      if (parsed.success) {
        found.set((parsed.data as { id: string }).id, parsed.data);
      }
    }
    paging = nextOf(page, pageNumber);
    const isRepeated = pageSize === undefined && found.size === before;
    if (paging === undefined || isRepeated) {
      return [...found.values()];
    }
  }
  throw unexpectedAnswer(path, `the list has more than ${maximumPages} pages`);
}

/** The cursor of a link to the next page; undefined when it has none. */
function cursorOf(nextUri: string): string | undefined {
  try {
    return new URL(nextUri, anyOrigin).searchParams.get("after") ?? undefined;
  } catch {
    return undefined;
  }
}
