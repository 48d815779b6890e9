// The verdict on one stack: all findings of its plan, what is accepted, what is forbidden (pure).
import { oneLine } from "../../../common/oneLine";
import { addressNotes } from "./classifyAddresses";
import { credentialFindings, describeGrant, grantFindings } from "./classifyCredential";
import { concerns, type Exclusion, isExpired, type ReviewSettings } from "./exclusions";
import { type Direction, type Finding, finding, verdictOfDirection } from "./finding";
import { every } from "../../../genesys/knowledge/grant";
import { phrase } from "./phrase";
import { type Planned } from "../plan/plannedResources";
import { type RoleState } from "../plan/resourceStates";
import { risksOf } from "../../../genesys/knowledge/riskClasses";
import { wildcardGrant } from "../plan/roleLookup";
import { type StackPlan } from "../plan/stackPlan";
import { gravest, type Verdict } from "./verdict";

/** What the review says of one stack. */
export interface StackReview {
  readonly stack: string;
  readonly verdict: Verdict;
  /** Gravest first. */
  readonly findings: readonly Finding[];
  /** What the reader should know about the review itself. */
  readonly notes: readonly string[];
  /** Exclusions whose last day is over. */
  readonly expired: readonly Exclusion[];
}

/** Gravest first. */
const directionOrder: readonly Direction[] = ["blocked", "wider", "lost", "rotated", "narrower", "neutral"];

/** Says who may read a secret, in a language that this review does not judge. */
const secretPolicyType = "aws:secretsmanager/secretPolicy:SecretPolicy";

/** Characters of an error of Pulumi that are shown: as many as a provider's check says, with the command that helps at its end. */
const errorLength = 700;

/** @param nowMs Milliseconds since the epoch: decides about restorable clients and expired exclusions. */
export function classify(plan: StackPlan, settings: ReviewSettings, nowMs: number): StackReview {
  const told = [
    ...plan.credentials.flatMap((credential) => credentialFindings(credential, nowMs)),
    ...plan.looseRoles.flatMap(({ key, before, after }) =>
      grantFindings(`role ${key}`, before ?? [], after ?? []),
    ),
    ...plan.roles.flatMap(roleFindings),
    ...plan.roles.flatMap(wildcardFindings),
    ...plan.lostRoles.map((words) => finding(undefined, "lost", phrase`${words}`)),
    ...identityFindings(plan.identity),
    ...plan.others.map(otherFinding),
  ];
  const current = settings.exclusions.filter((exclusion) => !isExpired(exclusion, nowMs));
  const findings = [
    ...errorFindings(plan),
    ...told.flatMap((one) => forbidden(one, settings, current)),
    ...told.map((one) => accept(one, current)),
  ].sort((a, b) => rank(a) - rank(b));
  return {
    stack: plan.stack,
    verdict: gravest(findings.map(({ direction }) => verdictOfDirection[direction])),
    findings,
    notes: notesOf(plan),
    expired: settings.exclusions.filter((exclusion) => isExpired(exclusion, nowMs)),
  };
}

/** Whether something is lost for good, and nobody has accepted that. */
export function isIrreversible({ findings }: StackReview): boolean {
  return findings.some(({ risks }) => risks.includes("irreversible"));
}

function rank({ direction, risks }: Finding): number {
  const riskless = risks.length === 0 ? 1 : 0;
  return directionOrder.indexOf(direction) * 2 + riskless;
}

function errorFindings({ errors, violations }: StackPlan): Finding[] {
  return [
    ...errors.map((error) => finding(undefined, "blocked", phrase`${oneLine(error, errorLength)}`)),
    ...violations.map(({ policy, isMandatory, message }) =>
      finding(
        undefined,
        isMandatory ? "blocked" : "neutral",
        phrase`policy ${policy}: ${oneLine(message, errorLength)}`,
      ),
    ),
  ];
}

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
  const words = phrase`${describeGrant(grant)}`;
  return [
    ...(settings.forbidWildcards && isWildcard
      ? [finding(subject, "blocked", phrase`forbidden wildcard: ${words}`, { grant })]
      : []),
    ...(settings.forbidAllDivisions && grant.division === every
      ? [finding(subject, "blocked", phrase`forbidden in every division: ${words}`, { grant })]
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

function roleFindings({ key, before, after, isReplaced }: Planned<RoleState>): Finding[] {
  const subject = `role ${key}`;
  if (before === undefined || after === undefined) {
    return before === after
      ? []
      : [
          finding(
            subject,
            "neutral",
            before !== undefined
              ? phrase`role is deleted`
              : after?.adoptedId === undefined
                ? phrase`role is created`
                : phrase`takes over role ${after.adoptedId}, for everybody who holds it`,
          ),
        ];
  }
  const labels = (["name", "description"] as const).filter((label) => before[label] !== after[label]);
  const [was, is] = [before.divisions.join(", "), after.divisions.join(", ")];
  return [
    ...(isReplaced
      ? [
          finding(
            subject,
            "neutral",
            after.adoptedId === undefined || after.adoptedId === before.adoptedId
              ? phrase`role is made anew`
              : phrase`takes over role ${after.adoptedId} in place of the present one`,
          ),
        ]
      : []),
    ...labels.map((label) =>
      finding(subject, "neutral", phrase`${[label]} of the role is now ${after[label] ?? ""}`),
    ),
    ...(was === is
      ? []
      : [finding(subject, "neutral", phrase`the deployer itself holds the role in ${is} instead of ${was}`)]),
  ];
}

/** A new wildcard, beside the permissions that it stands for. */
function wildcardFindings({ key, before, after }: Planned<RoleState>): Finding[] {
  return (after?.wildcards ?? [])
    .filter((wildcard) => before?.wildcards.includes(wildcard) !== true)
    .map((wildcard) => {
      const grant = wildcardGrant(wildcard, after?.divisions[0] ?? "home");
      return finding(
        `role ${key}`,
        "wider",
        phrase`new wildcard ${wildcard}: it stands for what the catalogue holds at this moment`,
        {
          risks: risksOf(grant),
          grant,
        },
      );
    });
}

/** In one line each: the mark of every object of a stack may change at once. */
function identityFindings({ isMadeAnew, marked, renamed }: StackPlan["identity"]): Finding[] {
  return [
    ...(isMadeAnew
      ? [
          finding(
            undefined,
            "neutral",
            phrase`the stack's identity is made anew: every object gets another mark`,
          ),
        ]
      : []),
    ...renamed.map(({ from, to }) =>
      finding(to, "neutral", phrase`was ${from}: the same OAuth clients, secret or role under another key`),
    ),
    ...(marked > 0 && !isMadeAnew
      ? [
          finding(
            undefined,
            "neutral",
            phrase`the mark that says whose it is is written into the description of ${marked} OAuth clients and roles; nothing else of them changes by that`,
          ),
        ]
      : []),
  ];
}

function otherFinding({ op, type, key }: StackPlan["others"][number]): Finding {
  return type === secretPolicyType && op !== "delete"
    ? finding(
        key,
        "wider",
        phrase`who may read the secret is set anew by a resource policy; read it in the pull request`,
      )
    : finding(key, "neutral", phrase`${[op]} of another resource, ${type}`);
}

function notesOf(plan: StackPlan): string[] {
  const ofAddresses = addressNotes(plan.credentials);
  if (!plan.reachedEnd) {
    return [...ofAddresses, "The preview did not get to its end: changes may be missing from this review."];
  }
  return plan.isComplete
    ? ofAddresses
    : [
        ...ofAddresses,
        "The preview shows changed resources only, and its config cannot be read: run it with --show-sames to see which credentials hold a changed role.",
      ];
}
