// Reads a review as a person does, from nothing but its text: the lines of each kind, by whom they concern, and what stands below each.

/** What a line is about, by the word it begins with. */
export type Kind = "blocked" | "breaks" | "wider" | "lost" | "rotated" | "narrower" | "neutral";

/** The words that docs/reviewing.md explains. */
const kinds: Readonly<Record<string, Kind>> = {
  blocked: "blocked",
  "consumers stop": "breaks",
  wider: "wider",
  "lost for good": "lost",
  rotated: "rotated",
  narrower: "narrower",
  other: "neutral",
};

/** One line, and what stands below it. */
export interface ReadLine {
  /** A credential, a role or the stack, as it is named. */
  readonly subject: string;
  readonly kind: Kind;
  readonly text: string;
  readonly isForGood: boolean;
  readonly below: Readonly<Partial<Record<Label, string>>>;
}

/** What stands below a line: who stops, when, the way back; or what helps. */
type Label = "who" | "when" | "way back" | "remedy";

/** A line while it is read. */
interface OpenLine {
  readonly subject: string;
  readonly kind: Kind;
  readonly text: string;
  readonly below: Partial<Record<Label, string>>;
}

const words = Object.keys(kinds).join("|");
const textLine = new RegExp(`^ {2}(${words}) +(\\S.*)$`, "i");
const markdownLine = new RegExp(`^- (?:\\*\\*)?(${words})(?:\\*\\*)?: (.*)$`);
const textBelow = /^ {4,}(who|when|way back|remedy)(?: \(these \d+ lines\))?: (.*)$/;
const markdownBelow =
  /\*\*(Who|When|Way back|Remedy)(?: \(these \d+ lines\))?:\*\* (.*?)(?=\.? \*\*(?:Who|When|Way back|Remedy):\*\*|\.?$)/g;

/** The form for a terminal. */
export function readText(review: string): ReadLine[] {
  return read(review.split("\n"), {
    subjectOf: (line) => (/^\S/.test(line) ? line : undefined),
    line: textLine,
    below: (line) => (textBelow.test(line) ? [line.match(textBelow) ?? []] : []),
  });
}

/** The form of the comment on GitHub, as it is rendered: without the marks. */
export function readMarkdown(review: string): ReadLine[] {
  return read(review.split("\n"), {
    subjectOf: (line) => /^\*\*(.*)\*\*$/.exec(line)?.[1],
    line: markdownLine,
    below: (line) => (/^ {2}\*\*/.test(line) ? [...line.matchAll(markdownBelow)] : []),
  }).map((line) => ({
    ...line,
    subject: withoutCode(line.subject),
    text: withoutCode(line.text).replaceAll("**", ""),
    below: Object.fromEntries(Object.entries(line.below).map(([label, said]) => [label, withoutCode(said)])),
  }));
}

/** How the parts of a form are found. */
interface Form {
  readonly subjectOf: (line: string) => string | undefined;
  readonly line: RegExp;
  readonly below: (line: string) => readonly (readonly (string | undefined)[])[];
}

function read(lines: readonly string[], form: Form): ReadLine[] {
  const found: OpenLine[] = [];
  let subject = "";
  for (const line of lines.slice(1)) {
    const [, word = "", text = ""] = form.line.exec(line) ?? [];
    const kind = kinds[word.toLowerCase()];
    if (kind !== undefined) {
      found.push({ subject, kind, text, below: {} });
      continue;
    }
    for (const [, label = "", said = ""] of form.below(line)) {
      const below = found.at(-1)?.below;
      if (below !== undefined) {
        below[label.toLowerCase() as Label] = said;
      }
    }
    subject = form.subjectOf(line) ?? subject;
  }
  return found.map((line) => ({ ...line, isForGood: /irreversible[^[(]*$/.test(line.text) }));
}

/** Code spans as they are shown. */
export function withoutCode(markdown: string): string {
  return markdown.replaceAll(/(`+)( ?)(.*?[^`])\2\1(?!`)/g, "$3");
}
