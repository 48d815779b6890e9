// Whether the deployer may do what a deployment does: the table of docs/security.md against what it holds.
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { permissionsFor } from "../../genesys/knowledge/deployerPermissions";
import { type HeldPermissions, isHeld } from "../../genesys/knowledge/heldPermissions";
import { type Line, linesOn } from "./line";

/** One line for each permission that is missing, or one that says that none is, or that this cannot be told; those of an audit besides. */
export function checkPermissions(
  held: HeldPermissions,
  { roles, credentials = [] }: Pick<ResolvedDeclarations, "roles"> & Partial<ResolvedDeclarations>,
): readonly Line[] {
  const needed = permissionsFor([
    "everything",
    ...(roles.length > 0 ? (["roles"] as const) : []),
    ...(roles.some(({ grantToDeployer }) => grantToDeployer) ? (["grants"] as const) : []),
    ...(credentials.some(({ integrationCredential }) => integrationCredential !== undefined)
      ? (["integrations"] as const)
      : []),
  ]);
  const all = linesOn("Genesys", "permissions", "the deployer's permissions");
  const untold = needed.filter(({ permission }) => isHeld(held, permission) === undefined);
  if (untold.length > 0) {
    const names = untold.map(({ permission }) => permission).join(", ");
    const why = held.reason === undefined ? "" : ` (${held.reason})`;
    return [
      all.notChecked(
        `Genesys does not tell whether the deployer holds ${names}${why}; an update refuses nothing for that: Genesys's own answer decides`,
      ),
    ];
  }
  const lines = needed
    .filter(({ permission }) => isHeld(held, permission) === false)
    .map(({ permission, use, isOptional }) => {
      const remedy = `add ${permission} to a role of the deployer (docs/security.md)`;
      const { warn, fail } = linesOn("Genesys", "permissions", permission);
      return (isOptional === true ? warn : fail)(`is missing, which ${use} needs`, remedy);
    });
  const own = lines.length > 0 ? lines : [all.pass(`all ${needed.length} that this stack needs are held`)];
  return [...own, ...auditLines(held)];
}

/** What only an audit needs is no matter of a deployment: it is named, and nothing is wrong. */
function auditLines(held: HeldPermissions): readonly Line[] {
  const missing = permissionsFor(["audit"]).filter(({ permission }) => isHeld(held, permission) === false);
  const words = missing.map(({ permission, use }) => `${permission} (${use})`).join(", ");
  return missing.length === 0
    ? []
    : [
        linesOn("Genesys", "permissions", "the deployer's permissions for `audit`").pass(
          `not held, and not needed to deploy: ${words}`,
        ),
      ];
}
