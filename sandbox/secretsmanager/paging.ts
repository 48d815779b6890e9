// Pages of a list: the opaque token says where the next page begins.
import { ServiceError } from "./serviceError";
import { type RequestBody } from "./requestBody";

const maximumTokenLength = 4096;

function readOffset(token: string | undefined): number {
  if (token === undefined) {
    return 0;
  }
  const match = /^after:(\d+)$/.exec(Buffer.from(token, "base64url").toString());
  if (match === null) {
    throw new ServiceError("InvalidNextTokenException", "The NextToken value is invalid.");
  }
  return Number(match[1]);
}

/** The page that a request asks for with `MaxResults` and `NextToken`, and the token of the next one when there is one. */
export function pageOf<T>(body: RequestBody, all: readonly T[], maximum: number) {
  const size = body.integer("MaxResults", { min: 1, max: maximum }) ?? maximum;
  const start = readOffset(body.string("NextToken", { min: 1, max: maximumTokenLength }));
  const end = start + size;
  return {
    items: all.slice(start, end),
    nextToken: end < all.length ? Buffer.from(`after:${end}`).toString("base64url") : undefined,
  };
}
