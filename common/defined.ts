// Optional properties: what is not known is left out, not set to undefined (pure).

/** Properties that may be undefined become properties that may be absent. */
type Optional<T> = { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };
type Required<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] };

/** `{ ...defined({ a, b }) }` instead of a condition for each: the object without the properties that are undefined. */
export function defined<T extends object>(properties: T): Optional<T> & Required<T> {
  const known = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Optional<T> & Required<T>;
}
