// The setting `generalPermissions` of a role: names without a domain, which most default roles hold and no catalogue lists.
import { z } from "zod";
import { nearestName } from "../common/nearestName";
import { field, text } from "./field";
import { type Notes } from "./notes";
import { sorted } from "./order";
import { permissionsRemedy } from "./permissions";
import { type PlainMap, settingIn } from "./plainValue";
import { type Mistake } from "./textRules";

/** As `employee`, `group_creation`; Genesys documents no form, these are the characters of the known ones and their like. */
const namePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;

export const generalPermissionsSchema = field(
  z.array(
    field(
      text(nameRule),
      "The name of a general permission, as `employee` or `group_creation`.",
      "write the name as Genesys shows it in the role, as employee",
      { pattern: namePattern.source },
    ),
  ),
  "General permissions, names without a domain as `employee`: most default roles hold some. The order does not matter. No catalogue lists " +
    "them, so that none is checked. A role without this setting has none: what a person gives it by hand is drift.",
  "write a list of names, as [employee], or leave it out for none",
);

function nameRule(name: string): Mistake | undefined {
  if (namePattern.test(name)) {
    return undefined;
  }
  return name.includes(":")
    ? {
        problem: "is a permission of a domain",
        remedy: "write it under permissions",
      }
    : { problem: "is not the name of a general permission" };
}

/** The general permissions of a role, raw or checked, sorted, each once; what has the wrong shape is passed over. */
export function generalPermissionsOf(role: unknown): readonly string[] {
  const names = settingIn(role, "generalPermissions");
  return sorted(Array.isArray(names) ? names.filter((name) => typeof name === "string") : []);
}

/** Notes a raw role that would allow nothing; `path` leads to the role. A misspelt setting is a mistake of its own. */
export function checkAllowsSomething(
  path: readonly PropertyKey[],
  role: PlainMap,
  { note }: Pick<Notes, "note">,
): void {
  const settings = ["permissions", "generalPermissions"];
  const general = role["generalPermissions"] ?? [];
  const hasGeneral = !(Array.isArray(general) && general.length === 0);
  const isMisspelt = Object.keys(role).some(
    (key) => !settings.includes(key) && nearestName(key, settings) !== undefined,
  );
  if (role["permissions"] === undefined && !hasGeneral && !isMisspelt) {
    note([...path, "permissions"], "is missing", permissionsRemedy);
  }
}
