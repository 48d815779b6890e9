// The credentials of an audit as the report lists them.
import { dueAt, earliestSafeRotationAt } from "../../../declarations/rotation/schedule";
import { parsePermission } from "../../../common/permission";
import { risksOf } from "../../../genesys/knowledge/riskClasses";
import { type AuditedClient, type AuditedCredential, type AuditedPermission } from "../auditReport";
import { type AuditFacts, credentialId, type CredentialFacts } from "../read/auditFacts";
import { livePermissions } from "../judge/livePermissions";
import { type ManagedClient } from "../read/managedClients";
import { isYetToBeMade, knownSchedule, rotationStatus } from "../judge/rotationState";

/** One entry for each declared credential. */
export function auditedCredentials(facts: AuditFacts): readonly AuditedCredential[] {
  return facts.credentials.map((one) => {
    const { stack, credential, clients } = one;
    const secret = facts.secrets.get(credentialId(stack.stack, credential.key));
    return {
      stack: stack.stack,
      credential: credential.key,
      description: credential.description,
      grantType: credential.authorizedGrantType,
      type: credential.type,
      roles: credential.roleDivisions.map(({ roleKey, roleName, division }) => ({
        role: roleKey ?? roleName ?? "",
        division,
        isManaged: roleKey !== undefined,
      })),
      permissions: permissionsOf(one, facts),
      rotation: rotationOf(one, facts),
      clients: clients.map((client) => auditedClient(client, one, facts)),
      secret: {
        name: credential.secret.name,
        state: secret?.state ?? null,
        writtenAt: secret?.writtenAt ?? null,
      },
    };
  });
}

function rotationOf(one: CredentialFacts, facts: AuditFacts): AuditedCredential["rotation"] {
  const { credential, clients } = one;
  const { nowMs, settings } = facts;
  const { rotation, accessTokenValiditySeconds } = credential;
  const schedule = knownSchedule({ credential, clients });
  const safeAt = earliestSafeRotationAt(rotation, accessTokenValiditySeconds);
  return {
    generation: rotation.generation,
    status: rotationStatus(credential, schedule, nowMs, settings.dueSoon, isYetToBeMade(one, facts)),
    since: schedule.rotatedAt ?? null,
    every: rotation.every ?? null,
    dueAt: dueAt(schedule) ?? null,
    earliestSafeAt: safeAt === undefined || Date.parse(safeAt) <= nowMs ? null : safeAt,
    overlap: rotation.overlap,
  };
}

function auditedClient(
  { clientId, name, slot, generation, isCurrent, live, recorded }: ManagedClient,
  { isLive }: CredentialFacts,
  { organization, usage }: AuditFacts,
): AuditedClient {
  const isAsked = isLive && organization.clients !== undefined;
  const state = live === undefined ? "missing" : (live.state ?? "active");
  return {
    clientId,
    name,
    slot,
    generation,
    isCurrent,
    state: isAsked ? state : null,
    createdAt: live?.dateCreated ?? recorded?.dateCreated ?? null,
    usage: usage.get(clientId ?? "") ?? null,
  };
}

/** What the current client may do today, whoever gave it the roles. */
function permissionsOf(
  { isLive, clients }: CredentialFacts,
  { organization, subjectGrants, unusedPermissions }: AuditFacts,
): readonly AuditedPermission[] | null {
  const live = clients.find(({ isCurrent }) => isCurrent)?.live;
  if (!isLive || live === undefined || organization.names === undefined) {
    return null;
  }
  const held = [...(live.roleDivisions ?? []), ...(subjectGrants.get(live.id) ?? [])];
  const roleIds = new Set(held.map(({ roleId }) => roleId));
  return organization.names.roles
    .filter(({ id }) => roleIds.has(id))
    .flatMap((role) => {
      const unused = unusedPermissions.get(role.id);
      return livePermissions(role, organization.catalogue).map((permission) =>
        auditedPermission(permission, role.name ?? role.id, unused),
      );
    })
    .sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1));
}

function auditedPermission(
  permission: string,
  role: string,
  unused: readonly string[] | undefined,
): AuditedPermission {
  const { domain = "", entityName = "", action = "" } = parsePermission(permission) ?? {};
  const [risk = null] = risksOf({ domain, entity: entityName, action, division: "home" });
  return { permission, domain, role, risk, isUnused: unused?.includes(permission) ?? null };
}

function sortKey({ permission, role }: AuditedPermission): string {
  return `${permission} ${role}`;
}
