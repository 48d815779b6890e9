// Faults: what the emulator can be told to do wrong, how often, and at which requests.
import { z } from "zod";
import { internalServiceError, ServiceError } from "./serviceError";
import { type Caller } from "./callers";

/** What goes wrong. `reset` closes the connection, `timeout` never answers, `error` answers with a chosen code. */
const faultKinds = [
  "throttling",
  "accessDenied",
  "kmsDenied",
  "internal",
  "reset",
  "timeout",
  "error",
] as const;

/** A count in a body of the control API. @param what begins the refusal, as `times must be` */
export function wholeNumber(what: string): z.ZodInt {
  const error = `${what} a whole number of at least 0`;
  return z.int({ error }).min(0, { error });
}

const count = wholeNumber("times and skip must be");
const text = z.string({ error: "operation and secret must be text" });

/** Shape of a fault; what is wrong with it is told in whole sentences. */
export const faultSchema = z.object({
  kind: z.enum(faultKinds, { error: `kind must be one of ${faultKinds.join(", ")}` }),
  /** `before` (the default): nothing is done. `after`: it is done, and only the answer is lost. */
  phase: z.enum(["before", "after"], { error: "phase must be before or after" }).optional(),
  /** How many matching requests fail; 1 when absent. */
  times: count.optional(),
  /** How many matching requests pass first; none when absent. */
  skip: count.optional(),
  /** Operation name, as `PutSecretValue`; any of Secrets Manager when absent. STS fails only where it is named (`AssumeRole`). */
  operation: text.optional(),
  /** Name of the secret; any when absent. */
  secret: text.optional(),
  /** Code and message of kind `error`. */
  error: z.custom<{ readonly code: string; readonly message: string }>().optional(),
});

/** A fault to arm. */
export type FaultOrder = z.infer<typeof faultSchema>;

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
    return this.takeFirst((fault) => isFor(fault, operation, secret));
  }

  /** As {@link take}, among the faults that name this operation. */
  takeNamed(operation: string): FaultOrder | undefined {
    return this.takeFirst((fault) => fault.operation === operation);
  }

  private takeFirst(matches: (fault: FaultOrder) => boolean): FaultOrder | undefined {
    for (const fault of this.armed) {
      if (!matches(fault)) {
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

/** The refusal of a caller who lacks a permission. `action` is as IAM writes it, `because` what AWS gives as the reason. */
export function accessDenied(
  caller: Caller,
  action: string,
  resource: string,
  because: string,
): ServiceError {
  return new ServiceError(
    "AccessDeniedException",
    `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} because no ${because} policy allows the ${action} action`,
  );
}

/** The answer of a fault, or undefined for the kinds that give none. */
export function faultError(
  fault: FaultOrder,
  action: string,
  resource: string,
  caller: Caller,
): ServiceError | undefined {
  switch (fault.kind) {
    case "throttling":
      return new ServiceError("ThrottlingException", "Rate exceeded");
    case "accessDenied":
      return accessDenied(caller, action, resource, "identity-based");
    case "kmsDenied":
      return new ServiceError("AccessDeniedException", "Access to KMS is not allowed");
    case "internal":
      return internalServiceError();
    case "error":
      return new ServiceError(fault.error?.code ?? "InternalServiceError", fault.error?.message ?? "");
    case "reset":
    case "timeout":
      return undefined;
  }
}
