// What the organisation's permission catalogue says about a role: unknown permissions, wildcards expanded, conditions and divisions (pure).
import { listed } from "../../common/listed";
import { nearestNames } from "../../common/nearestName";
import {
  covers,
  hasWildcard,
  parsePermission,
  type Permission,
  permissionText,
} from "../../common/permission";

/** One permission that a role may hold in this organisation. */
export interface CataloguePermission extends Permission {
  /** Whether it may be given under a condition; undefined when Genesys does not say. */
  readonly allowsConditions: boolean | undefined;
  /** Whether a division limits it; undefined when Genesys does not say. */
  readonly divisionAware: boolean | undefined;
  /** Licences that it needs, sorted; absent where Genesys tells none. */
  readonly licenses?: readonly string[];
}

/** The permissions of an organisation. */
export interface PermissionCatalogue {
  readonly permissions: readonly CataloguePermission[];
  /** False when a part of the answer could not be read: what is missing may exist nevertheless. */
  readonly isComplete: boolean;
}

/** Names that an error lists. */
const listedNames = 8;
const suggestedNames = 3;

/** The entry of a permission; undefined when there is none. */
export function findPermission(
  catalogue: PermissionCatalogue,
  permission: Permission,
): CataloguePermission | undefined {
  const asked = permissionText(permission);
  return catalogue.permissions.find((known) => permissionText(known) === asked);
}

/** What a wildcard stands for today, sorted. */
export function expandWildcard(catalogue: PermissionCatalogue, wildcard: string): string[] {
  const asked = parsePermission(wildcard);
  return asked === undefined
    ? []
    : [...new Set(catalogue.permissions.filter((known) => covers(asked, known)).map(permissionText))].sort();
}

/** Why a permission or wildcard is not accepted, with what was probably meant; undefined when it is known, or when nothing can be said. */
export function unknownPermission(
  catalogue: PermissionCatalogue,
  permission: Permission,
): string | undefined {
  const isKnown = catalogue.permissions.some((known) => covers(permission, known));
  if (isKnown || !catalogue.isComplete) {
    return undefined;
  }
  const text = permissionText(permission);
  const what = hasWildcard(permission)
    ? `the wildcard "${text}" matches no permission of the organisation`
    : `the organisation has no permission "${text}"`;
  return `${what}; ${suggestion(catalogue, permission)}`;
}

/** Why a permission may not carry a condition; undefined when it may, or when Genesys does not say. */
export function conditionProblem(catalogue: PermissionCatalogue, permission: Permission): string | undefined {
  return findPermission(catalogue, permission)?.allowsConditions === false
    ? `"${permissionText(permission)}" cannot carry a condition: Genesys would apply it always or drop it; remove "when"`
    : undefined;
}

/** The permissions among these that no division limits. */
export function withoutDivisions(
  catalogue: PermissionCatalogue,
  permissions: readonly Permission[],
): string[] {
  return permissions
    .filter((permission) => findPermission(catalogue, permission)?.divisionAware === false)
    .map(permissionText);
}

function suggestion(catalogue: PermissionCatalogue, permission: Permission): string {
  const near = nearestNames(
    permissionText(permission),
    new Set(catalogue.permissions.map(permissionText)),
    suggestedNames,
  );
  if (near.length > 0 && !hasWildcard(permission)) {
    return `did you mean ${near.join(" or ")}?`;
  }
  const { domain, entityName } = permission;
  const ofDomain = catalogue.permissions.filter((known) => known.domain === domain);
  if (ofDomain.length === 0) {
    const domains = namesOf(catalogue.permissions, "domain");
    const meant = nearestNames(domain, domains, suggestedNames);
    return meant.length === 0
      ? `there is no domain "${domain}"`
      : `there is no domain "${domain}": did you mean ${meant.join(" or ")}?`;
  }
  const ofEntity = ofDomain.filter((known) => known.entityName === entityName);
  const entities = nearestFirst(entityName, namesOf(ofDomain, "entityName"));
  return ofEntity.length === 0
    ? `${domain} has the entities ${listed(entities, listedNames)}`
    : `${domain}:${entityName} has the actions ${listed(namesOf(ofEntity, "action"), listedNames)}`;
}

function namesOf(permissions: readonly CataloguePermission[], part: keyof Permission): string[] {
  return [...new Set(permissions.map((permission) => permission[part]))].sort();
}

function nearestFirst(name: string, names: readonly string[]): string[] {
  const near = nearestNames(name, names, suggestedNames);
  return [...near, ...names.filter((one) => !near.includes(one))];
}
