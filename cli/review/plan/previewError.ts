// An error of a preview, taken apart: which resource, what is wrong, and what helps (pure).
import { defined } from "../../../common/defined";
import { recordedTypes } from "../../world/stackState";

/** One error, in Pulumi's and the provider's words. */
export interface PreviewError {
  /** Whom it concerns, as findings name it; absent where Pulumi names no resource. */
  readonly subject?: string;
  /** The provider's stable code (docs/errors.md); absent for others' errors. */
  readonly code?: string;
  readonly what: string;
  readonly remedy?: string;
}

/** What Pulumi writes before the words of a failed check; the value that it dumps may be long, and hold anything. */
const checkPrefix = /^\S+ resource '(?:[^']*)'(?:: property (?:\S+) value \{[\s\S]*\})? has a problem: /;
/** A code at the end. */
const codePattern = /\s*\[([A-Z][A-Z0-9_]+)\]$/;
/** Where the words of a provider turn to what helps, from the surest on. */
const turns = [
  /; nothing was (?:written|done|changed)[.;:]\s*(?:Remedy:\s*)?/,
  /[.;]\s*Remedy:\s*/,
  /; (?=[a-z`])/,
];

/** @param urn Of the resource, where Pulumi names one. @param message Without `error:`. */
export function previewError(message: string, urn: string | undefined): PreviewError {
  const text = message.trim().replace(checkPrefix, "");
  const code = codePattern.exec(text)?.[1];
  const words = text.replace(codePattern, "");
  const [what, remedy] = halves(words);
  return defined({ subject: urn === undefined ? undefined : subjectOf(urn), code, what, remedy });
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

/** `urn:pulumi:<stack>::<project>::<types>::<name>`: a role, or the credential to which a part belongs. */
function subjectOf(urn: string): string | undefined {
  const [, , types = "", ...names] = urn.split("::");
  const name = names.join("::");
  const type = types.split("$").at(-1) ?? "";
  if (name === "" || type.startsWith("pulumi:") || type === recordedTypes.identity) {
    return undefined;
  }
  return type === recordedTypes.role
    ? `role ${name}`
    : type === recordedTypes.client
      ? name.replace(/-[ab]$/, "")
      : name;
}
