// The last line of a review: of which commit it is, when the stacks were previewed, and where its words are explained.
import { type StackReview } from "../classify/classify";

/** Where a review comes from, and where its page is read. */
export interface Origin {
  /** Hexadecimal; absent where no workflow tells it. */
  readonly commit?: string;
  /** Address of the page; absent where it has none. */
  readonly pageUrl?: string;
}

/** The page of the verdicts and of what the lines mean. */
export const reviewingPage = "docs/reviewing.md";

/** As many characters as GitHub shows of a commit, and some to spare. */
const shownCommit = 10;

/** Of an ISO instant: the day and the minute. */
const minuteLength = "2026-11-01T09:00".length;

/** In Markdown; nothing in it is anybody's text. */
export function markdownFooter(reviews: readonly StackReview[], { commit, pageUrl }: Origin): string {
  const from = originWords(reviews, commit === undefined ? undefined : `\`${commit.slice(0, shownCommit)}\``);
  const page = pageUrl === undefined ? `\`${reviewingPage}\`` : `[${reviewingPage}](${pageUrl})`;
  return `${from === "" ? "" : `${from}. `}What each word means: ${page}`;
}

/** Without markup; undefined where neither the commit nor a time is known. */
export function textFooter(reviews: readonly StackReview[], { commit }: Origin): string | undefined {
  const from = originWords(reviews, commit?.slice(0, shownCommit));
  return from === "" ? undefined : `${from}. What each word means: ${reviewingPage}`;
}

function originWords(reviews: readonly StackReview[], commit: string | undefined): string {
  const times = [...new Set(reviews.flatMap(({ previewedAt }) => minuteOf(previewedAt) ?? []))].sort();
  const [oldest, newest] = [times[0], times.at(-1)];
  const isPart = reviews.some(({ previewedAt }) => minuteOf(previewedAt) === undefined);
  const previewed =
    oldest === undefined || newest === undefined
      ? []
      : [
          `previewed ${oldest === newest ? oldest : `${oldest} to ${newest}`} UTC${isPart ? ", some stacks at a time not known" : ""}`,
        ];
  const words = [...(commit === undefined ? [] : [`commit ${commit}`]), ...previewed].join(", ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** As `2026-11-01 09:00`; undefined for what is no instant. */
function minuteOf(instant: string | undefined): string | undefined {
  const ms = instant === undefined ? NaN : Date.parse(instant);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString().slice(0, minuteLength).replace("T", " ");
}

const minutePattern = /\d{4}-\d{2}-\d{2} \d{2}:\d{2}/g;

/** The text with the times of its last line taken out: a review that says the same later is the same. */
export function withoutTimes(markdown: string): string {
  const lines = markdown.trimEnd().split("\n");
  return [...lines.slice(0, -1), (lines.at(-1) ?? "").replace(minutePattern, "")].join("\n");
}
