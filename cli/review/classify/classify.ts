// The verdict on one stack: all findings of its plan, what is accepted, what is forbidden (pure).
import { oneLine } from "../../../common/oneLine";
import { addressNotes } from "./classifyAddresses";
import { credentialFindings } from "./classifyCredential";
import { describeGrant, grantFindings } from "./classifyGrants";
import { concerns, type Exclusion, isExpired, type ReviewSettings } from "./exclusions";
import { directions, type Finding, finding, linesOn } from "./finding";
import { every } from "../../../genesys/knowledge/grant";
import { phrase } from "./phrase";
import { type Planned } from "../plan/plannedResources";
import { type RoleState } from "../plan/resourceStates";
import { risksOf } from "../../../genesys/knowledge/riskClasses";
import { otherFindings } from "./classifyOthers";
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

/** Says who may read a secret, in a language that this review does not judge. */
const secretPolicyType = "aws:secretsmanager/secretPolicy:SecretPolicy";

/** Characters of an error of Pulumi that are shown: as many as a provider's check says, with the command that helps at its end. */
const errorLength = 700;

/** @param nowMs Milliseconds since the epoch: decides about restorable clients and expired exclusions. */
export function classify(plan: StackPlan, settings: ReviewSettings, nowMs: number): StackReview {
  const told = [
    ...plan.credentials.flatMap((credential) => [...credentialFindings(credential, nowMs)]),
    ...plan.looseRoles.flatMap(({ key, before, after }) =>
      grantFindings(`role ${key}`, before ?? [], after ?? []),
    ),
    ...plan.roles.flatMap((role) => [...roleFindings(role)]),
    ...plan.roles.flatMap(wildcardFindings),
    ...plan.roles.flatMap((role) => [...unlistedFindings(role)]),
    ...plan.lostRoles.map((words) => linesOn(undefined).lost`${words}`),
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
    verdict: gravest(findings.map(({ direction }) => directions[direction].verdict)),
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
  return Object.keys(directions).indexOf(direction) * 2 + riskless;
}

function* errorFindings({ errors, violations }: StackPlan): Generator<Finding> {
  const { blocked, neutral } = linesOn(undefined);
  for (const error of errors) {
    yield blocked`${oneLine(error, errorLength)}`;
  }
  for (const { policy, isMandatory, message } of violations) {
    yield (isMandatory ? blocked : neutral)`policy ${policy}: ${oneLine(message, errorLength)}`;
  }
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
  const words = describeGrant(grant);
  return [
    ...(settings.forbidWildcards && isWildcard ? [phrase`forbidden wildcard: ${words}`] : []),
    ...(settings.forbidAllDivisions && grant.division === every
      ? [phrase`forbidden in every division: ${words}`]
      : []),
  ].map((refusal) => finding(subject, "blocked", refusal, { grant }));
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

function* roleFindings({ key, before, after, isReplaced }: Planned<RoleState>): Generator<Finding> {
  const { neutral } = linesOn(`role ${key}`);
  if (before === undefined || after === undefined) {
    if (before !== undefined) {
      yield neutral`role is deleted`;
    } else if (after !== undefined) {
      yield after.adoptedId === undefined
        ? neutral`role is created`
        : neutral`takes over role ${after.adoptedId}, for everybody who holds it`;
    }
    return;
  }
  if (isReplaced) {
    yield after.adoptedId === undefined || after.adoptedId === before.adoptedId
      ? neutral`role is made anew`
      : neutral`takes over role ${after.adoptedId} in place of the present one`;
  }
  for (const label of ["name", "description"] as const) {
    if (before[label] !== after[label]) {
      yield neutral`${[label]} of the role is now ${after[label] ?? ""}`;
    }
  }
  const [was, is] = [before.divisions.join(", "), after.divisions.join(", ")];
  if (was !== is) {
    yield neutral`the deployer itself holds the role in ${is} instead of ${was}`;
  }
  if (before.isGivenToDeployer !== after.isGivenToDeployer) {
    yield neutral`the deployer is ${[after.isGivenToDeployer ? "given the role" : "no longer given the role"]}`;
  }
  yield* otherFindings(`role ${key}`, [before], [after]);
}

/** A new wildcard, beside the permissions that it stands for. */
function wildcardFindings({ key, before, after }: Planned<RoleState>): Finding[] {
  return (after?.wildcards ?? [])
    .filter((wildcard) => before?.wildcards.includes(wildcard) !== true)
    .map((wildcard) => {
      const grant = wildcardGrant(wildcard, after?.divisions[0] ?? "home");
      const words = phrase`new wildcard ${wildcard}: it stands for what the catalogue holds at this moment`;
      return finding(`role ${key}`, "wider", words, { risks: risksOf(grant), grant });
    });
}

/** What slips past the catalogue, beside the permission itself. */
function* unlistedFindings({ key, before, after }: Planned<RoleState>): Generator<Finding> {
  const { wider, neutral } = linesOn(`role ${key}`);
  const [was, is] = [new Set(before?.unlisted), new Set(after?.unlisted)];
  for (const permission of [...is].filter((one) => !was.has(one))) {
    yield wider`${permission} is declared although it is not in this organisation's catalogue (unlisted: true): nothing tells whether it is misspelt, or what it will allow`;
  }
  for (const permission of after === undefined ? [] : [...was].filter((one) => !is.has(one))) {
    yield neutral`${permission} is no longer declared as one that is not in this organisation's catalogue`;
  }
}

/** In one line each: the mark of every object of a stack may change at once. */
function* identityFindings({
  isMadeAnew,
  marked,
  renamed,
  rewritten,
}: StackPlan["identity"]): Generator<Finding> {
  const { neutral } = linesOn(undefined);
  if (isMadeAnew) {
    yield neutral`the stack's identity is made anew: every object gets another mark`;
  }
  for (const { from, to } of renamed) {
    yield linesOn(to).neutral`was ${from}: the same OAuth clients, secret or role under another key`;
  }
  for (const { what, id, from, to } of rewritten) {
    yield neutral`the ${[what]} ${from} is written ${to} now: it is the same one (${id}), and nobody gains or loses anything by that`;
  }
  if (marked > 0 && !isMadeAnew) {
    yield neutral`the mark that says whose it is is written into the description of ${marked} OAuth clients and roles; nothing else of them changes by that`;
  }
}

function otherFinding({ op, type, key }: StackPlan["others"][number]): Finding {
  const { wider, neutral } = linesOn(key);
  return type === secretPolicyType && op !== "delete"
    ? wider`who may read the secret is set anew by a resource policy; read it in the pull request`
    : neutral`${[op]} of another resource, ${type}`;
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
