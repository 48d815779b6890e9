// Whether the deployer may do what a deployment does: the table of docs/security.md against what it holds.
import { covers, parsePermission, type Permission } from "../../common/permission";
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { fail, type Line, pass, type Subject, warn } from "./line";

/** A permission of the table, and which stacks need it. */
export interface NeededPermission {
  readonly permission: string;
  readonly use: string;
  /**
   * `roles`: only where the stack declares roles. `grants`: only where it gives such roles to the deployer. `integrations`: only where
   * it declares integration credentials.
   */
  readonly neededFor: "everything" | "roles" | "grants" | "integrations";
  /** Without it the deployment works nevertheless. */
  readonly isOptional?: true;
}

/** The permissions of docs/security.md; a test compares the two. */
export const neededPermissions: readonly NeededPermission[] = [
  { permission: "oauth:client:view", use: "finding and reading OAuth clients", neededFor: "everything" },
  { permission: "oauth:client:add", use: "creating OAuth clients", neededFor: "everything" },
  {
    permission: "oauth:client:edit",
    use: "changing and deactivating OAuth clients",
    neededFor: "everything",
  },
  { permission: "oauth:client:delete", use: "deleting OAuth clients", neededFor: "everything" },
  { permission: "authorization:role:view", use: "finding roles by name", neededFor: "everything" },
  { permission: "authorization:role:add", use: "creating roles", neededFor: "roles" },
  { permission: "authorization:role:edit", use: "changing roles", neededFor: "roles" },
  { permission: "authorization:role:delete", use: "deleting roles", neededFor: "roles" },
  { permission: "authorization:grant:add", use: "giving new roles to the deployer", neededFor: "grants" },
  {
    permission: "authorization:grant:delete",
    use: "taking roles back from the deployer",
    neededFor: "grants",
    isOptional: true,
  },
  {
    permission: "integrations:integration:view",
    use: "finding and reading integration credentials",
    neededFor: "integrations",
  },
  {
    permission: "integrations:integration:add",
    use: "creating integration credentials",
    neededFor: "integrations",
  },
  {
    permission: "integrations:integration:edit",
    use: "moving integration credentials to a new client",
    neededFor: "integrations",
  },
  {
    permission: "integrations:integration:delete",
    use: "deleting integration credentials",
    neededFor: "integrations",
  },
];

/** One line for each permission that is missing, or one that says that none is. */
export function checkPermissions(
  held: readonly Permission[],
  { roles, credentials = [] }: Pick<ResolvedDeclarations, "roles"> & Partial<ResolvedDeclarations>,
): readonly Line[] {
  const isNeeded = {
    everything: true,
    roles: roles.length > 0,
    grants: roles.some(({ grantToDeployer }) => grantToDeployer),
    integrations: credentials.some(({ integrationCredential }) => integrationCredential !== undefined),
  };
  const needed = neededPermissions.filter(({ neededFor }) => isNeeded[neededFor]);
  const missing = needed.filter(({ permission }) => !isHeld(permission, held));
  const lines = missing.map(({ permission, use, isOptional }) => {
    const remedy = `add ${permission} to a role of the deployer (docs/security.md)`;
    return (isOptional === true ? warn : fail)(at(permission), `is missing, which ${use} needs`, remedy);
  });
  return lines.length > 0
    ? lines
    : [pass(at("the deployer's permissions"), `all ${needed.length} that this stack needs are held`)];
}

function isHeld(permission: string, held: readonly Permission[]): boolean {
  const asked = parsePermission(permission);
  return asked !== undefined && held.some((one) => covers(one, asked));
}

function at(place: string): Subject {
  return { area: "Genesys", check: "permissions", place };
}
