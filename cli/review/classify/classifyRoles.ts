// What a plan means for the stack's own roles: which come, go and are called otherwise, and what slips past the catalogue (pure).
import { every } from "../../../genesys/knowledge/grant";
import { risksOf } from "../../../genesys/knowledge/riskClasses";
import { type Planned } from "../plan/plannedResources";
import { type RoleState } from "../plan/resourceStates";
import { wildcardGrant } from "../plan/roleLookup";
import { otherFindings } from "./classifyOthers";
import { type Finding, finding, linesOn } from "./finding";
import { joined, phrase, type Phrase } from "./phrase";

const labels = [
  ["name", "ROLE_RENAMED"],
  ["description", "ROLE_DESCRIBED"],
] as const;

/** The review does not see what they could do before. */
const forHolders = phrase`everybody who holds it may do what is declared here from then on`;

/** Roles of which a line about the deployer speaks; the others are counted. */
const namedRoles = 6;

/** What the roles allow is told of those who hold them. */
export function* roleFindings(roles: readonly Planned<RoleState>[]): Generator<Finding> {
  for (const role of roles) {
    yield* oneRole(role);
    yield* wildcardFindings(role);
    yield* unlistedFindings(role);
  }
  yield* deployerFindings(roles);
}

function* oneRole({ key, before, after, isReplaced }: Planned<RoleState>): Generator<Finding> {
  const line = linesOn(`role ${key}`);
  if (before === undefined || after === undefined) {
    if (before !== undefined) {
      yield line("ROLE_DELETED")`role is deleted`;
    } else if (after !== undefined) {
      yield after.adoptedId === undefined
        ? line("ROLE_CREATED")`role is created`
        : line("ROLE_ADOPTED")`takes over role ${after.adoptedId}: ${forHolders}`;
    }
    return;
  }
  if (isReplaced) {
    yield after.adoptedId === undefined || after.adoptedId === before.adoptedId
      ? line("ROLE_REPLACED")`role is made anew`
      : line("ROLE_ADOPTED")`takes over role ${after.adoptedId} in place of the present one: ${forHolders}`;
  }
  for (const [label, code] of labels) {
    if (before[label] !== after[label]) {
      yield line(code)`${[label]} of the role ${before[label] ?? ""} -> ${after[label] ?? ""}`;
    }
  }
  yield* otherFindings(`role ${key}`, [before], [after]);
}

/** The deployer's own grants in one line for the stack: they follow from the others, and say nothing of any consumer. */
function* deployerFindings(roles: readonly Planned<RoleState>[]): Generator<Finding> {
  const changes = roles.map(deployerChange).filter((change) => change !== undefined);
  const rest = changes.length - namedRoles;
  if (changes.length > 0) {
    const more: Phrase = rest > 0 ? [`; and ${rest} more`] : [];
    yield linesOn(undefined)(
      "DEPLOYER_GRANTS",
    )`what the deployer itself holds follows: ${joined(changes.slice(0, namedRoles), "; ")}${more}`;
  }
}

/** What becomes of the role's grant to the deployer, where the role stays; undefined where nothing does. */
export function deployerChange({ key, before, after }: Planned<RoleState>): Phrase | undefined {
  if (before === undefined || after === undefined) {
    return undefined;
  }
  const [was, is] = [before, after].map(({ divisions }) => placesOf(divisions));
  if (before.isGivenToDeployer !== after.isGivenToDeployer) {
    return after.isGivenToDeployer ? phrase`${key} is new` : phrase`${key} goes`;
  }
  return JSON.stringify(was) === JSON.stringify(is)
    ? undefined
    : phrase`${key} in ${was ?? []} -> ${is ?? []}`;
}

function placesOf(divisions: readonly string[]): Phrase {
  return divisions.includes(every)
    ? ["every division"]
    : divisions.length === 0
      ? ["no division"]
      : [{ name: divisions.join(", ") }];
}

/** A new wildcard, beside the permissions that it stands for. */
function* wildcardFindings({ key, before, after }: Planned<RoleState>): Generator<Finding> {
  for (const wildcard of after?.wildcards ?? []) {
    if (before?.wildcards.includes(wildcard) !== true) {
      const grant = wildcardGrant(wildcard, after?.divisions[0] ?? "home");
      const words = phrase`new wildcard ${wildcard}: it stands for what the catalogue holds at this moment`;
      yield finding(`role ${key}`, "WILDCARD_ADDED", words, { risks: risksOf(grant), grant });
    }
  }
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
