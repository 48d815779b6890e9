// How an endpoint of the API is declared: method, path, permission, and a function from request to body.
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { jsonOf } from "../../common/jsonOf";
import { httpStatus } from "../server/httpStatus";
import { type Caller } from "./tokens";
import { usualRefusal } from "./errorBody";
import { type Organization } from "./organization";
import { type Query } from "./queryParameters";
import { forbidden } from "./simulatorError";

/** What an endpoint gets. */
export interface ApiRequest {
  readonly organization: Organization;
  readonly caller: Caller;
  /** Without the query. */
  readonly path: string;
  readonly query: Query;
  readonly body: unknown;
}

/** An answer without a body. */
export class NoBody {
  constructor(readonly status: number) {}
}

/** The values of a path's parameters in the order of the path; no path has more than three. */
type PathParameters = [string, string, string];

/** One endpoint, see {@link endpoint}. */
export interface ApiRoute {
  readonly method: "DELETE" | "GET" | "HEAD" | "PATCH" | "POST" | "PUT";
  readonly path: string;
  readonly permission: string | readonly string[] | undefined;
  readonly handle: (request: ApiRequest, ...parameters: PathParameters) => unknown;
  readonly alsoPermission: string | undefined;
}

/**
 * @param path below `/api/v2`, with parameters as `:name`
 * @param permission any one of a list; undefined when none is needed
 * @param handle gets the path's parameters in their order; returns the body, or {@link NoBody}
 * @param alsoPermission needed besides
 */
export function endpoint(
  method: ApiRoute["method"],
  path: string,
  permission: ApiRoute["permission"],
  handle: ApiRoute["handle"],
  alsoPermission?: string,
): ApiRoute {
  return { method, path, permission, handle, alsoPermission };
}

/** Where the API begins. */
export const apiPrefix = "/api/v2";

/** The JSON of a body; undefined when it is empty, as SDKs send it. @throws SimulatorError 400, 415 */
export function readJson(request: FastifyRequest): unknown {
  const raw = request.body;
  if (!Buffer.isBuffer(raw) || raw.length === 0) {
    return undefined;
  }
  const contentType = request.headers["content-type"] ?? "";
  if (contentType.split(";")[0]?.trim().toLowerCase() !== "application/json") {
    throw usualRefusal(httpStatus.unsupportedMediaType);
  }
  const json = jsonOf(raw.toString("utf8"));
  if (json === undefined) {
    throw usualRefusal(httpStatus.badRequest);
  }
  return json;
}

function requirePermission(organization: Organization, caller: Caller, route: ApiRoute): void {
  const { permission, alsoPermission } = route;
  const lacks = (one: string): boolean => !organization.grants.allows(caller, one);
  const missing = [typeof permission === "string" ? permission : undefined, alsoPermission].filter(
    (one) => one !== undefined && lacks(one),
  );
  if (missing.length > 0) {
    throw forbidden(
      "missing.permissions",
      `Unable to perform the requested action. You are missing the following permission(s): ${missing.join(", ")}`,
    );
  }
  if (typeof permission === "object" && permission.every(lacks)) {
    throw forbidden(
      "missing.any.permissions",
      `Unable to perform the requested action. You must have at least one of the following permissions assigned: [${permission.join(", ")}]`,
    );
  }
}

function serve(
  organization: Organization,
  route: ApiRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const caller = request.exchange?.caller;
  if (caller === undefined) {
    throw new Error(`Serving ${route.method} ${route.path}: the caller was not authenticated.`);
  }
  const body = readJson(request);
  requirePermission(organization, caller, route);
  const path = request.url.split("?")[0] ?? "";
  const parameters = Object.values(request.params as object) as PathParameters;
  const query = request.query as Query;
  const result = route.handle({ organization, caller, path, query, body }, ...parameters);
  void reply.type("application/json");
  void (result instanceof NoBody
    ? reply.code(result.status).send("")
    : reply.code(httpStatus.ok).send(JSON.stringify(result)));
}

/** Declares endpoints. */
export function declareRoutes(
  app: FastifyInstance,
  organization: Organization,
  routes: readonly ApiRoute[],
): void {
  for (const route of routes) {
    app.route({
      method: route.method,
      url: `${apiPrefix}${route.path}`,
      exposeHeadRoute: false,
      handler: (request, reply) => {
        serve(organization, route, request, reply);
      },
    });
  }
}
