// The shape of an operation: what it is given, what it answers.
import { type RequestBody } from "./requestBody";
import { type Vault } from "./vault";

/** One operation on the vault of the caller's account. An empty answer is `{}`. */
export type Operation = (context: {
  readonly vault: Vault;
  readonly region: string;
  readonly body: RequestBody;
  readonly nowMs: number;
}) => Record<string, unknown>;
