// Faults: what the emulator can be told to do wrong, how often, and at which requests.
import { internalServiceError, ServiceError } from "./serviceError";
import { accountId } from "./secretIds";

/** What goes wrong. `reset` closes the connection, `timeout` never answers, `error` answers with a chosen code. */
export const faultKinds = ["throttling", "accessDenied", "internal", "reset", "timeout", "error"] as const;

/** One of {@link faultKinds}. */
export type FaultKind = (typeof faultKinds)[number];

/** A fault to arm. */
export interface FaultOrder {
  readonly kind: FaultKind;
  /** Operation name, as `PutSecretValue`; any when absent. */
  readonly operation?: string;
  /** Name of the secret; any when absent. */
  readonly secret?: string;
  /** `before` (the default): nothing is done. `after`: it is done, and only the answer is lost. */
  readonly phase?: "before" | "after";
  /** How many matching requests fail; 1 when absent. */
  readonly times?: number;
  /** How many matching requests pass first; none when absent. */
  readonly skip?: number;
  /** Code and message of kind `error`. */
  readonly error?: { readonly code: string; readonly message: string };
}

interface ArmedFault extends FaultOrder {
  timesLeft: number;
  skipLeft: number;
}

/** The faults that are armed. */
export class VaultFaults {
  private armed: ArmedFault[] = [];

  /** Arms a fault; several are consulted in the order of arming, and the first one that matches acts. */
  arm(fault: FaultOrder): void {
    this.armed.push({ ...fault, timesLeft: fault.times ?? 1, skipLeft: fault.skip ?? 0 });
  }

  /** Disarms everything. */
  clear(): void {
    this.armed = [];
  }

  /** The faults still to come. */
  list(): readonly FaultOrder[] {
    return this.armed.map(({ timesLeft, skipLeft, ...fault }) => ({
      ...fault,
      times: timesLeft,
      skip: skipLeft,
    }));
  }

  /** The fault for this request, if any; it is used up by being taken. */
  take(operation: string, secret: string | undefined): FaultOrder | undefined {
    for (const fault of this.armed) {
      if (!isFor(fault, operation, secret)) {
        continue;
      }
      if (fault.skipLeft > 0) {
        fault.skipLeft -= 1;
        continue;
      }
      fault.timesLeft -= 1;
      this.armed = this.armed.filter(({ timesLeft }) => timesLeft > 0);
      return fault;
    }
    return undefined;
  }
}

function isFor(fault: FaultOrder, operation: string, secret: string | undefined): boolean {
  return (
    (fault.operation === undefined || fault.operation === operation) &&
    (fault.secret === undefined || fault.secret === secret)
  );
}

/** The answer of a fault, or undefined for the kinds that give none. */
export function faultError(fault: FaultOrder, operation: string, resource: string): ServiceError | undefined {
  switch (fault.kind) {
    case "throttling":
      return new ServiceError("ThrottlingException", "Rate exceeded");
    case "accessDenied":
      return new ServiceError(
        "AccessDeniedException",
        `User: arn:aws:iam::${accountId}:user/sandbox is not authorized to perform: secretsmanager:${operation} on resource: ${resource} because no identity-based policy allows the secretsmanager:${operation} action`,
      );
    case "internal":
      return internalServiceError();
    case "error":
      return new ServiceError(fault.error?.code ?? "InternalServiceError", fault.error?.message ?? "");
    case "reset":
    case "timeout":
      return undefined;
  }
}
