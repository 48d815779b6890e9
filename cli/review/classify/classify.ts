// The verdict on one stack: all findings of its plan, what is accepted, what is forbidden (pure).
import { oneLine } from "../../../common/oneLine";
import { addressNotes } from "./classifyAddresses";
import { credentialFindings } from "./classifyCredential";
import { describeGrant, grantFindings } from "./classifyGrants";
import { concerns, type Exclusion, isExpired, type ReviewSettings } from "./exclusions";
import { directions } from "./directions";
import { type Finding, finding, linesOn } from "./finding";
import { every } from "../../../genesys/knowledge/grant";
import { phrase } from "./phrase";
import { type Planned } from "../plan/plannedResources";
import { type RoleState } from "../plan/resourceStates";
import { untoldFindings } from "./classifyUntold";
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

/** Characters of an error that are shown: a list in it is cut, and not what helps. */
const whatLength = 400;
const remedyLength = 600;

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
    ...plan.lostRoles.map((words) => linesOn(undefined)("ROLE_HOLDERS_LOST")`${words}`),
    ...identityFindings(plan.identity),
    ...plan.others.map(otherFinding),
  ];
  const complete = [...told, ...untoldFindings(plan, told)];
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
  const line = linesOn(undefined);
  for (const { subject, code, what, remedy } of errors) {
    yield linesOn(subject)("PREVIEW_ERROR", {
      remedy: phrase`${oneLine(remedy ?? remedyOf(code), remedyLength)}`,
    })`${oneLine(what, whatLength)}`;
  }
  const remedy = phrase`change what the rule names, or the rule itself (docs/reviewing.md)`;
  for (const { policy, isMandatory, message } of violations) {
    const code = isMandatory ? "POLICY_VIOLATED" : "POLICY_ADVICE";
    yield line(code, { remedy })`policy ${policy}: ${oneLine(message, whatLength)}`;
  }
}

function remedyOf(code: string | undefined): string {
  return code === undefined
    ? "correct what the error names, and preview again"
    : `look up ${code} in docs/errors.md, and preview again`;
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

const labels = [
  ["name", "ROLE_RENAMED"],
  ["description", "ROLE_DESCRIBED"],
] as const;

function* roleFindings({ key, before, after, isReplaced }: Planned<RoleState>): Generator<Finding> {
  const line = linesOn(`role ${key}`);
  if (before === undefined || after === undefined) {
    if (before !== undefined) {
      yield line("ROLE_DELETED")`role is deleted`;
    } else if (after !== undefined) {
      yield after.adoptedId === undefined
        ? line("ROLE_CREATED")`role is created`
        : line("ROLE_ADOPTED")`takes over role ${after.adoptedId}, for everybody who holds it`;
    }
    return;
  }
  if (isReplaced) {
    yield after.adoptedId === undefined || after.adoptedId === before.adoptedId
      ? line("ROLE_REPLACED")`role is made anew`
      : line("ROLE_REPLACED")`takes over role ${after.adoptedId} in place of the present one`;
  }
  for (const [label, code] of labels) {
    if (before[label] !== after[label]) {
      yield line(code)`${[label]} of the role ${before[label] ?? ""} -> ${after[label] ?? ""}`;
    }
  }
  yield* deployerFindings(key, before, after);
  yield* otherFindings(`role ${key}`, [before], [after]);
}

/** The deployer's own grants in one line: they say nothing of any consumer. */
function* deployerFindings(key: string, before: RoleState, after: RoleState): Generator<Finding> {
  const line = linesOn(`role ${key}`)("DEPLOYER_GRANTS");
  const [was, is] = [before, after].map(({ divisions }) => divisions.join(", "));
  if (before.isGivenToDeployer !== after.isGivenToDeployer) {
    yield line`the deployer is ${[after.isGivenToDeployer ? "given the role" : "no longer given the role"]}`;
  } else if (was !== is) {
    yield line`the deployer itself holds the role in ${is ?? ""} instead of ${was ?? ""}`;
  }
}

/** A new wildcard, beside the permissions that it stands for. */
function wildcardFindings({ key, before, after }: Planned<RoleState>): Finding[] {
  return (after?.wildcards ?? [])
    .filter((wildcard) => before?.wildcards.includes(wildcard) !== true)
    .map((wildcard) => {
      const grant = wildcardGrant(wildcard, after?.divisions[0] ?? "home");
      const words = phrase`new wildcard ${wildcard}: it stands for what the catalogue holds at this moment`;
      return finding(`role ${key}`, "WILDCARD_ADDED", words, { risks: risksOf(grant), grant });
    });
}

/** What slips past the catalogue, beside the permission itself. */
function* unlistedFindings({ key, before, after }: Planned<RoleState>): Generator<Finding> {
  const line = linesOn(`role ${key}`);
  const [was, is] = [new Set(before?.unlisted), new Set(after?.unlisted)];
  for (const permission of [...is].filter((one) => !was.has(one))) {
    yield line(
      "UNLISTED_ADDED",
    )`${permission} is declared although it is not in this organisation's catalogue (unlisted: true): nothing tells whether it is misspelt, or what it will allow`;
  }
  for (const permission of after === undefined ? [] : [...was].filter((one) => !is.has(one))) {
    yield line(
      "UNLISTED_REMOVED",
    )`${permission} is no longer declared as one that is not in this organisation's catalogue`;
  }
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
  for (const { from, to } of renamed) {
    yield linesOn(to)("KEY_RENAMED")`was ${from}: the same OAuth clients, secret or role under another key`;
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
