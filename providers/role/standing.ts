// How a live role stands to one that is about to be made or renamed: this very one, another one of the stack, or somebody else's (pure).
import { yamlScalar } from "../../common/yamlScalar";
import { isDefaultRole } from "../../genesys/knowledge/defaultRoles";
import { isMadeBy, isOfStack, keyOf, type Maker, type Marker, parseMarker } from "../../genesys/marker";
import { isSameName } from "../../genesys/roles";
import type { RoleEntity } from "../../genesys/wire";
import { recoverCommand } from "../engine/recoverCommand";
import { objectInWords, roleKind } from "../live/objectKind";

/** What is claimed: a name, for a role of this maker. */
export interface Claim extends Maker {
  readonly name: string;
}

/**
 * `ours`: made for this very role, whatever its name is now. All others have the claimed name: `otherKey` belongs to another role of this
 * stack; `lost` has our names and another identity, or none; `foreign` belongs to another stack; `unmarked` to none.
 */
export type Standing = "ours" | "otherKey" | "lost" | "foreign" | "unmarked";

/** Undefined where the role has nothing to do with the claim. */
export function standingOf(role: RoleEntity, claim: Claim): Standing | undefined {
  const made = parseMarker(role.description);
  if (isMadeBy(made, claim)) {
    return "ours";
  }
  if (!isSameName(role.name, claim.name)) {
    return undefined;
  }
  if (made === undefined) {
    return "unmarked";
  }
  if (isOfStack(made, claim) && keyOf(made) !== keyOf(claim)) {
    return "otherKey";
  }
  return made.owner === claim.owner ? "lost" : "foreign";
}

/** Why the claim is refused, and the way out; undefined where the role is not in its way. */
export function refusalOf(
  role: RoleEntity,
  standing: Standing,
  claim: Claim,
  isRenamed: boolean,
): string | undefined {
  const who = objectInWords(roleKind, role);
  const byReference = `refer to it with \`existing: ${yamlScalar(role.name ?? "")}\`, or choose another name`;
  const made = parseMarker(role.description);
  switch (standing) {
    case "ours":
      return undefined;
    case "otherKey":
      return `${who} is that of ${made === undefined ? "" : keyOf(made)} in this stack; it was left as it is. ${otherKeyRemedy(made, claim, isRenamed)}`;
    case "lost":
      return (
        `${who} was made for ${claim.owner} by ${made?.identity === undefined ? "a state of before stacks had identities" : `another state, identity ${made.identity}`}; ` +
        `it was left as it is. If that state is lost, take its objects back with ${recoverCommand(claim)}; ` +
        `if it is in use, ${byReference}`
      );
    case "foreign":
      return (
        `${who} belongs to ${made?.owner ?? ""}${made?.identity === undefined ? "" : `, identity ${made.identity}`}, as its description says; ` +
        `it was left as it is: ${byReference}`
      );
    case "unmarked":
      return isDefaultRole(role)
        ? `${who} is a default role of Genesys, which is not changed here; ${byReference}`
        : `${who} has the name that is declared and no mark of a stack; it was left as it is: ` +
            `take it over with \`adopt: { roleId: ${role.id} }\`, ${byReference}`;
  }
}

/** Names are taken before they are given up: creations and changes come first, in an order that nobody promises, deletions last. */
function otherKeyRemedy(made: Marker | undefined, claim: Claim, isRenamed: boolean): string {
  const key = made === undefined ? "" : keyOf(made);
  return isRenamed
    ? `A name is free only once an update has given it up: give ${key} a third name, or remove it, in an update of its own first`
    : `If ${key} was renamed, write \`formerly: ${key}\` below ${keyOf(claim)}; if ${key} is to give up the name, let it do so in an update of its own first`;
}
