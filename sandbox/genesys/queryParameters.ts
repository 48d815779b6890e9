// Query parameters: arrays in both spellings, numbers with their limits, kinds of subjects.
import { subjectTypes } from "./organizationSeed";
import { badRequest, invalidValue, type SimulatorError } from "./simulatorError";
import { type SubjectType } from "./state";

/** A parsed query string. */
export type Query = Readonly<Record<string, string | string[] | undefined>>;

/** A parameter; the first one when it is repeated. Empty counts as left out. */
export function single(query: Query, name: string): string | undefined {
  const value = query[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === "" ? undefined : first;
}

/** An array parameter, repeated or comma-joined: SDKs do either. Empty when it is left out. */
export function list(query: Query, name: string): string[] {
  const value = query[name] ?? [];
  return (Array.isArray(value) ? value : [value])
    .flatMap((text) => text.split(","))
    .map((text) => text.trim())
    .filter((text) => text !== "");
}

/** The refusal of a parameter's value. */
export function invalidParameter(name: string, value: string): SimulatorError {
  const text = `Value [${value}] is not valid for the query parameter ${name}.`;
  return badRequest("invalid.query.param.value", text);
}

/** A whole number from 1 up. @throws SimulatorError 400 `invalid.query.param.value` */
export function positiveInteger(query: Query, name: string, usual: number): number {
  const text = single(query, name);
  const value = text === undefined ? usual : Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw invalidParameter(name, text ?? "");
  }
  return value;
}

/** The kind of a subject; a user when it is left out. @throws SimulatorError 400 */
export function subjectTypeOf(query: Query): SubjectType {
  const text = single(query, "subjectType");
  const type = subjectTypes.find((known) => known === (text ?? "PC_USER"));
  if (type === undefined) {
    throw invalidValue(text, "SubjectType");
  }
  return type;
}

/** Whether a name fits a filter: whole and without regard to case, or by its beginning when the filter ends in `*`. */
export function fitsName(name: string, filter: string | undefined): boolean {
  if (filter === undefined) {
    return true;
  }
  const wanted = filter.toLowerCase();
  return wanted.endsWith("*")
    ? name.toLowerCase().startsWith(wanted.slice(0, -1))
    : name.toLowerCase() === wanted;
}
