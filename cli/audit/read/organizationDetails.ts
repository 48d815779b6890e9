// The roles that credentials hold, and what the live organisation says of each: permissions that nobody uses.
import { type GenesysClient } from "../../../genesys/client";
import { parseMarker } from "../../../genesys/marker";
import { Roles } from "../../../genesys/roles";
import { type RoleEntity } from "../../../genesys/wire";
import { messageOf } from "../../../common/known";
import { type NotChecked } from "../notChecked";
import { rolePlace } from "../places";
import { askEach } from "./askEach";
import { type AuditFacts } from "./auditFacts";
import { type RequestAllowance } from "./requestAllowance";

/** The roles that credentials hold, each once. */
export function heldRoles(facts: Pick<AuditFacts, "organization" | "credentials">): readonly RoleEntity[] {
  const held = new Set(
    facts.credentials.flatMap(({ clients }) =>
      clients.flatMap(({ live }) => live?.roleDivisions?.map(({ roleId }) => roleId) ?? []),
    ),
  );
  return (facts.organization.names?.roles ?? []).filter(({ id }) => held.has(id));
}

/**
 * The permissions of roles that nobody uses, by role id: one request a role, and no list is known to tell them. Roles that a stack made come
 * first, since their permissions can be taken out. Never rejects.
 */
export async function readUnusedPermissions(
  genesys: GenesysClient,
  every: readonly RoleEntity[],
  allowance: RequestAllowance,
  notChecked: NotChecked,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const isMade = ({ description }: RoleEntity): boolean => parseMarker(description) !== undefined;
  const ordered = [...every.filter(isMade), ...every.filter((role) => !isMade(role))];
  const roles = allowance.take(ordered, "unused permissions of roles");
  const area = new Roles(genesys);
  const { answers, failures } = await askEach(
    roles.map(({ id }) => id),
    (id) => area.unusedPermissions(id),
  );
  const told = new Map([...answers].flatMap(([id, unused]) => (unused === undefined ? [] : [[id, unused]])));
  const untold = roles.filter(({ id }) => !told.has(id));
  const [first] = untold;
  if (first !== undefined) {
    const others = untold.length > 1 ? ` and ${untold.length - 1} more` : "";
    const reason = failures.length > 0 ? messageOf(failures[0]) : "Genesys does not tell them";
    notChecked.add(null, `unused permissions of ${rolePlace(first)}${others}`, reason);
  }
  return told;
}
