// What an adoption writes: the entries of chosen clients and roles, and the reasons for what is left out (pure).
import { type OAuthClientEntity, type RoleEntity } from "../../genesys/wire";
import { type Adopted, adoptedClients, adoptedRoles, type Candidate } from "./adoptedEntries";
import { type AdoptionChoices, clientContent } from "./clientEntry";
import { clientObstacle } from "./clientObstacle";
import { heldRolesOf, isNarrow, roleObstacle } from "./clientRoles";
import { type Inventory } from "./inventory";
import { type RoleUse, roleUseOf } from "./roleUse";
import { type StackEntries } from "./stackEntries";

/** Ids of what is to be taken over. */
export interface Chosen {
  readonly clientIds: ReadonlySet<string>;
  readonly roleIds: ReadonlySet<string>;
}

/** An object that gets none, and why: a clause. */
export interface Skipped {
  readonly kind: "client" | "role";
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  /** Whether the stack manages it already. */
  readonly isDone: boolean;
}

/** A role that adopted clients refer to by its name. */
export interface ReferredRole {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
}

export interface AdoptionPlan {
  readonly clients: readonly Adopted[];
  readonly roles: readonly Adopted[];
  readonly referred: readonly ReferredRole[];
  readonly skipped: readonly Skipped[];
}

/** Plans the adoption. The same organisation, stack and choice give the same plan; what was adopted before is left out. */
export function planAdoption(
  { clientIds, roleIds }: Chosen,
  entries: StackEntries,
  inventory: Inventory,
  choices: AdoptionChoices,
): AdoptionPlan {
  const skipped: Skipped[] = [];
  const skip =
    (kind: Skipped["kind"], { id, name = "" }: OAuthClientEntity | RoleEntity) =>
    (reason: string, isDone = false): void => {
      skipped.push({ kind, id, name, reason, isDone });
    };
  const candidates = inventory.clients
    .filter(({ id }) => clientIds.has(id))
    .flatMap((live) => candidateOf(live, entries, inventory, choices, skip("client", live)));
  const chosenRoles = inventory.roles.filter(({ id }) => roleIds.has(id));
  const uses = usesOf(candidates, chosenRoles, entries, inventory);
  const clients = candidates.filter(({ live, held }) => {
    const obstacle = roleObstacle(held, uses, inventory);
    if (obstacle !== undefined) {
      skip("client", live)(obstacle);
    }
    return obstacle === undefined;
  });
  for (const role of chosenRoles) {
    const use = uses.get(role.id);
    if (use?.how === "declared") {
      skip("role", role)(`it is the role "${use.role.key}" of this stack already`, true);
    } else if (use !== undefined && use.how !== "adopted") {
      skip("role", role)(use.reason);
    }
  }
  const usedIds = new Set(clients.flatMap(({ held }) => held.map(({ roleId }) => roleId)));
  const roles = adoptedRoles((id) => usedIds.has(id) || roleIds.has(id), uses, entries);
  const keyOf = (roleId: string): string | undefined => {
    const use = uses.get(roleId);
    return use?.how === "declared" ? use.role.key : roles.find(({ id }) => id === roleId)?.key;
  };
  return {
    clients: adoptedClients(clients, keyOf, uses, entries, choices),
    roles,
    referred: [...uses].flatMap(([id, use]) =>
      use.how === "existing" && usedIds.has(id) ? [{ id, name: use.name, reason: use.reason }] : [],
    ),
    skipped,
  };
}

function candidateOf(
  live: OAuthClientEntity,
  entries: StackEntries,
  inventory: Inventory,
  choices: AdoptionChoices,
  skip: (reason: string, isDone?: boolean) => void,
): readonly Candidate[] {
  const obstacle = clientObstacle(live, entries, inventory);
  if (obstacle !== undefined) {
    skip(obstacle.reason, obstacle.isDone);
    return [];
  }
  const content = clientContent(live, choices, entries.stack, inventory.addressesField);
  if (typeof content === "string") {
    skip(content);
    return [];
  }
  const held = content.hasRoles ? heldRolesOf(live, inventory) : [];
  if (typeof held === "string") {
    skip(held);
    return [];
  }
  return [{ live, content, held }];
}

/** How each role appears that is chosen, or that a client has which may be taken over. */
function usesOf(
  candidates: readonly Candidate[],
  chosenRoles: readonly RoleEntity[],
  entries: StackEntries,
  inventory: Inventory,
): ReadonlyMap<string, RoleUse> {
  const narrowDivisions = new Map<string, Set<string>>(chosenRoles.map(({ id }) => [id, new Set()]));
  for (const { roleId, division } of candidates.flatMap(({ held }) => held)) {
    const divisions = narrowDivisions.get(roleId) ?? new Set();
    narrowDivisions.set(roleId, isNarrow(division) ? divisions.add(division) : divisions);
  }
  const divisionsOf = (id: string): readonly string[] => [...(narrowDivisions.get(id) ?? [])].sort();
  return new Map(
    inventory.roles
      .filter(({ id }) => narrowDivisions.has(id))
      .map((role) => [
        role.id,
        roleUseOf(role, { entries, inventory, narrowDivisions: divisionsOf(role.id) }),
      ]),
  );
}
