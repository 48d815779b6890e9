// One line of a review: whom it concerns, what happens, and how grave it is.
import { defined } from "../../../common/defined";
import { type Grant } from "../../../genesys/knowledge/grant";
import { type Phrase, phrase, type PhraseValue } from "./phrase";
import { type RiskClass } from "../../../genesys/knowledge/riskClasses";
import { type Verdict } from "./verdict";

/**
 * What lines say about access, gravest first: the words for it, and what it makes of the verdict. `lost`: something is destroyed, of
 * which the lines beside it tell the verdict; `rotated`: a client takes another's place.
 */
export const directions = {
  blocked: { words: "blocked", verdict: "BLOCKED" },
  wider: { words: "wider", verdict: "WIDENED" },
  lost: { words: "lost for good", verdict: "NEUTRAL" },
  rotated: { words: "rotated", verdict: "ROTATED" },
  narrower: { words: "narrower", verdict: "NARROWED" },
  neutral: { words: "other", verdict: "NEUTRAL" },
} as const satisfies Readonly<Record<string, { readonly words: string; readonly verdict: Verdict }>>;

/** One of {@link directions}. */
export type Direction = keyof typeof directions;

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
  return { ...defined({ subject, grant: extra.grant }), direction, phrase: words, risks: extra.risks ?? [] };
}

const irreversible: readonly RiskClass[] = ["irreversible"];

/** A line as a sentence with names in it, as {@link phrase}. */
type LineTag = (words: TemplateStringsArray, ...values: readonly PhraseValue[]) => Finding;

/**
 * The lines about one subject, undefined for the stack itself: a template for each direction. `gone` is lost for good, and
 * `atRisk` may be from then on.
 * @example neutral`secret ${secretName} is created`
 */
export function linesOn(
  subject: string | undefined,
): Readonly<Record<Direction | "gone" | "atRisk", LineTag>> {
  const tag =
    (direction: Direction, risks: readonly RiskClass[] = []): LineTag =>
    (words, ...values) =>
      finding(subject, direction, phrase(words, ...values), { risks });
  return {
    blocked: tag("blocked"),
    wider: tag("wider"),
    lost: tag("lost"),
    rotated: tag("rotated"),
    narrower: tag("narrower"),
    neutral: tag("neutral"),
    gone: tag("lost", irreversible),
    atRisk: tag("neutral", irreversible),
  };
}
