// What happens to every request around its endpoint: log, faults, authentication, rate limit, headers, refusals.
import { randomUUID } from "node:crypto";
import { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { ZodError } from "zod";
import { httpStatus } from "../server/httpStatus";
import { apiPrefix } from "./apiRoute";
import { controlPrefix } from "./controlRoutes";
import { errorBody, retryAfterCode, retryAfterMessage, tokenErrorBody, usualRefusal } from "./errorBody";
import { type Exchange } from "./exchange";
import { type Payload, strikeAnswer, strikeBefore } from "./faultDelivery";
import { type Faults } from "./faults";
import { type Organization } from "./organization";
import { type RequestLog } from "./requestLog";
import { SimulatorError, TokenRefusal } from "./simulatorError";
import { SlidingMinute } from "./slidingMinute";
import { basicCredentials } from "./tokenRoutes";
import { bearerToken } from "./tokens";

function isBelow(request: FastifyRequest, prefix: string): boolean {
  const path = request.url.split("?")[0] ?? "";
  return path === prefix || path.startsWith(`${prefix}/`);
}

/** The client id that a request claims, checked or not: for the log and for matching faults. */
function claimedClient(organization: Organization, authorization: string | undefined): string | null {
  const token = bearerToken(authorization);
  return token === undefined
    ? (basicCredentials(authorization)?.id ?? null)
    : (organization.tokens.holderOf(token)?.clientId ?? null);
}

/** The body as text: bytes of the API, the form of the token endpoint. */
function bodyText(request: FastifyRequest): string {
  const { body } = request;
  if (Buffer.isBuffer(body)) {
    return body.toString("utf8");
  }
  return typeof body === "object" && body !== null
    ? new URLSearchParams(body as Record<string, string>).toString()
    : "";
}

function refuseControl(error: Error, reply: FastifyReply): void {
  const isCallersFault =
    error instanceof ZodError || error instanceof SimulatorError || /^Seeding /.test(error.message);
  const message =
    error instanceof ZodError
      ? error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`).join("; ")
      : error.message;
  void reply.code(isCallersFault ? httpStatus.badRequest : httpStatus.internalError).send({ message });
}

/** What fastify refuses itself (a body that is too large) has a status; anything else is a mistake of the simulator. */
function refusalOf(error: FastifyError): SimulatorError {
  if (error instanceof SimulatorError) {
    return error;
  }
  const status = error.statusCode ?? httpStatus.internalError;
  const message = status === httpStatus.internalError ? `The simulator failed: ${error.message}` : undefined;
  return usualRefusal(status, undefined, message);
}

function refuse(error: FastifyError, exchange: Exchange, reply: FastifyReply): void {
  const refusal = refusalOf(error);
  const body =
    refusal instanceof TokenRefusal
      ? tokenErrorBody(refusal.code, refusal.message)
      : errorBody(refusal, exchange.entry.correlationId);
  void reply
    .code(refusal.status)
    .headers(refusal.headers)
    .type("application/json")
    .send(JSON.stringify(body));
}

/** Installs the hooks; to be called before any route is declared. */
export function installHooks(
  app: FastifyInstance,
  organization: Organization,
  faults: Faults,
  log: RequestLog,
): void {
  const rates = new SlidingMinute();

  const authenticate = (request: FastifyRequest, exchange: Exchange): void => {
    const caller = organization.tokens.authenticate(request.headers.authorization);
    exchange.caller = caller;
    const { requestsPerMinutePerToken: limit, requestLimitCounts } = organization.store.switches;
    const counted = requestLimitCounts === "client" ? caller.clientId : caller.token;
    const wait = rates.take(counted, limit, organization.store.now());
    if (wait > 0) {
      const headers = { "Retry-After": String(wait) };
      throw new SimulatorError(httpStatus.tooManyRequests, retryAfterCode, retryAfterMessage(wait), headers);
    }
  };

  app.addHook("onRequest", (request, _reply, done) => {
    if (!isBelow(request, controlPrefix)) {
      const entry = log.open({
        at: new Date(organization.store.now()).toISOString(),
        method: request.method,
        path: request.url,
        clientId: claimedClient(organization, request.headers.authorization),
        correlationId: randomUUID(),
      });
      request.exchange = { entry };
    }
    done();
  });

  /** Strikes and authenticates; true when the request has had its answer, or will never have one. */
  const begin = async (
    request: FastifyRequest,
    reply: FastifyReply,
    exchange: Exchange,
  ): Promise<boolean> => {
    const fault = faults.choose({ ...exchange.entry, body: bodyText(request) });
    if (fault !== undefined) {
      exchange.fault = fault;
      exchange.entry.faulted = fault.kind;
      if (
        fault.phase === "before" &&
        (await strikeBefore(fault, exchange, request, reply, organization.clock))
      ) {
        return true;
      }
    }
    if (isBelow(request, apiPrefix)) {
      authenticate(request, exchange);
    }
    return false;
  };

  // With a callback, not a promise: fastify takes a promise that ends as leave to go on to the endpoint, which a
  // connection that breaks off in the middle of the answer would be.
  app.addHook("preHandler", (request, reply, done) => {
    const { exchange } = request;
    if (exchange === undefined) {
      done();
      return;
    }
    begin(request, reply, exchange).then(
      (isAnswered) => {
        if (!isAnswered) {
          done();
        }
      },
      (error: unknown) => {
        done(error as Error);
      },
    );
  });

  app.addHook("onSend", async (request, reply, payload: Payload) => {
    const { exchange } = request;
    if (exchange === undefined) {
      return payload;
    }
    void reply.headers({
      "ININ-Correlation-Id": exchange.entry.correlationId,
      "Cache-Control": "no-cache, no-store, must-revalidate",
      "Strict-Transport-Security": "max-age=600; includeSubDomains",
    });
    const { fault } = exchange;
    const struck =
      fault && (await strikeAnswer(fault, exchange, request, reply, payload, organization.clock));
    // Nobody gets an answer over a dropped connection.
    exchange.entry.status = fault?.kind === "reset" ? null : reply.statusCode;
    return fault === undefined ? payload : struck;
  });

  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (request.exchange === undefined) {
      refuseControl(error, reply);
    } else {
      refuse(error, request.exchange, reply);
    }
  });

  app.setNotFoundHandler((request, reply) => {
    const body = errorBody(usualRefusal(httpStatus.notFound), request.exchange?.entry.correlationId ?? "");
    void reply.code(httpStatus.notFound).type("application/json").send(JSON.stringify(body));
  });
}
