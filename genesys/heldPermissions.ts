// Asks what the deployer may do (docs/genesys-api.md 4.6).
import { GenesysError } from "./errors";
import type { Grants } from "./grants";
import type { TokenIdentity } from "./identity";
import { type HeldPermissions, permissionsOfRoles } from "./knowledge/heldPermissions";

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
    return { ...held, isComplete: held.isComplete && subject.grants !== undefined };
  } catch (error) {
    if (error instanceof GenesysError) {
      return { permissions: [], isComplete: false };
    }
    throw error;
  }
}
