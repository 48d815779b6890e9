// One line of a review: whom it concerns, what happens, and how grave it is.
import { type Grant } from "../../../genesys/knowledge/grant";
import { type Phrase } from "./phrase";
import { type RiskClass } from "../../../genesys/knowledge/riskClasses";
import { type Verdict } from "./verdict";

/** What a line says about access. `lost`: something is destroyed; `rotated`: a client takes another's place. */
export type Direction = "blocked" | "wider" | "lost" | "rotated" | "narrower" | "neutral";

/** One line. */
export interface Finding {
  /** The credential or role; undefined for the stack itself. */
  readonly subject?: string;
  readonly direction: Direction;
  readonly phrase: Phrase;
  readonly risks: readonly RiskClass[];
  /** The tuple, where the line is about one. */
  readonly grant?: Grant;
  /** Of the exclusion that takes the risk off the line. */
  readonly accepted?: { readonly reason: string; readonly expiresOn: string };
}

/** A line without risk, or with those given. */
export function finding(
  subject: string | undefined,
  direction: Direction,
  words: Phrase,
  extra: { readonly risks?: readonly RiskClass[]; readonly grant?: Grant } = {},
): Finding {
  return {
    ...(subject === undefined ? {} : { subject }),
    direction,
    phrase: words,
    risks: extra.risks ?? [],
    ...(extra.grant === undefined ? {} : { grant: extra.grant }),
  };
}

/** What each direction makes of the verdict. What is lost is told by the lines beside it. */
export const verdictOfDirection: Readonly<Record<Direction, Verdict>> = {
  blocked: "BLOCKED",
  wider: "WIDENED",
  lost: "NEUTRAL",
  rotated: "ROTATED",
  narrower: "NARROWED",
  neutral: "NEUTRAL",
};
