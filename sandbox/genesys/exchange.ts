// What accompanies a request through the server: its correlation id, its log entry, its fault, its caller.
import { type FastifyRequest } from "fastify";
import { type Caller } from "./caller";
import { type StrikingFault } from "./faults";
import { type OpenLogEntry } from "./requestLog";

/** One request and its answer. */
export interface Exchange {
  readonly correlationId: string;
  readonly entry: OpenLogEntry;
  fault?: StrikingFault;
  caller?: Caller;
}

const exchanges = new WeakMap<FastifyRequest, Exchange>();

/** Remembers the exchange of a request. */
export function openExchange(request: FastifyRequest, exchange: Exchange): void {
  exchanges.set(request, exchange);
}

/** The exchange of a request; undefined for the control API. */
export function exchangeOf(request: FastifyRequest): Exchange | undefined {
  return exchanges.get(request);
}
