// What a run found, for people and for programs.
import { counted } from "../cli/terminal/counted";
import type { Result } from "./asking";
import type { MadeObject } from "./ledger";
import type { HeldBy } from "./question";
import type { Remaining } from "./removal";

export interface ProbeReport {
  readonly runId: string;
  readonly organizationName: string;
  readonly results: readonly Result[];
  /** Of former runs. */
  readonly leftovers: readonly MadeObject[];
  readonly remaining: readonly Remaining[];
  /** Where the fixtures are; undefined where they could not be written. */
  readonly fixtures: string | undefined;
}

/** As wide as a terminal is at least: 80 letters, two of them at the left edge. */
const headingWidth = 13;
const textWidth = 65;

/** How each outcome is headed in the table. */
const marks = {
  "as expected": "same",
  different: "DIFFERENT",
  "does not arise": "same",
  "not settled": "NOT SETTLED",
} as const;

function seenOf({ outcome }: Result): string {
  switch (outcome.kind) {
    case "as expected":
    case "different":
      return outcome.seen;
    case "does not arise":
      return `does not arise: ${outcome.reason}`;
    case "not settled":
      return `not settled: ${outcome.reason}`;
  }
}

function detailOf({ outcome }: Result): string {
  return "detail" in outcome ? outcome.detail : "";
}

/** What is to be set, in words: `switch selfGrantAllowed: false (sandbox/genesys/switches.ts)`. */
export function settingsInWords({ switches = {}, delays = [], code = [], variables = [] }: HeldBy): string[] {
  return [
    ...Object.entries(switches).map(
      ([name, other]) =>
        `simulator switch ${name} (sandbox/genesys/switches.ts) to what was seen, as ${JSON.stringify(other)}`,
    ),
    ...delays.map((name) => `simulator delay ${name} (sandbox/genesys/consistency.ts) to what was seen`),
    ...variables.map((name) => `environment variable ${name}, if the wait is longer than its default`),
    ...code.map((place) => `look at ${place}`),
  ];
}

export function countOf(results: readonly Result[], ...kinds: readonly Result["outcome"]["kind"][]): number {
  return results.filter(({ outcome }) => kinds.includes(outcome.kind)).length;
}

/** Whether everything is as the code assumes, and nothing is left. */
export function isFine({ results, remaining }: Pick<ProbeReport, "results" | "remaining">): boolean {
  return countOf(results, "different", "not settled") === 0 && remaining.length === 0;
}

/** The table, what to set, and what is left. */
export function reportText(report: ProbeReport): string {
  const { results, organizationName, runId } = report;
  const groups = [...new Set(results.map(({ group }) => group))];
  return [
    `Probe ${runId} of the organisation ${organizationName}`,
    ...groups.map((group) =>
      [group, ...results.filter((result) => result.group === group).flatMap(rowsOf)].join("\n"),
    ),
    ...differencesText(results),
    summaryText(report),
    ...remainingText(report.remaining),
  ].join("\n\n");
}

/** The question in one line or more, then what was expected and what was seen: no line is longer than a terminal's, unless a word is. */
function rowsOf(result: Result): string[] {
  const { question, expected } = result.question;
  const seen = [seenOf(result), detailOf(result)].filter((text) => text !== "").join(" - ");
  return [
    ...wrapped(marks[result.outcome.kind], question),
    ...wrapped("  expected", expected),
    ...wrapped("  seen", seen),
  ];
}

/** A text beside its heading, broken between words. */
function wrapped(heading: string, text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > textWidth) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = `${last} ${word}`;
    }
  }
  return lines.map((line, index) => `  ${(index === 0 ? heading : "").padEnd(headingWidth)}${line}`);
}

function differencesText(results: readonly Result[]): string[] {
  const different = results.filter(({ outcome }) => outcome.kind === "different");
  return different.length === 0
    ? []
    : [
        [
          "What to set, so that the code and its simulator are as the platform is:",
          ...different.flatMap((result) => [
            `  ${result.question.id}: ${result.question.expected} was expected, ${seenOf(result)} was seen`,
            ...settingsInWords(result.question.heldBy).map((setting) => `    -> ${setting}`),
          ]),
        ].join("\n"),
      ];
}

function summaryText({ results, fixtures }: ProbeReport): string {
  const settled = countOf(results, "as expected", "does not arise");
  const counts = `${counted(results.length, "question")}: ${settled} as expected, ${countOf(results, "different")} different, ${countOf(results, "not settled")} not settled`;
  return fixtures === undefined
    ? counts
    : `${counts}\nThe answers, without names, ids and secrets: ${fixtures}`;
}

/** Empty where nothing is left. */
export function remainingText(remaining: readonly Remaining[]): string[] {
  return remaining.length === 0
    ? []
    : [
        [
          "Could not be removed; run again with --clean, or remove it by hand:",
          ...remaining.map(({ what, reason }) => `  ${what}: ${reason}`),
        ].join("\n"),
      ];
}

/** The same for programs. */
export function reportJson(report: ProbeReport): object {
  return {
    run: report.runId,
    asExpected: countOf(report.results, "as expected", "does not arise"),
    different: countOf(report.results, "different"),
    notSettled: countOf(report.results, "not settled"),
    questions: report.results.map((result) => ({
      id: result.question.id,
      group: result.group,
      question: result.question.question,
      expected: result.question.expected,
      outcome: result.outcome.kind,
      seen: seenOf(result),
      ...(detailOf(result) === "" ? {} : { detail: detailOf(result) }),
      ...(result.outcome.kind === "different" ? { set: settingsInWords(result.question.heldBy) } : {}),
    })),
    leftovers: report.leftovers,
    remaining: report.remaining,
    ...(report.fixtures === undefined ? {} : { fixtures: report.fixtures }),
  };
}
