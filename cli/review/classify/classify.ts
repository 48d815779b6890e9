// The verdict on one stack: all findings of its plan, what is accepted, what is forbidden (pure).
import { defined } from "../../../common/defined";
import { addressNotes } from "./classifyAddresses";
import { credentialFindings } from "./classifyCredential";
import { errorFindings } from "./classifyErrors";
import { describeGrant, grantFindings } from "./classifyGrants";
import { noticeFindings } from "./classifyNotices";
import { roleFindings } from "./classifyRoles";
import { concerns, type Exclusion, isExpired, type ReviewSettings } from "./exclusions";
import { directions, gravityOf } from "./directions";
import { type Finding, finding, linesOn } from "./finding";
import { every } from "../../../genesys/knowledge/grant";
import { phrase } from "./phrase";
import { defaultTagFindings } from "./classifySecret";
import { untoldFindings } from "./classifyUntold";
import { type StackPlan } from "../plan/stackPlan";
import { gravest, type Verdict } from "./verdict";

/** What the review says of one stack. */
export interface StackReview {
  readonly stack: string;
  readonly verdict: Verdict;
  /** Gravest first. */
  readonly findings: readonly Finding[];
  /** ISO instant of the preview; absent where that is not known. */
  readonly previewedAt?: string;
  /** What the reader should know about the review itself. */
  readonly notes: readonly string[];
  /** Exclusions whose last day is over. */
  readonly expired: readonly Exclusion[];
}

/** Says who may read a secret, in a language that this review does not judge. */
const secretPolicyType = "aws:secretsmanager/secretPolicy:SecretPolicy";

/** @param nowMs Milliseconds since the epoch: decides about restorable clients and expired exclusions. */
export function classify(plan: StackPlan, settings: ReviewSettings, nowMs: number): StackReview {
  const told = [
    ...plan.credentials.flatMap((credential) => [...credentialFindings(credential, nowMs)]),
    ...plan.looseRoles.flatMap(({ key, before, after }) =>
      grantFindings(`role ${key}`, before ?? [], after ?? []),
    ),
    ...defaultTagFindings(plan.credentials),
    ...roleFindings(plan.roles),
    ...noticeFindings(plan.notices, plan.roles),
    ...identityFindings(plan.identity),
    ...plan.others.map(otherFinding),
  ];
  const complete = [...told, ...untoldFindings(plan, [...errorFindings(plan), ...told])];
  const current = settings.exclusions.filter((exclusion) => !isExpired(exclusion, nowMs));
  const findings = [
    ...errorFindings(plan),
    ...complete.flatMap((one) => forbidden(one, settings, current)),
    ...complete.map((one) => accept(one, current)),
  ].sort((a, b) => rank(a) - rank(b));
  return {
    stack: plan.stack,
    verdict: gravest(findings.map(({ direction }) => directions[direction].verdict)),
    findings,
    ...defined({ previewedAt: plan.previewedAt }),
    notes: notesOf(plan),
    expired: settings.exclusions.filter((exclusion) => isExpired(exclusion, nowMs)),
  };
}

/** Whether something is lost for good, and nobody has accepted that. */
export function isIrreversible({ findings }: StackReview): boolean {
  return findings.some(({ risks }) => risks.includes("irreversible"));
}

function rank(finding: Finding): number {
  const riskless = finding.risks.length === 0 ? 1 : 0;
  return gravityOf(finding) * 2 + riskless;
}

/** What lets a forbidden grant through. */
const excluded = phrase`name what is needed, or accept it in the review file, with a reason and an end`;

function forbidden(one: Finding, settings: ReviewSettings, current: readonly Exclusion[]): Finding[] {
  const { grant, subject, direction } = one;
  if (
    grant === undefined ||
    direction !== "wider" ||
    current.some((exclusion) => concerns(exclusion, subject, grant))
  ) {
    return [];
  }
  const isWildcard = [grant.domain, grant.entity, grant.action].includes(every);
  const words = describeGrant(grant);
  return [
    ...(settings.forbidWildcards && isWildcard
      ? [
          finding(subject, "FORBIDDEN_WILDCARD", phrase`forbidden wildcard: ${words}`, {
            grant,
            remedy: excluded,
          }),
        ]
      : []),
    ...(settings.forbidAllDivisions && grant.division === every
      ? [
          finding(subject, "FORBIDDEN_ALL_DIVISIONS", phrase`forbidden in every division: ${words}`, {
            grant,
            remedy: excluded,
          }),
        ]
      : []),
  ];
}

/** Takes accepted risks off a finding. */
function accept(one: Finding, current: readonly Exclusion[]): Finding {
  const fitting = current.filter((exclusion) => concerns(exclusion, one.subject, one.grant));
  const isAccepted = (risk: string): boolean =>
    fitting.some((exclusion) => exclusion.risk === undefined || exclusion.risk === risk);
  const accepted = one.risks.filter(isAccepted);
  const exclusion = fitting.find(({ risk }) => risk === undefined || accepted.includes(risk));
  return accepted.length === 0 || exclusion === undefined
    ? one
    : {
        ...one,
        risks: one.risks.filter((risk) => !isAccepted(risk)),
        accepted: { reason: exclusion.reason, expiresOn: exclusion.expiresOn },
      };
}

/** In one line each: the mark of every object of a stack may change at once. */
function* identityFindings({
  isMadeAnew,
  marked,
  renamed,
  rewritten,
}: StackPlan["identity"]): Generator<Finding> {
  const line = linesOn(undefined);
  if (isMadeAnew) {
    yield line("IDENTITY_REPLACED")`the stack's identity is made anew: every object gets another mark`;
  }
  for (const { subject, from } of renamed) {
    const what = subject.startsWith("role ") ? phrase`role` : phrase`clients and secret`;
    yield linesOn(subject)("KEY_RENAMED")`was ${from}: the same ${what} under another key`;
  }
  for (const { what, id, from, to } of rewritten) {
    yield line(
      "NAME_REWRITTEN",
    )`the ${[what]} ${from} is written ${to} now: it is the same one (${id}), and nobody gains or loses anything by that`;
  }
  if (marked > 0 && !isMadeAnew) {
    yield line(
      "MARKS_WRITTEN",
    )`the mark that says whose it is is written into the description of ${marked} OAuth clients and roles; nothing else of them changes by that`;
  }
}

function otherFinding({ op, type, key }: StackPlan["others"][number]): Finding {
  const line = linesOn(key);
  return type === secretPolicyType && op !== "delete"
    ? line(
        "SECRET_POLICY_SET",
      )`who may read the secret is set anew by a resource policy; read it in the pull request`
    : line("OTHER_RESOURCE")`${[op]} of another resource, ${type}`;
}

function notesOf({ credentials, reachedEnd, isComplete }: StackPlan): string[] {
  const ofAddresses = addressNotes(credentials);
  if (!reachedEnd) {
    return [...ofAddresses, "The preview did not get to its end: changes may be missing from this review."];
  }
  const shown =
    "The preview shows changed resources only, and its config cannot be read: run it with --show-sames to see which credentials hold a changed role.";
  return isComplete ? ofAddresses : [...ofAddresses, shown];
}
