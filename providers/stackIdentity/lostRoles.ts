// Who loses a role that is no longer declared: told before it is deleted, since the deletion itself is planned without asking anybody.
import { planNoticeLine } from "../../common/planNotice";
import { isMadeBy, parseMarker } from "../../genesys/marker";
import type { RoleEntity } from "../../genesys/wire";
import { explain } from "../engine/providerError";
import { holdersOf } from "../run/roleHolders";
import type { Session } from "../run/session";
import { removedKeys, type StackIdentityInputs, type StackIdentityOutputs } from "./record";

/** Says who holds each declared role that went away. The holders in this stack lose it by its own plan. */
export async function tellLostRoles(
  session: Session,
  identity: string,
  olds: Partial<StackIdentityOutputs>,
  news: StackIdentityInputs,
  renamed: readonly string[],
): Promise<void> {
  const lost = removedKeys(olds.roles ?? {}, news.roles).filter((key) => !renamed.includes(key));
  if (lost.length === 0) {
    return;
  }
  const action = "Looking for the holders of roles that are no longer declared";
  await session.enter(action, news.organization.id);
  try {
    const roles = await session.rolesAtStart();
    for (const key of lost) {
      const role = roles.find((candidate) => isOfKey(candidate, identity, key));
      const holders =
        role === undefined
          ? []
          : await holdersOf(
              session,
              role.id,
              (marker) => marker.identity === identity,
              olds.deployerClientId,
            );
      if (holders.length > 0) {
        session.notify(planNoticeLine({ code: "ROLE_HOLDERS_LOST", role: key, items: holders }));
      }
    }
  } catch (error) {
    // The deletion was decided by whoever took the entry out: a warning that cannot be given must not be in its way.
    const reason = explain(action, error, session.redactor).message;
    for (const key of lost) {
      session.notify(planNoticeLine({ code: "ROLE_HOLDERS_UNKNOWN", role: key, items: [reason] }));
    }
  }
}

function isOfKey({ description }: RoleEntity, identity: string, key: string): boolean {
  return isMadeBy(parseMarker(description), { identity, owner: key });
}
