// A review as JSON, for programs: everything, in a fixed form.
import { countsOf, verdictOf } from "./headline";
import { plainOf } from "./markdownText";
import { type StackReview } from "../classify/classify";

/** What `review --json` prints. */
export function jsonOf(reviews: readonly StackReview[]): object {
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
  return { verdict: verdictOf(reviews), stacks };
}
