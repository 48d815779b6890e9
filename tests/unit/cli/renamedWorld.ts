// A division and an existing role that were renamed, while others took their names; and a stack that declares and remembers the old names.
import type { RoleEntity } from "../../../genesys/wire";

/** What the stack declares. */
export const declaredByOldNames = {
  roles: {},
  credentials: { job: { roles: [{ existing: "exporter", divisions: ["Sales"] }] } },
};

/** What Genesys calls what today. */
export const renamedOrganization = {
  roles: [
    { id: "own", name: "exporter EMEA" },
    { id: "twin", name: "exporter" },
  ] as RoleEntity[],
  divisionIds: new Map([
    ["Sales EMEA", ["sales-id"]],
    ["Sales", ["other-id"]],
  ]),
  homeDivisionId: "home-id",
};

/** What the stack has on record. */
export const recordedNames = {
  divisions: new Map([["Sales", "sales-id"]]),
  existingRoles: new Map([["exporter", "own"]]),
};
