// Delivering faults on the wire: instead of the answer, or in place of it once the work is done.
import { Readable } from "node:stream";
import { type FastifyReply, type FastifyRequest } from "fastify";
import { type Clock } from "../../common/clock";
import { httpStatus } from "../server/httpStatus";
import { errorBody, retryAfterCode, retryAfterMessage, tokenErrorBody, usualRefusal } from "./errorBody";
import { type Exchange } from "./exchange";
import { type StrikingFault } from "./faults";

const half = 2;

/** Milliseconds of a slow answer when the fault names none. */
const usualSlownessMs = 1000;

const htmlPage =
  "<!DOCTYPE html><html><head><title>Gateway</title></head><body><h1>The page is not available</h1></body></html>";

/** A body as the hooks of fastify hand it over. */
export type Payload = unknown;

function isTokenRequest(request: FastifyRequest): boolean {
  return request.url.split("?")[0] === "/oauth/token";
}

function faultBody(fault: StrikingFault, request: FastifyRequest, correlationId: string): string {
  if (fault.body !== undefined) {
    return JSON.stringify(fault.body);
  }
  const status = fault.status ?? httpStatus.unavailable;
  const seconds = status === httpStatus.tooManyRequests ? fault.retryAfterSeconds : undefined;
  const refusal = usualRefusal(
    status,
    fault.code ?? (seconds === undefined ? undefined : retryAfterCode),
    seconds === undefined ? undefined : retryAfterMessage(seconds),
  );
  return JSON.stringify(
    isTokenRequest(request)
      ? tokenErrorBody(refusal.code, refusal.message)
      : errorBody(refusal, correlationId),
  );
}

/** Statuses of answers that replace the work's own, by the kind of fault; 503 of the other kinds. */
const usualStatus: Partial<Record<StrikingFault["kind"], number>> = {
  html: httpStatus.badGateway,
  empty: httpStatus.ok,
};

function setRetryAfter(fault: StrikingFault, reply: FastifyReply): void {
  if (fault.retryAfterSeconds !== undefined) {
    void reply.header("Retry-After", String(fault.retryAfterSeconds));
  }
}

/**
 * Strikes before the work. Returns true when the request has had its answer, or will never have one.
 * Kinds that break an answer get a 503 to break; {@link strikeAnswer} does the rest.
 */
export async function strikeBefore(
  fault: StrikingFault,
  exchange: Exchange,
  request: FastifyRequest,
  reply: FastifyReply,
  clock: Clock,
): Promise<boolean> {
  const { kind } = fault;
  if (kind === "slow") {
    await clock.sleep(fault.ms ?? usualSlownessMs);
    return false;
  }
  if (kind === "reset") {
    request.raw.socket.destroy();
  }
  if (kind === "reset" || kind === "timeout") {
    reply.hijack();
    return true;
  }
  const { status = usualStatus[kind] ?? httpStatus.unavailable } = fault;
  setRetryAfter(fault, reply);
  void reply
    .code(status)
    .type("application/json")
    .send(faultBody({ ...fault, status }, request, exchange.entry.correlationId));
  return true;
}

/** Half a body, a pause, and the other half. */
function slowly(text: string, ms: number, clock: Clock): Readable {
  const middle = Math.ceil(text.length / half);
  return Readable.from(
    (async function* () {
      yield text.slice(0, middle);
      await clock.sleep(ms);
      yield text.slice(middle);
    })(),
    { objectMode: false },
  );
}

function cutOff(text: string, request: FastifyRequest, reply: FastifyReply): void {
  const bytes = Buffer.from(text === "" ? " ".repeat(half) : text);
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) {
      reply.raw.setHeader(name, value);
    }
  }
  reply.raw.setHeader("content-length", bytes.length);
  reply.raw.writeHead(reply.statusCode);
  reply.raw.write(bytes.subarray(0, Math.ceil(bytes.length / half)), () => request.raw.socket.destroy());
}

function never(): Promise<never> {
  return new Promise<never>(() => undefined);
}

/** Strikes the answer on its way out; returns the body to send. Called for both phases, after `strikeBefore`. */
export async function strikeAnswer(
  fault: StrikingFault,
  exchange: Exchange,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: Payload,
  clock: Clock,
): Promise<Payload> {
  const text = typeof payload === "string" ? payload : "";
  const isAfter = fault.phase === "after";
  if (fault.kind !== "slow" && fault.kind !== "status") {
    void reply.code(fault.status ?? reply.statusCode);
  }
  switch (fault.kind) {
    case "slow":
      if (isAfter) {
        await clock.sleep(fault.ms ?? usualSlownessMs);
      }
      return payload;
    case "status":
      if (!isAfter) {
        return payload;
      }
      void reply.code(fault.status ?? httpStatus.unavailable).type("application/json");
      setRetryAfter(fault, reply);
      return faultBody(fault, request, exchange.entry.correlationId);
    case "reset":
      request.raw.socket.destroy();
      return payload;
    case "timeout":
      return never();
    case "html":
      void reply.type("text/html; charset=utf-8");
      return htmlPage;
    case "empty":
      return "";
    case "slowBody":
      return slowly(text, fault.ms ?? usualSlownessMs, clock);
    case "wrongContentType":
      void reply.type("text/plain; charset=utf-8");
      return payload;
    case "truncated":
      exchange.entry.status = reply.statusCode;
      cutOff(text, request, reply);
      return never();
  }
}
