// A review as JSON, for programs: everything, in a fixed form.
import { countsOf, verdictOf } from "./headline";
import { plainOf } from "./markdownText";
import { type StackReview } from "../classify/classify";

/** Two spaces. */
const indent = 2;

export function renderJson(reviews: readonly StackReview[]): string {
  const stacks = reviews.map((review) => ({
    stack: review.stack,
    verdict: review.verdict,
    summary: countsOf(review),
    findings: review.findings.map((one) => {
      const { code, subject, direction, phrase, breakage, remedy, details, risks, grant, accepted } = one;
      return {
        code,
        subject: subject ?? null,
        direction,
        text: plainOf(phrase),
        details: details?.map(plainOf),
        remedy: remedy && plainOf(remedy),
        breakage: breakage && {
          who: plainOf(breakage.who),
          when: plainOf(breakage.when),
          wayBack: plainOf(breakage.wayBack),
        },
        risks,
        grant,
        accepted,
      };
    }),
    notes: review.notes,
    expiredExclusions: review.expired,
  }));
  return JSON.stringify({ verdict: verdictOf(reviews), stacks }, undefined, indent);
}
