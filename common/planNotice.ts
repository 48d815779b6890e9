// What a provider tells a review while it plans: sentences that people read, and that a review takes apart without guessing.
// Whatever somebody else chose stands in them as JSON, so that no name can end early, add a word, or pass for another sentence.
import { jsonOf } from "./jsonOf";
import { oneLine } from "./oneLine";

/** One notice: who loses or needs what because of one role, or what one client lacks. */
export interface PlanNotice {
  readonly code: PlanNoticeCode;
  /** The role: its key where it goes, else its name. Of DEPLOYER_LACKS the client: its name and id. */
  readonly role: string;
  /** Holders, licences with what needs them, why nothing is known, or permissions and roles. */
  readonly items: readonly string[];
}

/** The sentence of each, around the role and the list. */
const sentences = {
  ROLE_HOLDERS_LOST: [
    "Warning: the role ",
    " is no longer declared and will be deleted; who else loses it: ",
  ],
  ROLE_HOLDERS_UNKNOWN: [
    "Warning: the role ",
    " is no longer declared and will be deleted; who else holds it could not be known: ",
  ],
  DEPLOYER_LACKS: [
    "Warning: the client of this preview, ",
    ", lacks what the deployment needs (the deployer decides at `up`): ",
  ],
  LICENSES: ["Notice: the role ", " gets permissions that need licences: "],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

/** Which notices there are. */
export type PlanNoticeCode = keyof typeof sentences;

/** A line is cut at 500 characters (oneLine.ts), and what is cut could not be read again: a secret's stand-in may still lengthen it. */
const longestLine = 460;
/** Characters of a role, and of one entry: the shorter ones where even a single entry is too long. */
const longestRole = 80;
const entryLengths = [250, 100, 40] as const;

/** The line that tells it; of a list that is too long, the last entry counts the others. */
export function planNoticeLine({ code, role, items }: PlanNotice): string {
  const [before, between] = sentences[code];
  const lineOf = (length: number, most: number): string => {
    const named = items.slice(0, most).map((item) => oneLine(item, length));
    const told = items.length > most ? [...named, `${items.length - most} more`] : named;
    return `${before}${JSON.stringify(oneLine(role, longestRole))}${between}${JSON.stringify(told)} [${code}]`;
  };
  const lines = entryLengths.flatMap((length) => items.map((_, left) => lineOf(length, items.length - left)));
  return lines.find((line) => line.length <= longestLine) ?? lineOf(0, 0);
}

/** The notices among the lines of a message; any other line is none. */
export function planNoticesIn(message: string): PlanNotice[] {
  return message.split("\n").flatMap((line) => readLine(line.trim()) ?? []);
}

/** A text and a list of texts in JSON, each to its own end. */
const literals = /^("(?:[^"\\]|\\.)*")(.*?)(\[(?:"(?:[^"\\]|\\.)*"(?:,(?=")|(?=\])))*\]) \[([A-Z_]+)\]$/;

function readLine(line: string): PlanNotice | undefined {
  for (const [code, [before, between]] of Object.entries(sentences) as [PlanNoticeCode, [string, string]][]) {
    const parts = line.startsWith(before) ? literals.exec(line.slice(before.length)) : null;
    const [, role = "", middle, items = "", end] = parts ?? [];
    if (middle === between && end === code) {
      const [name, list] = [jsonOf(role), jsonOf(items)];
      return typeof name === "string" && isTexts(list) ? { code, role: name, items: list } : undefined;
    }
  }
  return undefined;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
