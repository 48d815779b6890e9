// Lists of the API: follows the pages to their end, leaves out entries that cannot be read, and says so.
import { z } from "zod";

import { entriesInWords } from "./answered";
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
  /** What is listed, as `OAuth clients`. */
  readonly what: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly pageSize?: number;
}

type Page = z.infer<ReturnType<typeof listingSchema<z.ZodUnknown>>>;

/** How far a list was followed. */
interface Progress {
  readonly pageNumber: number;
  /** Entries that no page before this one had, also those that cannot be read. */
  readonly newCount: number;
  /** Entries of all pages so far. */
  readonly foundCount: number;
}

/** The query that gets the page after one; undefined where that is the last. */
type NextPage = (page: Page, progress: Progress) => ListRequest["query"] | undefined;

/**
 * All entities of a list whose pages have numbers, each once. Entries that cannot be read are left out, counted and told. An endpoint that
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
  return collect(client, request, entity, first, (page, { pageNumber, newCount }) => {
    const { pageCount = isFull(page, pageSize) ? Infinity : 1 } = page;
    // Where the pages are not counted, or the endpoint knows none, one without anything new is the same page again.
    const isCounted = page.pageCount !== undefined && pageSize !== undefined;
    return pageNumber < pageCount && (isCounted || newCount > 0)
      ? { ...first, pageNumber: pageNumber + 1 }
      : undefined;
  });
}

/**
 * The same of a list by cursor: each page links to the next, or the id of its last entry leads there, until a page is empty (docs/genesys-api.md 8).
 * @throws GenesysResponseError also when a link to a page cannot be followed
 */
export function listByCursor<T extends z.ZodType<{ id: string }>>(
  client: GenesysClient,
  request: ListRequest & { readonly pageSize: number },
  entity: T,
): Promise<z.infer<T>[]> {
  const { path, what, pageSize } = request;
  const cursors = new Set<string>();
  let isLinked = true;
  return collect(client, request, entity, { pageSize }, (page, { newCount, foundCount }) => {
    const { nextUri = "", entities = [], total } = page;
    if (nextUri !== "") {
      // Of the link only the cursor is taken: the rest could lead the token elsewhere.
      const after = cursorOf(nextUri);
      if (after === undefined || cursors.has(after)) {
        throw unexpectedAnswer(path, "the next page has no cursor of its own");
      }
      cursors.add(after);
      return { pageSize, after };
    }
    const isLast = entities.length === 0 || (isLinked && !isFull(page, pageSize)) || foundCount === total;
    if (isLast) {
      return undefined;
    }
    if (newCount === 0) {
      // A server that does not know the cursor, behind a full page: whether there is more, nobody can tell.
      client.unread.tellIncomplete(
        `the list of ${what} may be longer than ${entriesInWords(foundCount)}: Genesys answered the same page again`,
        path,
      );
      return undefined;
    }
    const after = entities.map(idOf).findLast((id) => id !== undefined);
    isLinked = false;
    return after === undefined ? undefined : { pageSize, after };
  });
}

/** Whether there may be more behind a page. @param asked The size that was asked for; the answer may say that it is a smaller one. */
function isFull({ entities = [], pageSize }: Page, asked: number | undefined): boolean {
  return asked !== undefined && entities.length >= Math.min(asked, pageSize ?? asked);
}

function idOf(entry: unknown): string | undefined {
  return idEntrySchema.safeParse(entry).data?.id;
}

const idEntrySchema = z.looseObject({ id: z.string().min(1) });

async function collect<T extends z.ZodType<{ id: string }>>(
  client: GenesysClient,
  { path, query, what }: ListRequest,
  entity: T,
  first: ListRequest["query"],
  nextOf: NextPage,
): Promise<z.infer<T>[]> {
  const found = new Map<string, z.infer<T>>();
  /** Entries that cannot be read, by their place and as they came: the same page may come twice. */
  const unread = new Set<string>();
  let paging = first;
  for (let pageNumber = 1; pageNumber <= maximumPages; pageNumber++) {
    const before = found.size + unread.size;
    const page = await client.request(
      { method: "GET", path, query: { ...query, ...paging } },
      listingSchema(z.unknown()),
    );
    for (const [index, raw] of (page.entities ?? []).entries()) {
      const parsed = entity.safeParse(raw);
      if (parsed.success) {
        found.set((parsed.data as { id: string }).id, parsed.data);
      } else {
        unread.add(`${index} ${JSON.stringify(raw)}`);
      }
    }
    const foundCount = found.size + unread.size;
    paging = nextOf(page, { pageNumber, newCount: foundCount - before, foundCount });
    if (paging === undefined) {
      tellLeftOut(client, path, what, unread.size);
      return [...found.values()];
    }
  }
  throw unexpectedAnswer(path, `the list has more than ${maximumPages} pages`);
}

function tellLeftOut(client: GenesysClient, path: string, what: string, count: number): void {
  if (count > 0) {
    const are = count === 1 ? "is" : "are";
    client.unread.tellIncomplete(
      `${entriesInWords(count)} of the list of ${what} could not be read and ${are} left out`,
      path,
    );
  }
}

/** The cursor of a link to the next page; undefined when it has none. */
export function cursorOf(nextUri: string): string | undefined {
  try {
    return new URL(nextUri, anyOrigin).searchParams.get("after") ?? undefined;
  } catch {
    return undefined;
  }
}
