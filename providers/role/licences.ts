// The line that says which licences a role's new permissions need, for people and for the review.
import { listed } from "../../common/listed";
import { planNoticeLine } from "../../common/planNotice";
import { keyOf } from "../../genesys/marker";
import type { Session } from "../run/session";
import type { RoleInputs } from "./record";

/** Permissions that are named of one licence. */
const namedPermissions = 3;

/** @param needs As `newLicences` has them; nothing is said where there are none. */
export function tellLicences(
  session: Pick<Session, "notify">,
  { owner, name }: Pick<RoleInputs, "name"> & Partial<Pick<RoleInputs, "owner">>,
  needs: ReadonlyMap<string, readonly string[]>,
): void {
  if (needs.size > 0) {
    const items = [...needs].map(
      ([licence, permissions]) => `${licence} for ${listed(permissions, namedPermissions)}`,
    );
    session.notify(
      planNoticeLine({ code: "LICENSES", role: owner === undefined ? name : keyOf({ owner }), items }),
    );
  }
}
