// Asks what the deployer may do (docs/genesys-api.md 4.6).
import { oneLine } from "../common/oneLine";
import { GenesysApiError, GenesysError } from "./errors";
import type { Grants } from "./grants";
import type { TokenIdentity } from "./identity";
import { type HeldPermissions, permissionsOfRoles } from "./knowledge/heldPermissions";

/** A reason stands within a line. */
const longestReason = 250;

/** What the deployer holds; never rejects because of Genesys: what it does not tell is not complete. */
export async function readHeldPermissions(
  readIdentity: () => Promise<TokenIdentity>,
  grants: Grants,
): Promise<HeldPermissions> {
  try {
    const [identity, subject] = [await readIdentity(), await grants.mine()];
    const roleIds = (identity.roleDivisions ?? []).map(({ roleId }) => roleId);
    const held = permissionsOfRoles(
      (subject.grants ?? []).map(({ role }) => role),
      roleIds,
    );
    if (subject.grants === undefined || (subject.grants.length === 0 && roleIds.length === 0)) {
      // A client without any role could not sign in: an empty list means that Genesys does not tell.
      return { permissions: [], isComplete: false, reason: "Genesys does not tell its roles" };
    }
    const { unreadableRoleCount = 0 } = identity;
    return unreadableRoleCount === 0
      ? held
      : { ...held, isComplete: false, reason: `${unreadableRoleCount} of its roles cannot be read` };
  } catch (error) {
    if (error instanceof GenesysError) {
      return { permissions: [], isComplete: false, reason: oneLine(answerIn(error), longestReason) };
    }
    throw error;
  }
}

/** What can be done about a refusal does not matter here: nothing is refused. */
function answerIn(error: GenesysError): string {
  return error instanceof GenesysApiError ? error.answer : error.message;
}
