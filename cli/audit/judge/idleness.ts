// What counts as unused: silence for the whole window, of something that was there for the whole window (pure).
import { msPerDay } from "../../../common/clock";
import { defined } from "../../../common/defined";
import { type OAuthClientEntity, type RoleEntity } from "../../../genesys/wire";
import { type AuditFacts, type CredentialFacts, type RoleFacts } from "../read/auditFacts";
import { pairKey } from "../../../genesys/knowledge/roleDivisions";
import { heldRoles } from "../read/organizationDetails";
import { grantDifferences } from "./heldRoles";
import { livePermissions } from "./livePermissions";

/** A role with permissions that nobody uses. */
export interface IdleRole {
  readonly role: RoleEntity;
  /** Sorted. */
  readonly unused: readonly string[];
  /** How many permissions it has. */
  readonly total: number;
  /** The credentials whose current client holds it by right. */
  readonly holders: readonly CredentialFacts[];
  /** Absent for a role that no audited stack manages. */
  readonly managed?: RoleFacts;
}

/** The usage of the current client is all of silence. Former clients are silent by right, and revoked ones have to be. */
export function isUnusedCredential(
  { isLive, credential, clients }: CredentialFacts,
  facts: AuditFacts,
): boolean {
  const current = clients.find(({ isCurrent }) => isCurrent);
  const live = current?.live;
  const { rotatedAt, generation, clients: turn } = credential.rotation;
  const turnedAt = current?.generation === generation ? rotatedAt : undefined;
  const isKnown = (instant: string | undefined): boolean => !Number.isNaN(Date.parse(instant ?? ""));
  // Where Genesys does not tell when it was made, the state does, or the rotation that made it.
  const madeAt = [live?.dateCreated, current?.recorded?.dateCreated, turnedAt].find(isKnown);
  // A client that rotations keep was silent by right until its turn came.
  const since = turn === "keep" && isKnown(turnedAt) ? turnedAt : madeAt;
  return isLive && !credential.revoked && live !== undefined && isIdle(live, since, facts);
}

/** Whether a client that could have been used had no request in the whole window. */
export function isIdle(
  { id, state = "active" }: OAuthClientEntity,
  since: string | undefined,
  { usage, window }: AuditFacts,
): boolean {
  const isYoung = window !== undefined && Date.parse(since ?? "") > Date.parse(window.from);
  return state === "active" && usage.get(id)?.total === 0 && !isYoung;
}

/** The credentials whose current client holds a role by right: one that nobody declared is told as such, whatever is used of it. */
function holdersOf(roleId: string, { credentials, organization }: AuditFacts): readonly CredentialFacts[] {
  return credentials.filter((one) => {
    const current = one.clients.find(({ isCurrent }) => isCurrent);
    const held = current?.live?.roleDivisions ?? [];
    if (!one.isLive || current === undefined || !held.some((pair) => pair.roleId === roleId)) {
      return false;
    }
    const { extra } = grantDifferences(one, current, held, organization.names, new Set());
    const undeclared = new Set(extra.map(pairKey));
    return held.some((pair) => pair.roleId === roleId && !undeclared.has(pairKey(pair)));
  });
}

/** Roles with unused permissions. A role whose holders are all unused says nothing that they do not say. */
export function unusedRoles(facts: AuditFacts): readonly IdleRole[] {
  return heldRoles(facts).flatMap((role) => {
    const managed = facts.roles.find(({ live }) => live?.id === role.id);
    const holders = holdersOf(role.id, facts);
    const permissions = livePermissions(role, facts.organization.catalogue);
    const told = new Set(facts.unusedPermissions.get(role.id) ?? []);
    const unused = permissions.filter((permission) => told.has(permission));
    const isTold = holders.every((one) => isUnusedCredential(one, facts) || one.credential.revoked);
    return unused.length === 0 || isTold || isYoungRole(managed, holders, facts)
      ? []
      : [{ role, unused, total: permissions.length, holders, ...defined({ managed }) }];
  });
}

/**
 * Genesys does not say when a role was made. The state does; else the oldest OAuth client of the credentials that hold it tells since
 * when they could have used it.
 */
function isYoungRole(
  managed: RoleFacts | undefined,
  holders: readonly CredentialFacts[],
  { window, settings, nowMs }: AuditFacts,
): boolean {
  const since =
    managed?.recorded?.createdAt ??
    holders.flatMap(({ clients }) => clients.flatMap(({ live }) => live?.dateCreated ?? [])).sort()[0];
  const from = window?.from ?? new Date(nowMs - settings.unusedDays * msPerDay).toISOString();
  return Date.parse(since ?? "") > Date.parse(from);
}
