// What a role allows, checked against the organisation's catalogue while checking inputs: only what is new, so that an unchanged role asks nobody.
import { unknownValue } from "@pulumi/pulumi/runtime";

import { defined } from "../../common/defined";
import { listed } from "../../common/listed";
import { hasWildcard, type Permission, parsePermission, permissionText } from "../../common/permission";
import {
  conditionProblem,
  expandWildcard,
  unknownPermission,
  withoutDivisions,
  type PermissionCatalogue,
} from "../../genesys/knowledge/catalogueRules";
import { newLicences } from "../../genesys/knowledge/licences";
import {
  normalizePermissionPolicies,
  policiesOf,
  type PolicyEntry,
  policyEntries,
  type PermissionPolicyRequest,
} from "../../genesys/knowledge/permissionPolicies";

import { unlistedAmong, type UnlistedPermissions } from "./unlistedPermissions";

/** Declared wildcards, and what each stood for when it was declared; the program leaves that empty. */
export type PinnedWildcards = Readonly<Record<string, readonly string[]>>;

/** The part of a role's inputs that says what it allows and where. */
export interface RoleAllowance {
  readonly permissionPolicies: readonly PermissionPolicyRequest[];
  /** Absent where none is declared. */
  readonly wildcards?: PinnedWildcards;
  /** Permissions that the catalogue need not list; absent where there are none. */
  readonly unlisted?: readonly string[];
  readonly deployerDivisions?: readonly string[];
}

/** The role as it is to be applied, or why it cannot be. */
export interface CheckedAllowance extends Omit<RoleAllowance, "deployerDivisions" | "unlisted"> {
  readonly problems: readonly string[];
  /** Absent where the catalogue was not asked. */
  readonly unlisted?: UnlistedPermissions;
  /** Licences that the role did not need before, each with what needs it; absent where the catalogue was not asked. */
  readonly licences?: ReadonlyMap<string, readonly string[]>;
}

/** Divisions that do not narrow a role down: everything without a division is at home, and `*` means all. */
const notNarrowing: ReadonlySet<unknown> = new Set(["home", "*", unknownValue]);

/** For what Genesys is still rolling out. Without the permission's name: twelve of these fit on a screen. */
const wayOfNewPermission = "If it is new, write { permission: …, unlisted: true }";

/** Permissions that an error lists. */
const listedPermissions = 10;

/**
 * Expands wildcards and checks what is new. A wildcard that was declared before keeps what it stood for then.
 * @param catalogue Asked only when something is new; its errors pass through.
 */
export async function checkAllowance(
  olds: RoleAllowance,
  news: RoleAllowance,
  catalogue: () => Promise<PermissionCatalogue>,
): Promise<CheckedAllowance> {
  const explicit = policyEntries(news.permissionPolicies);
  const declared = Object.keys(news.wildcards ?? {}).sort();
  const pinned = new Map(declared.map((wildcard) => [wildcard, olds.wildcards?.[wildcard] ?? []]));
  const newWildcards = declared.filter((wildcard) => pinned.get(wildcard)?.length === 0);
  // The engine gives the properties of what it stores an order of its own.
  const entriesBefore = policyEntries(normalizePermissionPolicies(olds.permissionPolicies));
  const before = new Set(entriesBefore.map(entryKey));
  const [unlistedBefore, unlisted] = [new Set(olds.unlisted), new Set(news.unlisted)];
  const newEntries = explicit.filter((entry) => {
    const text = permissionText(entry.permission);
    return !before.has(entryKey(entry)) || unlistedBefore.has(text) !== unlisted.has(text);
  });
  const narrowing = narrowingDivisions(news);
  const isNarrowedAnew = narrowing.some((division) => !narrowingDivisions(olds).includes(division));
  const problems: string[] = [];
  let told: UnlistedPermissions | undefined;
  let licences: CheckedAllowance["licences"];
  if (newWildcards.length > 0 || newEntries.length > 0 || isNarrowedAnew) {
    const known = await catalogue();
    for (const wildcard of newWildcards) {
      const stands = expandWildcard(known, wildcard);
      pinned.set(wildcard, stands);
      if (stands.length === 0) {
        problems.push(emptyWildcard(known, wildcard));
      }
    }
    problems.push(...newEntries.flatMap((entry) => entryProblem(known, entry, unlisted) ?? []));
    told = unlistedAmong(known, explicit, unlisted);
    const added = [...newEntries.map(({ permission }) => permission), ...permissionsIn(newWildcards, pinned)];
    const held = entriesBefore.map(({ permission }) => permission);
    licences = newLicences(known, held, added);
    const whole = [...explicit.map(({ permission }) => permission), ...permissionsIn(declared, pinned)];
    problems.push(...divisionProblems(known, narrowing, isNarrowedAnew ? whole : added));
  }
  const permissionPolicies = normalizePermissionPolicies([
    ...news.permissionPolicies,
    ...policiesOf(permissionsIn(declared, pinned)),
  ]);
  return {
    permissionPolicies,
    ...(declared.length === 0 ? {} : { wildcards: Object.fromEntries(pinned) }),
    problems,
    ...defined({ unlisted: told, licences }),
  };
}

function entryKey({ permission, condition }: PolicyEntry): string {
  return JSON.stringify([permission.domain, permission.entityName, permission.action, condition]);
}

function permissionsIn(
  wildcards: readonly string[],
  pinned: ReadonlyMap<string, readonly string[]>,
): Permission[] {
  return wildcards.flatMap((wildcard) =>
    (pinned.get(wildcard) ?? []).flatMap((permission) => parsePermission(permission) ?? []),
  );
}

function entryProblem(
  catalogue: PermissionCatalogue,
  { permission, condition }: PolicyEntry,
  unlisted: ReadonlySet<string>,
): string | undefined {
  const text = permissionText(permission);
  const unknown = unlisted.has(text) ? undefined : unknownPermission(catalogue, permission);
  if (unknown !== undefined) {
    const end = unknown.endsWith("?") ? "" : ".";
    return hasWildcard(permission) ? unknown : `${unknown}${end} ${wayOfNewPermission}`;
  }
  return condition === "" ? undefined : conditionProblem(catalogue, permission);
}

function emptyWildcard(catalogue: PermissionCatalogue, wildcard: string): string {
  const permission = parsePermission(wildcard);
  const problem = permission === undefined ? undefined : unknownPermission(catalogue, permission);
  return (
    problem ??
    `the wildcard "${wildcard}" matches no permission that Genesys tells of; name the permissions instead`
  );
}

/** Each once; none in a preview that does not know the list yet. */
function narrowingDivisions({ deployerDivisions }: RoleAllowance): readonly string[] {
  const divisions = Array.isArray(deployerDivisions) ? (deployerDivisions as readonly string[]) : [];
  return [...new Set(divisions)].filter((division) => !notNarrowing.has(division));
}

/**
 * A permission that no division limits applies everywhere, although the declaration seems to limit it. That is refused where a
 * division is named; at home and in every division there is nothing to be misled by.
 */
function divisionProblems(
  catalogue: PermissionCatalogue,
  divisions: readonly string[],
  permissions: readonly Permission[],
): readonly string[] {
  const everywhere =
    divisions.length === 0 ? [] : [...new Set(withoutDivisions(catalogue, permissions))].sort();
  if (everywhere.length === 0) {
    return [];
  }
  const names = listed(everywhere, listedPermissions);
  return [
    `the role is used in ${divisions.map((division) => `"${division}"`).join(", ")}, but no division limits ${names}; ` +
      "put them into a role of their own that is used in the home division",
  ];
}
