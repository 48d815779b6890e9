// Whose a marker is, seen from one stack: the identity decides, and names where one of both has none (pure).
import { type Maker } from "../../genesys/marker";

/** How a stack marks what it makes. */
export interface StackMarks {
  /** As in state; undefined where the state has none, or is not known. */
  readonly identity?: string | undefined;
  /** `<project>/<stack>/`. */
  readonly ownerPrefix: string;
}

/** `otherIdentity`: the names of this stack, made by another state of the same name, or by one that was lost. */
export type MarkStanding = "ours" | "otherIdentity" | "elsewhere";

export function standingOf(marker: Maker, { identity, ownerPrefix }: StackMarks): MarkStanding {
  const hasNames = marker.owner.startsWith(ownerPrefix);
  if (marker.identity === undefined || identity === undefined) {
    return hasNames ? "ours" : "elsewhere";
  }
  if (marker.identity === identity) {
    return "ours";
  }
  return hasNames ? "otherIdentity" : "elsewhere";
}

/** What is said about an object of another identity, and what to do. */
export const otherIdentityWords = {
  found: (identity: string | undefined): string =>
    `has the names of this stack and another identity${identity === undefined ? "" : `, ${identity}`}: another state of the same name made it, or one that was lost`,
  remedy: (stack: string): string =>
    `if that state is lost, take it back: \`npm run credentials -- recover --stack ${stack}\`; if it is in use, leave it alone`,
} as const;
