// A method of the matrix: what state exists before, which step is run, and which of its requests are struck.
import type { ProviderRun, ProviderWorld } from "../providerWorld";
import type { Declared, StackState } from "./engine";

/** One request of a method, in the order in which they are sent. */
export interface StruckRequest {
  readonly label: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Regular expression over the path with its query. */
  readonly path: string;
  /** Earlier requests of the same form that pass unharmed. */
  readonly skip?: number;
  /** The request that does the method's work. */
  readonly isMain?: boolean;
  /** Its answer has no body. */
  readonly isBodiless?: boolean;
}

/** One request of a method to AWS. */
export interface AwsRequest {
  readonly operation: string;
  /** Earlier requests of the same operation that pass unharmed. */
  readonly skip?: number;
  /** The request that does the method's work. */
  readonly isMain?: boolean;
}

export interface MatrixMethod {
  readonly name: string;
  /** What was applied, in full and without a fault, before the step. */
  readonly before: Declared;
  /** Puts into AWS what has to be there before anything else. */
  readonly prepare?: (world: ProviderWorld) => void;
  /** What somebody else does after everything was applied. */
  readonly arrange?: (world: ProviderWorld) => void;
  /** The next `up` is one with `--refresh`. */
  readonly isRefreshed?: boolean;
  /** What the program declares from then on; the next `up` must reach it. */
  readonly declared: Declared;
  readonly requests: readonly StruckRequest[];
  /** Its requests to AWS. */
  readonly awsRequests?: readonly AwsRequest[];
  step(run: ProviderRun, state: StackState): Promise<void>;
}

/** The requests that begin almost every method. */
export const token: StruckRequest = { label: "token", method: "POST", path: "^/oauth/token$" };
export const identity: StruckRequest = { label: "identity", method: "GET", path: "^/api/v2/tokens/me" };
export const held: StruckRequest = { label: "deployer's grants", method: "GET", path: "/subjects/me$" };

/** The request that does the work. */
export function main(label: string, method: StruckRequest["method"], path: string): StruckRequest {
  return { label, method, path, isMain: true };
}
