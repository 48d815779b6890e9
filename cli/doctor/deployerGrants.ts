// What the deployer holds: its roles in divisions, and the permissions that come with them.
import { z } from "zod";
import { type GenesysClient } from "../../genesys/client";
import { type TokenIdentity } from "../../genesys/identity";
import { Roles } from "../../genesys/roles";
import { type RoleDivision, type RoleEntity } from "../../genesys/wire";
import { type Permission } from "../../common/permission";

/** The deployer's hold. */
export interface DeployerGrants {
  readonly roleDivisions: readonly RoleDivision[];
  /** With wildcards as Genesys has them; conditions are not looked at. */
  readonly permissions: readonly Permission[];
}

/** AuthzSubject (genesys-api 4.6), what is used of it. */
const subjectSchema = z.looseObject({
  grants: z
    .array(
      z.looseObject({
        division: z.looseObject({ id: z.string() }).nullish(),
        role: z.looseObject({
          id: z.string(),
          policies: z
            .array(
              z.looseObject({
                domain: z.string(),
                entityName: z.string().nullish(),
                actions: z.array(z.string()).nullish(),
              }),
            )
            .nullish(),
        }),
      }),
    )
    .nullish(),
});

type Subject = z.infer<typeof subjectSchema>;

/**
 * Asks the grants of the caller, which needs no permission; where Genesys does not tell their policies, the roles of the token are
 * read, which needs authorization:role:view.
 * @throws the errors of `genesys/errors.ts`
 */
export async function readDeployerGrants(
  client: GenesysClient,
  identity: TokenIdentity,
): Promise<DeployerGrants> {
  const told = await client
    .request({ method: "GET", path: "/api/v2/authorization/subjects/me" }, subjectSchema)
    .then(grantsOf, () => undefined);
  // A client's roles and the grants of the same subject may be two stores (genesys-api 4.6): what either shows is held.
  const ofToken = identity.roleDivisions ?? [];
  const untold = ofToken.filter(({ roleId }) => !(told?.describedRoles.has(roleId) ?? false));
  if (told !== undefined && untold.length === 0) {
    return { roleDivisions: [...ofToken, ...told.roleDivisions], permissions: told.permissions };
  }
  const roles = await new Roles(client).list();
  const held = roles.filter(({ id }) => untold.some(({ roleId }) => roleId === id));
  return {
    roleDivisions: [...ofToken, ...(told?.roleDivisions ?? [])],
    permissions: [...(told?.permissions ?? []), ...held.flatMap(permissionsOf)],
  };
}

function grantsOf({ grants }: Subject): DeployerGrants & { readonly describedRoles: ReadonlySet<string> } {
  const every = grants ?? [];
  return {
    roleDivisions: every.flatMap(({ role, division }) =>
      division == null ? [] : [{ roleId: role.id, divisionId: division.id }],
    ),
    permissions: every.flatMap(({ role }) =>
      (role.policies ?? []).flatMap(({ domain, entityName, actions }) =>
        (actions ?? []).map((action) => ({ domain, entityName: entityName ?? "", action })),
      ),
    ),
    describedRoles: new Set(every.flatMap(({ role }) => (role.policies == null ? [] : [role.id]))),
  };
}

function permissionsOf({ permissionPolicies }: RoleEntity): readonly Permission[] {
  return (permissionPolicies ?? []).flatMap(({ domain, entityName, actionSet }) =>
    (actionSet ?? []).map((action) => ({ domain, entityName: entityName ?? "", action })),
  );
}
