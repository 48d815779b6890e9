// A review as JSON, for programs: everything, in a fixed form; what does not apply is null or empty, never absent.
import { type Grant } from "../../../genesys/knowledge/grant";
import { type StackReview } from "../classify/classify";
import { type Exclusion } from "../classify/exclusions";
import { type Finding } from "../classify/finding";
import { type ReviewReport, reviewFormatVersion } from "../reviewReport";
import { countsOf, verdictOf } from "./headline";
import { plainOf } from "./markdownText";

type StackReport = ReviewReport["stacks"][number];
type FindingReport = StackReport["findings"][number];

/** What `review --json` prints. */
export function jsonOf(reviews: readonly StackReview[]): ReviewReport {
  return {
    formatVersion: reviewFormatVersion,
    verdict: verdictOf(reviews),
    stacks: reviews.map((review) => ({
      stack: review.stack,
      previewedAt: review.previewedAt ?? null,
      verdict: review.verdict,
      summary: countsOf(review),
      findings: review.findings.map(findingReport),
      notes: [...review.notes],
      expiredExclusions: review.expired.map(exclusionReport),
    })),
  };
}

function findingReport(one: Finding): FindingReport {
  const { code, subject, direction, phrase, breakage, remedy, grant, accepted } = one;
  return {
    code,
    subject: subject ?? null,
    direction,
    text: plainOf(phrase),
    details: (one.details ?? []).map(plainOf),
    breakage:
      breakage === undefined
        ? null
        : {
            who: plainOf(breakage.who),
            when: plainOf(breakage.when),
            wayBack: plainOf(breakage.wayBack),
          },
    remedy: remedy === undefined ? null : plainOf(remedy),
    risks: [...one.risks],
    grant: grant === undefined ? null : grantReport(grant),
    formerDivisions: [...(one.formerDivisions ?? [])],
    accepted: accepted === undefined ? null : { ...accepted },
  };
}

function grantReport(grant: Grant): FindingReport["grant"] {
  const { domain, entity, action, division } = grant;
  return {
    domain,
    entity,
    action,
    division,
    condition: grant.condition ?? null,
    existingRole: grant.existingRole ?? null,
    generalPermission: grant.generalPermission ?? null,
    role: grant.role ?? null,
  };
}

function exclusionReport(exclusion: Exclusion): StackReport["expiredExclusions"][number] {
  const { credential, risk, permission, reason, expiresOn } = exclusion;
  return { credential, risk: risk ?? null, permission: permission ?? null, reason, expiresOn };
}
