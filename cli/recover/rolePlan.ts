// Which live role is a declared one of which the state knows nothing (pure).
import { canonicalId } from "../../declarations/canonicalId";
import { type ResolvedRole } from "../../declarations/resolve";
import { type Marker, parseMarker } from "../../genesys/marker";
import { isSameName } from "../../genesys/roles";
import { type RoleEntity } from "../../genesys/wire";
import { yamlScalar } from "../../common/yamlScalar";
import { type RecoveryFacts } from "./facts";
import { type Belonging, ownMarker } from "./lostIdentity";

/** What becomes of a declared role that the state does not hold. */
export type RolePlan =
  | {
      readonly role: ResolvedRole;
      readonly outcome: "take";
      readonly entity: RoleEntity;
      readonly marker: Marker;
    }
  | { readonly role: ResolvedRole; readonly outcome: "new" | "adopted" }
  | { readonly role: ResolvedRole; readonly outcome: "refused"; readonly reason: string };

export function planRole(role: ResolvedRole, facts: RecoveryFacts, belonging: Belonging): RolePlan {
  const free = facts.roles.filter(({ id }) => !facts.recordedIds.has(canonicalId(id)));
  const own = free.flatMap((entity) => {
    const marker = ownMarker(entity.description, belonging, role.marker, role);
    return marker === undefined ? [] : [{ entity, marker }];
  });
  const [found, ...others] =
    own.length > 1 ? own.filter(({ entity }) => isSameName(entity.name, role.name)) : own;
  if (found !== undefined && others.length === 0) {
    return { role, outcome: "take", ...found };
  }
  if (own.length > 1) {
    const ids = own.map(({ entity }) => entity.id).join(", ");
    const reason = `roles ${ids} all carry the mark of ${role.key}: delete those that nobody holds, or take their marks out of their descriptions`;
    return { role, outcome: "refused", reason };
  }
  const adopted = free.find(({ id }) => canonicalId(id) === role.adopt?.roleId);
  if (adopted !== undefined && parseMarker(adopted.description) === undefined) {
    return { role, outcome: "adopted" };
  }
  const namesake = adopted ?? free.find(({ name }) => isSameName(name, role.name));
  return namesake === undefined
    ? { role, outcome: "new" }
    : { role, outcome: "refused", reason: reasonFor(namesake, role) };
}

function reasonFor({ id, name = "", description }: RoleEntity, { key }: ResolvedRole): string {
  const marker = parseMarker(description);
  const who = `role ${id} ("${name}")`;
  const reference = `existing: ${yamlScalar(name)}`;
  if (marker === undefined) {
    return `${who} was not made by this stack: \`adopt: { roleId: ${id} }\` below ${key} takes it over, \`${reference}\` refers to it`;
  }
  return (
    `${who} was made for ${marker.owner}${marker.identity === undefined ? "" : `, identity ${marker.identity}`}: ` +
    `refer to it with \`${reference}\`, give ${key} another name, or, where its key was renamed, write \`formerly\``
  );
}
