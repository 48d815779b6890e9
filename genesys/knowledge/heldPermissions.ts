// What the deployment client may do, as far as Genesys tells it.
import type { Permission } from "../../common/permission";
import { GenesysError } from "../errors";
import type { Grants } from "../grants";
import type { TokenIdentity } from "../identity";
import type { AuthzSubject } from "../wire";

/**
 * What the roles of a subject allow; undefined when that cannot be told: a role that the token shows is not described, or a
 * default role is described without policies. Conditions are ignored: under one, a permission may be enough.
 */
export function permissionsOfSubject(
  { grants }: AuthzSubject,
  tokenRoleIds: readonly string[],
): readonly Permission[] | undefined {
  const roles = (grants ?? []).map(({ role }) => role);
  const described = new Set(roles.map((role) => role?.id));
  const isUnclear = roles.some(
    (role) => role?.policies === undefined || (role.policies.length === 0 && role.default !== false),
  );
  if (grants === undefined || isUnclear || tokenRoleIds.some((id) => !described.has(id))) {
    return undefined;
  }
  return roles.flatMap((role) =>
    (role?.policies ?? []).flatMap(({ domain, entityName, actions }) =>
      actions.map((action) => ({ domain, entityName, action })),
    ),
  );
}

/** Asks what the deployment client holds; undefined when it cannot be told. */
export async function readHeldPermissions(
  readIdentity: () => Promise<TokenIdentity>,
  grants: Grants,
): Promise<readonly Permission[] | undefined> {
  try {
    const [identity, subject] = [await readIdentity(), await grants.mine()];
    return permissionsOfSubject(
      subject,
      (identity.roleDivisions ?? []).map(({ roleId }) => roleId),
    );
  } catch (error) {
    if (error instanceof GenesysError) {
      return undefined;
    }
    throw error;
  }
}
