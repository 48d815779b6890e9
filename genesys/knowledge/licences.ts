// Which licences permissions need, where the organisation's catalogue tells it (pure).
import { permissionText, type Permission } from "../../common/permission";
import type { PermissionCatalogue } from "./catalogueRules";

/**
 * The licences that `added` need and `held` do not, sorted, each with the permissions that need it.
 * Empty where the catalogue tells none: that says nothing of whether there are any (docs/genesys-api.md 4.5).
 */
export function newLicences(
  catalogue: PermissionCatalogue,
  held: readonly Permission[],
  added: readonly Permission[],
): ReadonlyMap<string, readonly string[]> {
  const byPermission = new Map(
    catalogue.permissions.map((known) => [permissionText(known), known.licenses ?? []]),
  );
  const licencesOf = (permission: string): readonly string[] => byPermission.get(permission) ?? [];
  const present = new Set(held.map(permissionText).flatMap(licencesOf));
  const needs = new Map<string, string[]>();
  for (const permission of [...new Set(added.map(permissionText))].sort()) {
    for (const licence of licencesOf(permission).filter((one) => !present.has(one))) {
      needs.set(licence, [...(needs.get(licence) ?? []), permission]);
    }
  }
  return new Map([...needs].sort(([one], [other]) => (one < other ? -1 : 1)));
}
