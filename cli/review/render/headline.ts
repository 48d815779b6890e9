// The first line of a review: the verdict, and in a few words why.
import { type Finding } from "../classify/finding";
import { directions } from "../classify/directions";
import { joined, phrase, type Phrase } from "../classify/phrase";
import { riskClasses } from "../../../genesys/knowledge/riskClasses";
import { type StackReview } from "../classify/classify";
import { gravest, type Verdict, verdicts } from "../classify/verdict";

/** Stacks that are named before the rest is counted. */
const namedStacks = 8;

/** The verdict over all stacks. */
export function verdictOf(reviews: readonly StackReview[]): Verdict {
  return gravest(reviews.map(({ verdict }) => verdict));
}

/** The mildest stacks at the end, where what does not fit is cut. */
export function gravestFirst(reviews: readonly StackReview[]): readonly StackReview[] {
  return [...reviews].sort((a, b) => verdicts.indexOf(b.verdict) - verdicts.indexOf(a.verdict));
}

/** The first line without its markup. */
export function headline(reviews: readonly StackReview[]): Phrase {
  const verdict = verdictOf(reviews);
  const [only, ...others] = reviews;
  if (only !== undefined && others.length === 0) {
    return phrase`${[`${verdict}: `]}${only.stack}: ${[countsOf(only)]}`;
  }
  const named = gravestFirst(reviews)
    .slice(0, namedStacks)
    .map(({ stack, verdict: one }) => phrase`${stack} ${[one]}`);
  const rest = reviews.length - named.length;
  return phrase`${[`${verdict}: `]}${joined(named, ", ")}${rest > 0 ? [`, and ${rest} more`] : []}`;
}

/** As `2 wider (data export), 1 rotated`. */
export function countsOf({ findings }: Pick<StackReview, "findings">): string {
  const counts = Object.entries(directions).flatMap(([direction, { words }]) => {
    const some = findings.filter((one) => one.direction === direction);
    const risks = riskClasses.filter(
      (risk) => risk !== "irreversible" && some.some((one) => one.risks.includes(risk)),
    );
    if (direction === "breaks") {
      return stopsIn(some);
    }
    return some.length === 0
      ? []
      : [`${some.length} ${words}${risks.length === 0 ? "" : ` (${risks.join(", ")})`}`];
  });
  return counts.length === 0 ? "nothing changes" : counts.join(", ");
}

/** By credentials and roles, not by lines: who stops is what counts. */
function stopsIn(findings: readonly Finding[]): string[] {
  const roles = subjectsOf(findings.filter(({ code }) => code === "ROLE_HOLDERS_LOST"));
  const credentials = subjectsOf(findings.filter(({ code }) => code !== "ROLE_HOLDERS_LOST"));
  return [
    ...(credentials === 0
      ? []
      : [`consumers of ${credentials} ${credentials === 1 ? "credential" : "credentials"} stop`]),
    ...(roles === 0 ? [] : [`others lose ${roles} ${roles === 1 ? "role" : "roles"}`]),
  ];
}

function subjectsOf(findings: readonly Finding[]): number {
  return new Set(findings.map(({ subject }) => subject)).size;
}
