// One line of a review: whom it concerns, what happens, how grave it is, and who stops because of it.
import { defined } from "../../../common/defined";
import { type Grant } from "../../../genesys/knowledge/grant";
import { type RiskClass } from "../../../genesys/knowledge/riskClasses";
import { type Direction } from "./directions";
import { type FindingCode, findingCodes, type Meaning } from "./findingCodes";
import { type Phrase, phrase, type PhraseValue } from "./phrase";

/** What a reviewer must know of a line after which consumers fail, with everything or with some calls. */
export interface Breakage {
  /** Which consumers. */
  readonly who: Phrase;
  /** From when on, and until when. */
  readonly when: Phrase;
  readonly wayBack: Phrase;
}

/** One line. */
export interface Finding {
  readonly code: FindingCode;
  /** The credential or role; undefined for the stack itself. */
  readonly subject?: string;
  readonly direction: Direction;
  readonly phrase: Phrase;
  /** Where consumers stop, or lose something. */
  readonly breakage?: Breakage;
  /** What belongs under the line, each on one of its own. */
  readonly details?: readonly Phrase[];
  /** What helps, where something has to be done before the change can be deployed. */
  readonly remedy?: Phrase;
  readonly risks: readonly RiskClass[];
  /** The tuple, where the line is about one. */
  readonly grant?: Grant;
  /** Of a permission that was held in other divisions before: which. */
  readonly formerDivisions?: readonly string[];
  /** Of the exclusion that takes the risk off the line. */
  readonly accepted?: { readonly reason: string; readonly expiresOn: string };
}

/** What a line says besides its words. */
type Extra = Partial<
  Pick<Finding, "breakage" | "details" | "remedy" | "risks" | "grant" | "formerDivisions">
>;

/** A line with the code's own direction. @param subject Undefined for the stack itself. */
export function finding(
  subject: string | undefined,
  code: FindingCode,
  words: Phrase,
  { risks = [], ...extra }: Extra = {},
): Finding {
  const { direction, isIrreversible }: Meaning = findingCodes[code];
  return {
    code,
    ...defined({ subject, ...extra }),
    direction,
    phrase: words,
    risks: isIrreversible === true ? ["irreversible", ...risks] : risks,
  };
}

/** A line as a sentence with names in it, as {@link phrase}. */
type LineTag = (words: TemplateStringsArray, ...values: readonly PhraseValue[]) => Finding;

/**
 * The lines about one subject: a template for each code.
 * @param subject As in {@link finding}.
 * @example line("SECRET_CREATED")`secret ${secretName} is created`
 */
export function linesOn(subject: string | undefined): (code: FindingCode, extra?: Extra) => LineTag {
  return (code, extra) =>
    (words, ...values) =>
      finding(subject, code, phrase(words, ...values), extra);
}
