// A review as SARIF, for code scanning: every line is a result at the credential or role that it concerns.
import { defined } from "../../../common/defined";
import { type Environment } from "../../../common/environmentVariables";
import { type WrittenEntry, type WrittenPlaces } from "../../stackFile/writtenPlaces";
import { documentUrl } from "../../terminal/documentUrl";
import {
  sarifLog,
  type SarifFinding,
  type SarifLevel,
  type SarifRule,
  type SarifRun,
} from "../../terminal/sarifLog";
import { type StackReview } from "../classify/classify";
import { type Direction, directions } from "../classify/directions";
import { type Finding } from "../classify/finding";
import { findingCodes, type Meaning } from "../classify/findingCodes";
import { type Phrase } from "../classify/phrase";
import { verdictOf } from "./headline";
import { plainOf } from "./markdownText";
import { notesBelow } from "./notes";

/** The page of all codes. */
const page = "docs/review-findings.md";

/** How grave a line is called, and how grave its code is as a matter of security (CVSS: 4 to 6.9 is medium). */
const gravity: Readonly<
  Record<Direction, { readonly level: SarifLevel; readonly securitySeverity?: number }>
> = {
  blocked: { level: "error" },
  breaks: { level: "error" },
  wider: { level: "warning", securitySeverity: 6 },
  lost: { level: "warning" },
  rotated: { level: "note" },
  narrower: { level: "note" },
  neutral: { level: "note" },
};

/** The whole log. @param environment Of the workflow: tells where the page of the codes is read. */
export function sarifOf(
  reviews: readonly StackReview[],
  places: WrittenPlaces,
  environment: Environment,
): object {
  return sarifLog({
    tool: "genesys-credentials review",
    rules: Object.entries<Meaning>(findingCodes).map(([code, meaning]) => ruleOf(code, meaning, environment)),
    findings: reviews.flatMap(({ stack, findings }) => findings.map((one) => resultOf(stack, one, places))),
    notices: reviews.flatMap(noticesOf),
    isSuccessful: true,
    properties: {
      verdict: verdictOf(reviews),
      verdicts: reviews.map(({ stack, verdict }) => ({ stack, verdict })),
    },
  });
}

function ruleOf(
  code: string,
  { direction, means, isIrreversible }: Meaning,
  environment: Environment,
): SarifRule {
  const { words, verdict } = directions[direction];
  const lost = isIrreversible === true ? " It cannot be undone." : "";
  return {
    id: code,
    means,
    help: `Told as "${words}"; verdict ${verdict}.${lost} See ${page}.`,
    tags: [direction, ...(isIrreversible === true ? ["irreversible"] : [])],
    ...gravity[direction],
    ...defined({ helpUri: documentUrl(environment, `${page}#${direction}`) }),
  };
}

function resultOf(stack: string, one: Finding, places: WrittenPlaces): SarifFinding {
  const { code, subject, direction, phrase, grant, risks, accepted } = one;
  return {
    ruleId: code,
    level: gravity[direction].level,
    text: textOf(one),
    place: places.placeOf(stack, entryOf(subject)),
    identity: [stack, subject, grant, namesIn(phrase)],
    properties: { stack, direction, risks, ...defined({ subject, grant, accepted }) },
  };
}

/** Roles are told as `role <key>`; keys have no spaces. */
function entryOf(subject: string | undefined): WrittenEntry | undefined {
  const [, key] = /^role (\S+)$/.exec(subject ?? "") ?? [];
  return subject === undefined
    ? undefined
    : { section: key === undefined ? "credentials" : "roles", key: key ?? subject };
}

function textOf({ subject, direction, phrase, breakage, remedy, details = [], risks }: Finding): string {
  const whose = subject === undefined ? "" : `${subject}: `;
  const change = direction === "neutral" ? "" : `${directions[direction].words}: `;
  const risk = risks.length === 0 ? "" : ` (${risks.join(", ")})`;
  return [
    `${whose}${change}${plainOf(phrase)}${risk}`,
    ...(breakage === undefined
      ? []
      : [
          `Who: ${plainOf(breakage.who)}`,
          `When: ${plainOf(breakage.when)}`,
          `Way back: ${plainOf(breakage.wayBack)}`,
        ]),
    ...(remedy === undefined ? [] : [`Remedy: ${plainOf(remedy)}`]),
    ...details.map(plainOf),
  ]
    .map((sentence) => (/[.…]$/.test(sentence) ? sentence : `${sentence}.`))
    .join(" ");
}

/** Names stay what they are when our words for them get better. */
function namesIn(phrase: Phrase): readonly string[] {
  return phrase.flatMap((part) => (typeof part === "string" ? [] : [part.name]));
}

function noticesOf(review: StackReview): SarifRun["notices"] {
  return notesBelow(review).map((note) => ({ level: "warning", text: `${review.stack}: ${plainOf(note)}` }));
}
