// Errors of a preview, taken apart: which resource, what is wrong, and what helps (pure).
import { defined } from "../../../common/defined";
import { type PreviewError } from "./previewError";
import { stackFileErrors } from "./stackFileErrors";
import { subjectOfUrn } from "./subjectOfUrn";

/** What Pulumi writes before the words of a failed check; the value that it dumps may be long, and hold anything. */
const checkPrefix = /^\S+ resource '(?:[^']*)'(?:: property (?:\S+) value \{[\s\S]*\})? has a problem: /;
/** How a check that has found several things begins; each is a line of its own. */
const severalPattern = /^\d+ problems:\n/;
/** A code at the end. */
const codePattern = /\s*\[([A-Z][A-Z0-9_]+)\]$/;
/** Where the words of a provider turn to what helps, from the surest on. */
const turns = [
  /; nothing (?:more )?was (?:written|done|changed)[.;:]\s*(?:Remedy:\s*)?/,
  /[.;]\s*Remedy:\s*/,
  /; it was left as it is\.\s*/,
  /; (?=[a-z`])/,
];

/** One for each mistake that the error tells. @param urn Of the resource, where Pulumi names one. @param message Without `error:`. */
export function previewErrors(message: string, urn: string | undefined): PreviewError[] {
  const text = message.trim().replace(checkPrefix, "");
  const several = severalPattern.test(text) ? text.split("\n").slice(1) : [text];
  return stackFileErrors(text) ?? several.map((one) => previewError(one.trim(), urn));
}

function previewError(text: string, urn: string | undefined): PreviewError {
  const code = codePattern.exec(text)?.[1];
  const words = text.replace(codePattern, "");
  const [what, remedy] = halves(words);
  return defined({ subject: urn === undefined ? undefined : subjectOfUrn(urn), code, what, remedy });
}

function halves(words: string): readonly [string, string | undefined] {
  for (const turn of turns) {
    const all = [...words.matchAll(new RegExp(turn, "g"))];
    const last = all.at(-1);
    if (last !== undefined) {
      const remedy = words.slice(last.index + last[0].length);
      return [words.slice(0, last.index), remedy === "" ? undefined : remedy];
    }
  }
  return [words, undefined];
}
