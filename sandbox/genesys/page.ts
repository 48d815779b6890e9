// Pages: the one envelope in which Genesys lists entities.
import { type ApiRequest } from "./apiRoute";
import { positiveInteger, type Query, single } from "./queryParameters";
import { badRequest } from "./simulatorError";

/** Entities on a page when the caller asks for no size. Source: API description. */
const usualPageSize = 25;

function uriOf(path: string, query: Query, pageSize: number, pageNumber: number): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (name !== "pageSize" && name !== "pageNumber" && value !== undefined) {
      parameters.set(name, Array.isArray(value) ? value.join(",") : value);
    }
  }
  parameters.set("pageSize", String(pageSize));
  parameters.set("pageNumber", String(pageNumber));
  return `${path}?${parameters.toString()}`;
}

/** One page of all entities, in the envelope. */
export function cutPage<T>(
  all: readonly T[],
  path: string,
  query: Query,
  pageSize: number,
  pageNumber: number,
) {
  const pageCount = Math.max(1, Math.ceil(all.length / pageSize));
  const start = (pageNumber - 1) * pageSize;
  const uri = (number: number): string => uriOf(path, query, pageSize, number);
  return {
    entities: all.slice(start, start + pageSize),
    pageSize,
    pageNumber,
    total: all.length,
    pageCount,
    firstUri: uri(1),
    lastUri: uri(pageCount),
    selfUri: uri(pageNumber),
    ...(pageNumber < pageCount ? { nextUri: uri(pageNumber + 1) } : {}),
    ...(pageNumber > 1 ? { previousUri: uri(pageNumber - 1) } : {}),
  };
}

/** All entities on one page, where the caller has no say. */
export function wholePage<T>(all: readonly T[], path: string) {
  return cutPage(all, path, {}, Math.max(1, all.length), 1);
}

/** The page that `pageSize` and `pageNumber` ask for. @throws SimulatorError 400 */
export function askedPage<T>(
  { path, query, organization }: Pick<ApiRequest, "path" | "query" | "organization">,
  all: readonly T[],
) {
  const asked = positiveInteger(query, "pageSize", usualPageSize);
  const { maximumPageSize, oversizePage } = organization.store.switches;
  if (asked > maximumPageSize && oversizePage === "refuse") {
    const value = single(query, "pageSize") ?? "";
    throw badRequest(
      "invalid.query.param.value",
      `Value [${value}] is not valid for pageSize: at most ${maximumPageSize}.`,
    );
  }
  const pageSize = Math.min(asked, maximumPageSize);
  return cutPage(all, path, query, pageSize, positiveInteger(query, "pageNumber", 1));
}
