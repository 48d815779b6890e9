// Objects as Genesys answered them: a field or an entry that cannot be read hides no object, and no PUT takes it away.
import { z } from "zod";

import { oneLine } from "../common/oneLine";
import { unexpectedAnswer } from "./errors";
import type { Unread } from "./unread";

type Fields = Readonly<Record<string, unknown>>;

/** By the object that was read of it. */
const originals = new WeakMap<object, Fields>();

/** A name of the organisation in a message. */
const longestName = 100;

/** The object of these fields, and of whatever others there are; the answer that it was read of is kept. */
export function answered<T extends z.ZodRawShape>(shape: T) {
  const schema = z.looseObject(shape);
  return z.unknown().transform((raw, context): z.infer<typeof schema> => {
    const parsed = schema.safeParse(raw);
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues) {
        context.addIssue({ code: "custom", path, message });
      }
      return z.NEVER;
    }
    originals.set(parsed.data, raw as Fields);
    return parsed.data;
  });
}

/** A number that came as a text. */
export const numberText = z
  .string()
  .regex(/^\d+(\.\d+)?$/)
  .transform(Number);

/** A field that Genesys leaves out or sends as null is not given, and neither is one that cannot be read. */
export function given<T extends z.ZodType>(schema: T) {
  return z
    .union([schema, numberText.pipe(schema as unknown as z.ZodType<z.infer<T>, number>)])
    .nullish()
    .transform((value): z.infer<T> | undefined => (value as z.infer<T> | null) ?? undefined)
    .catch(undefined);
}

/** A list without the entries that cannot be read. */
export function entriesOf<T extends z.ZodType>(entry: T) {
  return z.array(z.unknown()).transform((all) => all.flatMap((one): z.infer<T>[] => readOf(entry, one)));
}

function readOf<T extends z.ZodType>(schema: T, raw: unknown): z.infer<T>[] {
  const parsed = schema.safeParse(raw);
  return parsed.success ? [parsed.data] : [];
}

/** The fields that could not be read, as they came. @param readOnly Fields that requests do not have. */
export function unreadFields(object: object, readOnly: ReadonlySet<string>): Fields {
  return Object.fromEntries(
    Object.entries(originalOf(object)).filter(
      ([name, raw]) => isThere(raw) && (object as Fields)[name] === undefined && !readOnly.has(name),
    ),
  );
}

/**
 * A list for a PUT, which replaces it: the entries that could not be read stay as they were.
 * @param entries Those that can be read, as they are to be; undefined where they stay as they are.
 * @returns Undefined where there is no such field and none is given.
 * @throws GenesysResponseError where the field is no list: other entries in its place would take away what it says
 */
export function listToSend<T>(
  live: object,
  { field, entry, path, what, held }: ListField,
  entries: readonly T[] | undefined,
): readonly T[] | undefined {
  const raw = originalOf(live)[field];
  if (!isThere(raw)) {
    return entries;
  }
  if (!Array.isArray(raw)) {
    if (entries === undefined) {
      return raw as readonly T[];
    }
    throw unexpectedAnswer(
      path,
      `${field} of ${what} is no list, so that a PUT could not keep its ${held}; nothing was sent`,
    );
  }
  const read = entries ?? ((live as Fields)[field] as readonly T[] | undefined) ?? [];
  return [...read, ...(raw.filter((one) => readOf(entry, one).length === 0) as T[])];
}

/** A list within an object. */
interface ListField {
  readonly field: string;
  readonly entry: z.ZodType;
  readonly path: string;
  /** The object, as `OAuth client {id}`. */
  readonly what: string;
  /** What the list says that the object has, as `roles`. */
  readonly held: string;
}

/** How many entries of a list could not be read. */
export function unreadEntryCount(object: object, field: string): number {
  const [raw, read] = [originalOf(object)[field], (object as Fields)[field]];
  return Array.isArray(raw) && Array.isArray(read) ? raw.length - read.length : 0;
}

/**
 * Says once what of objects could not be read: a form that many of them have in one line, which names the first.
 * @param kind As `OAuth client`.
 */
export function tellUnread(unread: Unread, kind: string, objects: readonly Named[]): void {
  const alike = new Map<string, Named[]>();
  for (const object of objects) {
    const parts = unreadParts(object).join(", ");
    alike.set(parts, [...(alike.get(parts) ?? []), object]);
  }
  alike.delete("");
  for (const [parts, [first, ...others]] of alike) {
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    unread.tell(
      `of ${kind} ${nameInWords(first as Named)}${more}, ${parts} could not be read; it is looked at without that, and no change takes it away`,
    );
  }
}

/** Whether a field, or an entry of its list, could not be read. */
export function isUnread(object: object, field: string): boolean {
  const isLost = isThere(originalOf(object)[field]) && (object as Fields)[field] === undefined;
  return isLost || unreadEntryCount(object, field) > 0;
}

function unreadParts(object: object): readonly string[] {
  return Object.entries(originalOf(object)).flatMap(([name, raw]) => {
    const lost = unreadEntryCount(object, name);
    if (lost > 0 && Array.isArray(raw)) {
      return [`${lost} of ${entriesInWords(raw.length)} of ${name}`];
    }
    return isThere(raw) && (object as Fields)[name] === undefined ? [name] : [];
  });
}

/** `1 entry`, `2 entries`. */
export function entriesInWords(count: number): string {
  return `${count} ${count === 1 ? "entry" : "entries"}`;
}

interface Named {
  readonly id: string;
  readonly name?: string | undefined;
}

/** As `"name" (id)`. */
function nameInWords({ id, name }: Named): string {
  return name === undefined ? id : `"${oneLine(name, longestName)}" (${id})`;
}

/** The answer that an object was read of; itself where it is of none. */
function originalOf(object: object): Fields {
  return originals.get(object) ?? (object as Fields);
}

function isThere(raw: unknown): boolean {
  return raw !== undefined && raw !== null;
}
