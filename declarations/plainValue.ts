// Raw values made safe to look into: dates as text, no `__proto__`, nothing that YAML cannot hold.

/** Declarations are no deeper than this (a condition's operand: roles, key, permissions, …); deeper levels are never read. */
const depthLimit = 16;

/** A map of YAML, whatever it holds. */
export type PlainMap = Readonly<Record<string, unknown>>;

/** Whether a value is a map of YAML: an object without a class. */
export function isPlainMap(value: unknown): value is PlainMap {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** What a raw value holds under a key; undefined where it is no map, or has no such key. */
export function settingIn(value: unknown, key: string): unknown {
  return isPlainMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The entries of a raw map that are maps themselves; what has the wrong shape is passed over, the schema reports it. */
export function mapsIn(entries: unknown): readonly (readonly [key: string, entry: PlainMap])[] {
  return isPlainMap(entries)
    ? Object.entries(entries).flatMap(([key, entry]) => (isPlainMap(entry) ? [[key, entry] as const] : []))
    : [];
}

/**
 * A copy without `__proto__` keys, the paths where such keys stood, and without keys that say nothing. A `Date` (what YAML 1.1 readers make of a timestamp) becomes its ISO text; other objects
 * with a class become a symbol, which no field accepts. Values that contain themselves (YAML aliases) are copied once.
 */
export function toPlainValue(raw: unknown) {
  // Where a key `__proto__` stood; JavaScript gives that name a meaning, and zod passes over it in silence.
  const refusedPaths: PropertyKey[][] = [];
  const copies = new Map<object, unknown>();
  const copy = (value: unknown, path: PropertyKey[]): unknown => {
    if (typeof value !== "object" || value === null || path.length > depthLimit) {
      return value;
    }
    if (copies.has(value)) {
      return copies.get(value);
    }
    if (Array.isArray(value)) {
      const list: unknown[] = [];
      copies.set(value, list);
      for (const [index, item] of value.entries()) {
        list.push(copy(item, [...path, index]));
      }
      return list;
    }
    if (!isPlainMap(value)) {
      return textOfDate(value) ?? Symbol("unsupported");
    }
    const map: Record<string, unknown> = {};
    copies.set(value, map);
    for (const [key, item] of Object.entries(value)) {
      if (key === "__proto__") {
        refusedPaths.push([...path, key]);
      } else if (item !== undefined) {
        map[key] = copy(item, [...path, key]);
      }
    }
    return map;
  };
  return { value: copy(raw, []), refusedPaths };
}

function textOfDate(value: object): string | undefined {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
}
