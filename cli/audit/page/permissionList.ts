// The permissions of one credential, the gravest first, and whether anybody uses them.
import { type AuditedPermission } from "../auditReport";
import { type Html, markup } from "./markup";
import { groupBy } from "./pageModel";
import { gravestOf, gravity, markOf } from "./words";

/** The permissions. One that several roles give is shown once. The style sheet puts the letter of its class before it. */
export function permissionList(permissions: readonly AuditedPermission[] | null): Html {
  if (permissions === null) {
    return markup`<p class="quiet">The roles could not be read.</p>`;
  }
  if (permissions.length === 0) {
    return markup`<p class="quiet">No permission.</p>`;
  }
  const items = [...groupBy(permissions, ({ permission }) => permission)].map(([permission, same]) => ({
    permission,
    risk: gravestOf(same.map(({ risk }) => risk)),
    isUnused: same.every(({ isUnused }) => isUnused === true),
  }));
  items.sort((a, b) => gravity(a.risk) - gravity(b.risk));
  return markup`<ul class="permissions">${items.map(
    ({ permission, risk, isUnused }) =>
      markup`<li${risk === null ? null : markup` class="${markOf(risk).style}"`}>${permission}${isUnused ? markup` <i>unused</i>` : null}</li>`,
  )}</ul>`;
}
