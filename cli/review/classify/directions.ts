// What lines of a review say about access, gravest first, and what each makes of the verdict.
import { type Verdict } from "./verdict";

/**
 * By kind: the words for it, and its verdict. `lost`: something is destroyed, of which the lines beside it tell the verdict.
 */
export const directions = {
  blocked: { words: "blocked", verdict: "BLOCKED" },
  breaks: { words: "consumers stop", verdict: "BREAKS" },
  wider: { words: "wider", verdict: "WIDENED" },
  lost: { words: "lost for good", verdict: "NEUTRAL" },
  rotated: { words: "rotated", verdict: "ROTATED" },
  narrower: { words: "narrower", verdict: "NARROWED" },
  neutral: { words: "other", verdict: "NEUTRAL" },
} as const satisfies Readonly<Record<string, { readonly words: string; readonly verdict: Verdict }>>;

/** One of {@link directions}. */
export type Direction = keyof typeof directions;

const inOrder = Object.keys(directions);

/** Its place in that order: 0 for the gravest. */
export function gravityOf({ direction }: { readonly direction: Direction }): number {
  return inOrder.indexOf(direction);
}
