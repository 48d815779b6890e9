// Writes that name roles: sent again while Genesys may not yet know that the deployer holds them.
import { type GenesysApiError, hasApiCode, isForbidden, isRefusal } from "../../genesys/errors";
import type { RoleDivision } from "../../genesys/knowledge/roleDivisions";
import { isAddressRefusal } from "../../genesys/knowledge/addressRefusal";
import { type Answer, eventually } from "../run/patience";
import { findOrFail } from "../live/change";
import { roleKind } from "../live/objectKind";
import type { Session } from "../run/session";

/** Codes of a refused creation that time does not cure (docs/genesys-api.md 3.12). */
const permanentCodes = [
  "auth.too.many.clients",
  "bad.grant.type",
  "missing.client.roles",
  "grant.type.required",
];

/** A refused 400 may also be a mistake that no waiting cures: it is not waited for as long as a missing role. */
const badRequestWaitMs = 60_000;

/**
 * Sends a write that names roles, again while Genesys may not yet know that the deployer holds them.
 * @throws ProviderError ROLE_GONE where one of them was deleted meanwhile
 */
export async function whenUsable<T>(
  session: Session,
  what: string,
  resolved: readonly RoleDivision[],
  send: () => Promise<T>,
): Promise<T> {
  const beganAtMs = session.clock.now();
  return eventually(session, `the roles of ${what} to become usable`, async (): Promise<Answer<T>> => {
    try {
      return { done: await send() };
    } catch (error) {
      const spentMs = session.clock.now() - beganAtMs;
      if (!isRefusal(error) || isPermanent(error)) {
        throw error;
      }
      if (await mayBeCuredByTime(session, error, resolved, spentMs)) {
        return { notYet: error };
      }
      if (!isForbidden(error)) {
        await refuseGoneRoles(session, what, resolved);
      }
      throw error;
    }
  });
}

function isPermanent(error: GenesysApiError): boolean {
  return (
    permanentCodes.some((code) => hasApiCode(error, code)) ||
    isAddressRefusal(error) ||
    error.details.apiMessage.includes("oauth:client:")
  );
}

async function mayBeCuredByTime(
  session: Session,
  error: GenesysApiError,
  resolved: readonly RoleDivision[],
  spentMs: number,
): Promise<boolean> {
  if (!isForbidden(error) && spentMs >= badRequestWaitMs) {
    return false;
  }
  if (resolved.some((pair) => session.freshRoleIds.has(pair.roleId))) {
    return true;
  }
  // A run that died after the grant leaves no fresh role behind; what Genesys says now about the deployer decides.
  const held = (await session.identity.read()).roleDivisions ?? [];
  return isForbidden(error) && resolved.every((pair) => held.some((grant) => grant.roleId === pair.roleId));
}

/** A role that was made or seen before, and that a person has deleted since. What this run made may only be unknown yet. */
async function refuseGoneRoles(
  session: Session,
  what: string,
  resolved: readonly RoleDivision[],
): Promise<void> {
  const ids = new Set(resolved.map(({ roleId }) => roleId).filter((id) => !session.freshRoleIds.has(id)));
  for (const id of ids) {
    await findOrFail(session, { action: `Verifying ${what}`, kind: roleKind, id, known: { name: id } });
  }
}
