// Request bodies: reading their fields with the refusals of the real API. Unknown keys are let through and kept, read-only ones let through.
import { badRequest, invalidValue } from "./simulatorError";
import { type OtherFields, type RoleDivision } from "./state";

/** A request body that is an object. */
export type Body = Readonly<Record<string, unknown>>;

/** The body as an object. @throws SimulatorError 400 when it is none. */
export function bodyObject(body: unknown): Body {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw badRequest("bad.request", "The request could not be understood: its body must be a JSON object.");
  }
  return body as Body;
}

/** A reader of fields of one type. */
const optional =
  <T>(fieldType: string, isOfType: (value: unknown) => value is T) =>
  (body: Body, field: string): T | undefined => {
    const value = body[field] ?? undefined;
    if (value !== undefined && !isOfType(value)) {
      throw invalidValue(value, fieldType);
    }
    return value;
  };

const isText = (value: unknown): value is string => typeof value === "string";
const isList = (value: unknown): value is unknown[] => Array.isArray(value);

/** A text field; null counts as left out. @throws SimulatorError 400 `invalid.value` */
export const optionalText = optional("String", isText);

/** A whole number; null counts as left out. @throws SimulatorError 400 `invalid.value` */
export const optionalInteger = optional("Long", (value): value is number => Number.isSafeInteger(value));

/** A list of texts; null counts as left out. @throws SimulatorError 400 `invalid.value` */
export const optionalTexts = optional(
  "List<String>",
  (value): value is string[] => isList(value) && value.every(isText),
);

const optionalPairs = optional("List<RoleDivision>", isList);

/** A text field that must be there and not be blank. @throws SimulatorError 400. */
export function requiredText(body: Body, field: string): string {
  const text = optionalText(body, field);
  if (text === undefined || text.trim() === "") {
    throw badRequest("constraint.validation", `The field "${field}" is required and must not be empty.`);
  }
  return text;
}

/** A body that is a list of texts. @throws SimulatorError 400 `invalid.value` */
export function requiredTexts(body: unknown): string[] {
  const texts = optionalTexts({ body }, "body");
  if (texts === undefined) {
    throw invalidValue(null, "List<String>");
  }
  return texts;
}

/** A date as milliseconds since the epoch; null counts as left out. @throws SimulatorError 400 `invalid.date`. */
export function optionalDate(body: Body, field: string): number | undefined {
  const text = optionalText(body, field);
  if (text === undefined) {
    return undefined;
  }
  const time = Date.parse(text);
  if (Number.isNaN(time)) {
    throw badRequest("invalid.date", `Value [${text}] is not a valid date.`);
  }
  return time;
}

/** The fields of a body that are not among the known ones; null counts as left out. */
export function otherFields(body: Body, known: ReadonlySet<string>): OtherFields {
  return Object.fromEntries(
    Object.entries(body).filter(([field, value]) => !known.has(field) && value !== null),
  );
}

/** The part of a version with its unknown fields; nothing where there is none. */
export function withOther(other: OtherFields): { readonly other?: OtherFields } {
  return Object.keys(other).length === 0 ? {} : { other };
}

/** A list of role and division pairs, each once. @throws SimulatorError 400. */
export function optionalRoleDivisions(body: Body, field: string): RoleDivision[] | undefined {
  const pairs = optionalPairs(body, field)?.map((one) => {
    const pair = bodyObject(one);
    return { roleId: requiredText(pair, "roleId"), divisionId: requiredText(pair, "divisionId") };
  });
  return pairs && uniquePairs(pairs);
}

/** The pairs without repetitions: grants are a set. */
export function uniquePairs(pairs: readonly RoleDivision[]): RoleDivision[] {
  const byKey = new Map(pairs.map((pair) => [`${pair.roleId} ${pair.divisionId}`, pair]));
  return [...byKey.values()].map(({ roleId, divisionId }) => ({ roleId, divisionId }));
}
