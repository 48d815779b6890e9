// Reads the members of a JSON 1.1 request and holds them against the constraints of the API model.
import { jsonOf } from "../../common/jsonOf";
import { constraintViolation, invalidParameter, ServiceError } from "./serviceError";

/** Length bounds of a string or a list, both inclusive. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

const wrongType = (member: string): ServiceError =>
  new ServiceError("SerializationException", `The member ${member} has the wrong type.`);

const isText = (value: unknown): value is string => typeof value === "string";
const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
const isInteger = (value: unknown): value is number => Number.isInteger(value);
const isList = (value: unknown): value is unknown[] => Array.isArray(value);

/** A length or value that is absent is within all bounds. */
export function checkBounds(
  member: string,
  what: "length" | "value",
  size: number | undefined,
  { min = -Infinity, max = Infinity }: Bounds,
): void {
  if (size !== undefined && size < min) {
    throw constraintViolation(member, `Member must have ${what} greater than or equal to ${min}`);
  }
  if (size !== undefined && size > max) {
    throw constraintViolation(member, `Member must have ${what} less than or equal to ${max}`);
  }
}

/** The value of a member that must be there. */
export function present<T>(member: string, value: T | undefined): T {
  if (value === undefined) {
    throw constraintViolation(member, "Member must not be null");
  }
  return value;
}

/** One request's members. Absent and null are the same, as in AWS. */
export class RequestBody {
  private constructor(private readonly members: Readonly<Record<string, unknown>>) {}

  /** @throws ServiceError (SerializationException) when the text is not a JSON object. */
  static parse(text: string): RequestBody {
    const parsed = jsonOf(text === "" ? "{}" : text);
    if (parsed === undefined) {
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
    const value = this.optional(member, isText);
    checkBounds(member, "length", value?.length, bounds);
    return value;
  }

  requiredString(member: string, bounds: Bounds = {}): string {
    return present(member, this.string(member, bounds));
  }

  /** One of the words of an enumeration. @param name the member's path in the refusal */
  word(member: string, words: readonly string[], name = member): string | undefined {
    const value = this.string(member);
    if (value !== undefined && !words.includes(value)) {
      throw constraintViolation(name, `Member must satisfy enum value set: [${words.join(", ")}]`);
    }
    return value;
  }

  boolean(member: string): boolean {
    return this.optional(member, isBoolean) ?? false;
  }

  integer(member: string, bounds: Bounds = {}): number | undefined {
    const value = this.optional(member, isInteger);
    checkBounds(member, "value", value, bounds);
    return value;
  }

  strings(member: string, list: Bounds, item: Bounds): string[] | undefined {
    return this.list(member, list)?.map((value) => {
      if (!isText(value)) {
        throw wrongType(member);
      }
      checkBounds(`${member}.member`, "length", value.length, item);
      return value;
    });
  }

  objects(member: string, list: Bounds): RequestBody[] | undefined {
    return this.list(member, list)?.map((value) => RequestBody.of(member, value));
  }

  /** Refuses a member of the API that the emulator does not have, instead of ignoring it. */
  refuse(member: string): void {
    if (this.has(member)) {
      throw invalidParameter(`The sandbox does not emulate ${member}; use real AWS for it.`);
    }
  }

  private list(member: string, bounds: Bounds): unknown[] | undefined {
    const value = this.optional(member, isList);
    checkBounds(member, "length", value?.length, bounds);
    return value;
  }

  private optional<T>(member: string, isOfType: (value: unknown) => value is T): T | undefined {
    const value = this.members[member] ?? undefined;
    if (value !== undefined && !isOfType(value)) {
      throw wrongType(member);
    }
    return value;
  }
}
