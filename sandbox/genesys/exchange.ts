// What accompanies a request through the server: its log entry with the correlation id, its fault, its caller.
import { type Caller } from "./tokens";
import { type StrikingFault } from "./faults";
import { type OpenLogEntry } from "./requestLog";

/** One request and its answer. */
export interface Exchange {
  readonly entry: OpenLogEntry;
  fault?: StrikingFault;
  caller?: Caller;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Undefined for the control API. */
    exchange?: Exchange;
  }
}
