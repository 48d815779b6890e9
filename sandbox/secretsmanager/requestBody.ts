// Reads the members of a JSON 1.1 request and holds them against the constraints of the API model.
import { constraintViolation, invalidParameter, ServiceError } from "./serviceError";

/** Length bounds of a string or a list, both inclusive. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

const wrongType = (member: string): ServiceError =>
  new ServiceError("SerializationException", `The member ${member} has the wrong type.`);

function checkLength(member: string, length: number, { min = 0, max = Infinity }: Bounds): void {
  if (length < min) {
    throw constraintViolation(member, `Member must have length greater than or equal to ${min}`);
  }
  if (length > max) {
    throw constraintViolation(member, `Member must have length less than or equal to ${max}`);
  }
}

/** One request's members. Absent and null are the same, as in AWS. */
export class RequestBody {
  private constructor(private readonly members: Readonly<Record<string, unknown>>) {}

  /** @throws ServiceError (SerializationException) when the text is not a JSON object. */
  static parse(text: string): RequestBody {
    let parsed: unknown;
    try {
      parsed = JSON.parse(text === "" ? "{}" : text);
    } catch {
      throw new ServiceError("SerializationException", "The request body is not valid JSON.");
    }
    return RequestBody.of("body", parsed);
  }

  private static of(member: string, value: unknown): RequestBody {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw wrongType(member);
    }
    return new RequestBody(value as Record<string, unknown>);
  }

  has(member: string): boolean {
    return this.members[member] !== undefined && this.members[member] !== null;
  }

  string(member: string, bounds: Bounds = {}): string | undefined {
    if (!this.has(member)) {
      return undefined;
    }
    const value = this.members[member];
    if (typeof value !== "string") {
      throw wrongType(member);
    }
    checkLength(member, value.length, bounds);
    return value;
  }

  requiredString(member: string, bounds: Bounds = {}): string {
    const value = this.string(member, bounds);
    if (value === undefined) {
      throw constraintViolation(member, "Member must not be null");
    }
    return value;
  }

  boolean(member: string): boolean {
    const value = this.members[member] ?? false;
    if (typeof value !== "boolean") {
      throw wrongType(member);
    }
    return value;
  }

  integer(member: string, bounds: Bounds = {}): number | undefined {
    if (!this.has(member)) {
      return undefined;
    }
    const value = this.members[member];
    if (typeof value !== "number" || !Number.isInteger(value)) {
      throw wrongType(member);
    }
    if (value < (bounds.min ?? -Infinity)) {
      throw constraintViolation(member, `Member must have value greater than or equal to ${bounds.min ?? 0}`);
    }
    if (value > (bounds.max ?? Infinity)) {
      throw constraintViolation(member, `Member must have value less than or equal to ${bounds.max ?? 0}`);
    }
    return value;
  }

  strings(member: string, list: Bounds, item: Bounds): string[] | undefined {
    const values = this.list(member, list);
    return values?.map((value) => {
      if (typeof value !== "string") {
        throw wrongType(member);
      }
      checkLength(`${member}.member`, value.length, item);
      return value;
    });
  }

  objects(member: string, list: Bounds): RequestBody[] | undefined {
    return this.list(member, list)?.map((value) => RequestBody.of(member, value));
  }

  /** Refuses members of the API that the emulator does not have, instead of ignoring them. */
  refuse(...unsupported: readonly string[]): void {
    for (const member of unsupported) {
      if (this.has(member)) {
        throw invalidParameter(`The sandbox does not emulate ${member}; use real AWS for it.`);
      }
    }
  }

  private list(member: string, bounds: Bounds): unknown[] | undefined {
    if (!this.has(member)) {
      return undefined;
    }
    const value: unknown = this.members[member];
    if (!Array.isArray(value)) {
      throw wrongType(member);
    }
    checkLength(member, value.length, bounds);
    return value as unknown[];
  }
}
