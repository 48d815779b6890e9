// Looking for a live role by its id, and taking it away.
import type { RoleEntity } from "../../genesys/wire";
import { findOrFail } from "./change";
import { findLive } from "./presence";
import { remove } from "./removal";
import type { Session } from "../run/session";

/** How a role is spoken of, and since when it is there. */
export interface KnownRole {
  readonly name: string;
  readonly createdAt?: string | undefined;
}

/** The live role; undefined when it is gone. */
export function findLiveRole(session: Session, id: string, role: KnownRole): Promise<RoleEntity | undefined> {
  return findLive<RoleEntity>(session, {
    what: `role "${role.name}"`,
    id,
    bornAt: role.createdAt,
    get: () => session.roles.get(id),
    list: () => session.roles.list(),
  });
}

/** @throws ProviderError ROLE_GONE where it is gone */
export async function refuseGoneRole(
  session: Session,
  action: string,
  id: string,
  role: KnownRole,
): Promise<void> {
  const findLive = (): Promise<RoleEntity | undefined> => findLiveRole(session, id, role);
  await findOrFail({ action, what: `the role ${id}`, goneCode: "ROLE_GONE", findLive });
}

/** DELETE, then confirmed; a role that is gone already is success. */
export function removeRole(session: Session, id: string, role: KnownRole): Promise<void> {
  const removal = {
    what: `role ${id}`,
    delete: () => session.roles.delete(id),
    findLive: () => findLiveRole(session, id, role),
  };
  return remove(session, removal, () => session.roles.get(id));
}
