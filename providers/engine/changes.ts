// Whether a check has anything to do: inputs of state against inputs of the program (pure).
import type { Inputs } from "./checked";

/** True where a resource is new or one of its inputs is another one. The order of keys says nothing; `__provider` is not an input. */
export function isChanged(olds: object, news: object): boolean {
  return canonical(olds) !== canonical(news);
}

/** True where the engine hands over no former inputs: the resource is to be created, or created anew in a replacement. */
export function isNew(olds: Inputs): boolean {
  return Object.keys(olds).every((key) => key.startsWith("__"));
}

function canonical(inputs: object): string {
  const own = Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__")));
  return JSON.stringify(own, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
