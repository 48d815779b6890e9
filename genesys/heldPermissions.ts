// Asks what the deployer may do (docs/genesys-api.md 4.6).
import { oneLine } from "../common/oneLine";
import { GenesysApiError, GenesysError } from "./errors";
import type { Grants } from "./grants";
import type { TokenIdentity } from "./identity";
import { type HeldPermissions, permissionsOfRoles } from "./knowledge/heldPermissions";

/** A reason stands within a line. */
const longestReason = 250;

/** What the deployer holds. */
export interface DeployerHold extends HeldPermissions {
  /** The roles that its grants show; undefined where they are not told, or not all of them can be read. */
  readonly grantedRoleIds: readonly string[] | undefined;
}

/** What the deployer holds; never rejects because of Genesys: what it does not tell is not complete. */
export async function readHeldPermissions(
  readIdentity: () => Promise<TokenIdentity>,
  grants: Grants,
): Promise<DeployerHold> {
  try {
    const [identity, subject] = [await readIdentity(), await grants.mine()];
    const roleIds = (identity.roleDivisions ?? []).map(({ roleId }) => roleId);
    const held = permissionsOfRoles(
      (subject.grants ?? []).map(({ role }) => role),
      roleIds,
    );
    if (subject.grants === undefined || (subject.grants.length === 0 && roleIds.length === 0)) {
      // A client without any role could not sign in: an empty list means that Genesys does not tell.
      return untold("Genesys does not tell its roles");
    }
    const grantedRoleIds = subject.grants.flatMap(({ role }) => (role === undefined ? [] : [role.id]));
    const hold = {
      ...held,
      grantedRoleIds: grantedRoleIds.length === subject.grants.length ? grantedRoleIds : undefined,
    };
    const { unreadableRoleCount = 0 } = identity;
    if (unreadableRoleCount > 0) {
      return { ...hold, isComplete: false, reason: `${unreadableRoleCount} of its roles cannot be read` };
    }
    // Nobody deploys with roles that allow nothing at all: what is answered to those who do not get full roles is not documented.
    return held.permissions.length === 0 && held.isComplete
      ? { ...hold, isComplete: false, reason: "Genesys shows no policy of any of its roles" }
      : hold;
  } catch (error) {
    if (error instanceof GenesysError) {
      return untold(oneLine(answerIn(error), longestReason));
    }
    throw error;
  }
}

function untold(reason: string): DeployerHold {
  return { permissions: [], isComplete: false, grantedRoleIds: undefined, reason };
}

/** What can be done about a refusal does not matter here: nothing is refused. */
function answerIn(error: GenesysError): string {
  return error instanceof GenesysApiError ? error.answer : error.message;
}
