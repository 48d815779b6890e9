// Grants: what a credential may do, as tuples that can be compared.

/** One permission in one division, general ones too, or one role whose permissions are not known here in one division. */
export interface Grant {
  /** `*` stands for all, those of tomorrow included. */
  readonly domain: string;
  readonly entity: string;
  readonly action: string;
  /** `home`, `*`, or a division's name or id. */
  readonly division: string;
  /** Canonical JSON of the condition; absent when there is none. */
  readonly condition?: string;
  /** Name or id of a role that this stack does not manage; the three parts of the permission are then `?`. */
  readonly existingRole?: string;
  /** Name of a general permission, which has no domain; the three parts are then `?`. */
  readonly generalPermission?: string;
  /** Name of the declared role that allows it; two grants that differ in it only allow the same. */
  readonly role?: string;
}

/** All domains, entities, actions or divisions. */
export const every = "*";

/** Stands for the parts of a permission that has none here: of a role that this stack does not manage, or of a general one. */
export const notManaged = "?";

/** Whether whoever holds `wide` may do everything that `narrow` allows. */
export function covers(wide: Grant, narrow: Grant): boolean {
  return (
    wide.existingRole === narrow.existingRole &&
    wide.generalPermission === narrow.generalPermission &&
    coversPart(wide.domain, narrow.domain) &&
    coversPart(wide.entity, narrow.entity) &&
    coversPart(wide.action, narrow.action) &&
    coversPart(wide.division, narrow.division) &&
    (wide.condition === undefined || wide.condition === narrow.condition)
  );
}

function coversPart(wide: string, narrow: string): boolean {
  return wide === every || wide === narrow;
}

/**
 * What `grants` allow and `others` do not. A wildcard is covered by a wildcard only: it holds what is not yet invented, so no
 * list of names covers it, and one grant is covered by several exactly when it is covered by one of them.
 */
export function beyond(grants: readonly Grant[], others: readonly Grant[]): Grant[] {
  return grants.filter((grant) => !others.some((other) => covers(other, grant)));
}

/** Each grant once, without those that another one covers, in a fixed order. */
export function distinctGrants(grants: readonly Grant[]): Grant[] {
  const unique = [...new Map(grants.map((grant) => [grantKey(grant), grant])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, grant]) => grant);
  return unique.filter((grant) => !unique.some((other) => other !== grant && covers(other, grant)));
}

/** The tuple as one text; equal for equal grants only. */
export function grantKey(grant: Grant): string {
  const {
    existingRole = "",
    domain,
    entity,
    action,
    division,
    condition = "",
    generalPermission = "",
  } = grant;
  return JSON.stringify([existingRole, domain, entity, action, division, condition, generalPermission]);
}
