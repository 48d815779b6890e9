// The fence: which requests the probe may send. Whatever it does not know is refused before it leaves the process.
import type { ApiRequest } from "../genesys/client";
import { type Ledger, type MadeKind } from "./ledger";
import { runOf } from "./mark";

/** A question wanted to touch what is not the probe's own: a mistake in the probe. Nothing was sent. */
export class FenceError extends Error {
  override readonly name = "FenceError";
}

/** Where each kind is made. */
export const creationPaths: Readonly<Record<string, MadeKind>> = {
  "/api/v2/oauth/clients": "client",
  "/api/v2/authorization/roles": "role",
  "/api/v2/integrations/credentials": "integration credential",
};

/** Reads that are sent as POST. */
const readingPaths: ReadonlySet<string> = new Set(["/api/v2/usage/aggregates/query/jobs"]);

const objectPath =
  /^(\/api\/v2\/(?:oauth\/clients|authorization\/roles|integrations\/credentials))\/([^/]+)(\/secret)?$/;
const grantPath = /^\/api\/v2\/authorization\/subjects\/([^/]+)\/bulk(add|remove)$/;

/** @throws FenceError for a request that could change what no run of the probe made */
export function requireAllowed(request: ApiRequest, ledger: Ledger): void {
  if (request.method !== "GET" && !isAllowed(request, ledger)) {
    throw new FenceError(
      `Sending ${request.method} ${request.path}: the probe changes nothing but its own objects; nothing was sent.`,
    );
  }
}

function isAllowed({ method, path, query, body }: ApiRequest, ledger: Ledger): boolean {
  const given = fieldsOf(body);
  if (method === "POST" && creationPaths[path] !== undefined) {
    return runOf(given["name"]) === ledger.runId;
  }
  if (method === "POST" && readingPaths.has(path)) {
    return true;
  }
  const [, collection = "", id = "", secret] = objectPath.exec(path) ?? [];
  const kind = creationPaths[collection];
  if (kind !== undefined) {
    // A name without the mark would hide the object from the removal.
    const keepsMark = method !== "PUT" || runOf(given["name"]) !== undefined;
    const isOfKind = secret === undefined ? method !== "POST" : method === "POST" && kind === "client";
    const isOwn = ledger.has(kind, id) || (id === ledger.nobodysId && secret === undefined);
    // Whatever an answer said that a creation has made: the deployer's own client is none of the probe's.
    return isOfKind && keepsMark && isOwn && id !== ledger.deployerId;
  }
  const [, subjectId = "", change] = grantPath.exec(path) ?? [];
  if (method !== "POST" || change === undefined) {
    return false;
  }
  const isOfClients = change === "remove" || query?.["subjectType"] === "PC_OAUTH_CLIENT";
  if (subjectId !== ledger.deployerId) {
    return isOfClients && ledger.has("client", subjectId);
  }
  // The deployer gets, and loses, roles of the probe's own making alone.
  const { grants } = given;
  const isOwn = (roleId: string): boolean =>
    ledger.has("role", roleId) || (roleId === ledger.nobodysId && change === "remove");
  return (
    isOfClients && Array.isArray(grants) && grants.every((grant) => isOwn(String(fieldsOf(grant)["roleId"])))
  );
}

/** The fields of a value that somebody else made; none where it is no object. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
