// Looking for a live role by its id, and taking it away.
import { isNotFound } from "../../genesys/errors";
import type { RoleEntity } from "../../genesys/wire";
import { findLive } from "./presence";
import { confirmGone, shortPatience } from "./removal";
import { type Answer, eventually } from "../run/patience";
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

/** DELETE, then confirmed; a role that is gone already is success. */
export async function removeRole(session: Session, id: string, role: KnownRole): Promise<void> {
  const patience = shortPatience(session);
  const isGone = await eventually(patience, `role ${id} to be known`, async (): Promise<Answer<boolean>> => {
    try {
      await session.roles.delete(id);
      return { done: false };
    } catch (error) {
      if (!isNotFound(error)) {
        throw error;
      }
      return (await findLiveRole(session, id, role)) === undefined ? { done: true } : { notYet: error };
    }
  });
  if (!isGone) {
    await confirmGone(patience, `role ${id}`, async () => {
      await session.roles.get(id);
      return "alive" as const;
    });
  }
}
