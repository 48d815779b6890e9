// How a role comes to be: made exactly once, taken over where an interrupted run left it, or made beside the one that it replaces.
import { isSameName, longestRoleName, roleRequestFrom } from "../../genesys/roles";
import { parseMarker } from "../../genesys/marker";
import type { RoleEntity } from "../../genesys/wire";
import { explain } from "../engine/providerError";
import { roleKind } from "../live/objectKind";
import { findLive } from "../live/presence";
import { createExactlyOnce } from "../live/reconciliation";
import { remove } from "../live/removal";
import type { Session } from "../run/session";
import { changingRequest, type RoleInputs, roleRequest } from "./record";

/** @param leftovers What interrupted runs left behind: the first one is taken over, the others go. */
export async function makeRole(
  session: Session,
  inputs: RoleInputs,
  marker: string,
  leftovers: readonly RoleEntity[],
): Promise<RoleEntity> {
  const { object } = await createExactlyOnce<RoleEntity>(session.clock, {
    create: () => session.roles.create(roleRequest(inputs, marker)),
    findCreated: async () =>
      (await session.roles.findByName(inputs.name)).filter(({ description = "" }) =>
        description.includes(marker),
      ),
    findOrphans: () => Promise.resolve([...leftovers]),
    adopt: async (found) => {
      const live = (await findLive(session, roleKind, found.id, inputs)) ?? found;
      return session.roles.update(found.id, changingRequest(live, inputs, marker));
    },
    remove: (found) => remove(session, roleKind, found.id, inputs),
  });
  return object;
}

/**
 * Lets the roles that are replaced give up the name beforehand, since no two roles have the same one; they keep everything else, and are
 * deleted by who has them on record. They get it back when nothing can be made.
 */
export async function withNameFreed<T>(
  session: Session,
  { name }: Pick<RoleInputs, "name">,
  marker: string,
  replaced: readonly RoleEntity[],
  make: () => Promise<T>,
): Promise<T> {
  const suffix = ` (replaced ${parseMarker(marker)?.nonce ?? ""})`;
  const holders = replaced.filter((role) => isSameName(role.name, name));
  const begun: RoleEntity[] = [];
  try {
    for (const role of holders) {
      begun.push(role);
      const shortened = Array.from(role.name ?? "").slice(0, longestRoleName - suffix.length); // whole characters
      await session.roles.update(role.id, roleRequestFrom(role, { name: `${shortened.join("")}${suffix}` }));
    }
    return await make();
  } catch (error) {
    for (const role of begun) {
      await giveNameBack(session, role);
    }
    throw error;
  }
}

async function giveNameBack(session: Session, role: RoleEntity): Promise<void> {
  try {
    await session.roles.update(role.id, roleRequestFrom(role, {}));
  } catch (error) {
    const action = `Giving role ${role.id} its name "${role.name ?? ""}" back`;
    session.notify(
      `Warning: ${explain(action, error, session.redactor).message}; \`pulumi up --refresh\` does it.`,
    );
  }
}
