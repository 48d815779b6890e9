// Markup by template: whatever is put into a template is text, unless it came out of a template itself.
import { oneLine } from "../../../common/oneLine";

/** Characters of one text that are shown; names of Genesys Cloud are shorter, sentences about them as well. */
const longestText = 2000;

/** A half of a pair of code units that stands alone: it cannot be written as UTF-8. */
const loneSurrogates = /\p{Surrogate}/gu;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Markup that can be written as it is. Only {@link markup} makes it. */
export class Html {
  /** @param text - The markup. */
  constructor(readonly text: string) {}
}

/** What a template takes: text and numbers are escaped, markup is not, nothing is nothing. */
export type Content = Html | string | number | null | readonly Content[];

const compactParts = new WeakMap<TemplateStringsArray, readonly string[]>();

/**
 * Markup of a template. A line break of the template, with the indentation around it, is nothing between tags and values, and
 * one blank next to a word; attributes have to stand in double quotes.
 */
export function markup(template: TemplateStringsArray, ...values: readonly Content[]): Html {
  let parts = compactParts.get(template);
  if (parts === undefined) {
    parts = template.map((part) => part.replace(/\s*\n\s*/g, withoutBreak));
    compactParts.set(template, parts);
  }
  let text = parts[0] ?? "";
  for (const [index, value] of values.entries()) {
    text += textOf(value) + (parts[index + 1] ?? "");
  }
  return new Html(text);
}

function withoutBreak(lineBreak: string, offset: number, part: string): string {
  const before = part[offset - 1] ?? ">";
  const after = part[offset + lineBreak.length] ?? "<";
  return before === ">" && after === "<" ? "" : " ";
}

function textOf(value: Content): string {
  if (value instanceof Html) {
    return value.text;
  }
  if (value === null) {
    return "";
  }
  return typeof value === "object" ? value.map(textOf).join("") : escapeText(String(value));
}

/**
 * Text that is neither a tag nor an entity nor the end of an attribute, on one line and without marks that turn its direction.
 * A blank at either end stays.
 */
export function escapeText(text: string): string {
  const line = oneLine(text, longestText)
    .replace(loneSurrogates, "\ufffd")
    .replace(/[&<>"']/g, (character) => entities[character] ?? "");
  return line === "" ? line : `${text.startsWith(" ") ? " " : ""}${line}${text.endsWith(" ") ? " " : ""}`;
}

/** A sentence in which what stands between backticks is code. */
export function sentence(text: string): Html {
  const parts = text.split("`");
  const last = parts.length - 1;
  // Every second part stands between backticks; one without a partner is a character like others.
  const isPaired = last % 2 === 0;
  return isPaired
    ? markup`${parts.map((part, index) => (index % 2 === 0 ? part : markup`<code>${part}</code>`))}`
    : markup`${text}`;
}

/** What an audit says, as a whole sentence: on the command line it follows a colon, on the page it stands alone. */
export function wholeSentence(text: string): Html {
  const capital = text.replace(/^[a-z](?=[a-z]* )/, (letter) => letter.toUpperCase());
  return sentence(/[.!?]$/.test(capital) ? capital : `${capital}.`);
}
