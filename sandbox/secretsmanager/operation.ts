// The shape of an operation: what it is given, what it answers.
import { type RequestBody } from "./requestBody";
import { type Vault } from "./vault";

/** What an operation works on. */
export interface OperationContext {
  readonly vault: Vault;
  readonly region: string;
  readonly body: RequestBody;
  readonly nowMs: number;
}

/** One operation. An empty answer is `{}`. */
export type Operation = (context: OperationContext) => Record<string, unknown>;
