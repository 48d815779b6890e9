// What changed between the recorded state and the wanted inputs, and what of it forces a replacement. Pure.
import { isDeepStrictEqual } from "node:util";
import { holdsUnknown } from "./propertyValues";

/** One property of a resource, before and after. `undefined` means: not set. */
export interface Comparison {
  readonly property: string;
  readonly was: unknown;
  readonly wanted: unknown;
  readonly replaces?: boolean;
}

/** A property that differs. */
export interface PropertyChange {
  readonly property: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

/** The comparisons that differ. An unknown value counts as a change: nobody can say yet that it is not one. */
export function changesOf(comparisons: readonly Comparison[]): PropertyChange[] {
  return comparisons
    .filter(({ was, wanted }) => holdsUnknown(wanted) || !isDeepStrictEqual(was, wanted))
    .map(({ property, was, wanted, replaces = false }) => ({
      property,
      kind: was === undefined ? "add" : wanted === undefined ? "delete" : "update",
      replaces,
    }));
}

/** True when two policies say the same, whatever their spacing and the order of their keys. */
export function isSamePolicy(a: string, b: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(a), JSON.parse(b));
  } catch {
    return a === b;
  }
}
