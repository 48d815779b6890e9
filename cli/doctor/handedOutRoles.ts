// Whether the deployer can hand out the roles that the credentials have: Genesys lets nobody hand out what they do not hold. A preview hands out none.
import { nearestName } from "../../common/nearestName";
import { oneLine } from "../../common/oneLine";
import { allDivisions, homeDivision } from "../../declarations/roleReferences";
import { type ResolvedDeclarations, type ResolvedRole } from "../../declarations/resolve";
import { type RoleEntity } from "../../genesys/wire";
import { type RoleDivision } from "../../genesys/knowledge/roleDivisions";
import { divisionIdsOf, type OrganizationNames, rolesMadeFor, rolesMeantBy } from "../world/declaredGrants";
import { type Line, linesOn, type LinesOn } from "./line";

/** One role with all divisions in which credentials of the stack have it. */
interface Use {
  readonly divisions: readonly string[];
  readonly credentials: readonly string[];
}

/**
 * One line for each role that cannot be handed out, or one that says that all can.
 * @param held Undefined for the client of a preview: of the roles only the names are looked at then.
 * @param identity Of the stack, where it is known.
 */
export function checkHandedOutRoles(
  declarations: Pick<ResolvedDeclarations, "roles" | "credentials">,
  names: OrganizationNames,
  held: readonly RoleDivision[] | undefined,
  identity?: string,
): readonly Line[] {
  const uses = usesOf(declarations);
  const existing = [...uses.existing].flatMap(([name, use]) => existingRoleLines(name, use, names, held));
  const managed = declarations.roles.flatMap((role) => {
    const use = uses.managed.get(role.key);
    return use === undefined ? [] : managedRoleLines(role, use, names, held, identity);
  });
  const lines = [...divisionLines(uses, names), ...existing, ...managed];
  const count = uses.existing.size + uses.managed.size;
  return lines.length > 0
    ? lines
    : [
        on("roles").pass(
          held === undefined
            ? `each one of the stack is found (${count})`
            : `the deployer can hand out each one of the stack (${count})`,
        ),
      ];
}

/** By the name of an existing role, and by the key of a managed one. */
function usesOf({ credentials }: Pick<ResolvedDeclarations, "credentials">) {
  const existing = new Map<string, Use>();
  const managed = new Map<string, Use>();
  for (const { key, roleDivisions } of credentials) {
    for (const { roleKey, roleName, division } of roleDivisions) {
      const map = roleKey === undefined ? existing : managed;
      const name = roleKey ?? roleName ?? "";
      const before = map.get(name) ?? { divisions: [], credentials: [] };
      map.set(name, {
        divisions: [...new Set([...before.divisions, division])],
        credentials: [...new Set([...before.credentials, key])],
      });
    }
  }
  return { existing, managed };
}

function existingRoleLines(
  name: string,
  { divisions, credentials }: Use,
  names: OrganizationNames,
  held: readonly RoleDivision[] | undefined,
): readonly Line[] {
  const lines = on(`role ${name}`);
  const found = rolesMeantBy(name, names);
  const [role, ...others] = found;
  if (role === undefined) {
    const nearest = nearestName(
      name,
      names.roles.flatMap((one) => one.name ?? []),
    );
    const remedy = `correct the name in ${credentials.join(", ")}${nearest === undefined ? "" : `; did you mean ${nearest}?`}`;
    return names.recorded?.existingRoles.has(name) === true
      ? [lines.fail("the role that this stack calls so exists no more", goneRemedy)]
      : [lines.fail("the organisation has no role of this name", remedy)];
  }
  if (others.length > 0) {
    const ids = found.map(({ id }) => id).join(", ");
    return [lines.fail(`several roles have this name: ${ids}`, "write the id of the one that is meant")];
  }
  return [
    ...renamedLines(lines, name, role),
    ...heldLines(lines, role, divisions, names, held, "give it to the deployer's OAuth client in Genesys"),
  ];
}

const goneRemedy =
  "write another one, by its id where that has the same name, or take it out of the stack file";

/** A name on record means the same object under whatever name it has now. */
function renamedLines(
  { warn }: LinesOn,
  written: string,
  { id, name }: { readonly id: string; readonly name?: string | undefined },
): readonly Line[] {
  const isSame = (text: string): boolean => text.toLowerCase() === written.toLowerCase();
  return name === undefined || isSame(name) || isSame(id)
    ? []
    : [warn(`it is named "${oneLine(name)}" now (${id})`, "write that name; no OAuth client changes by it")];
}

function managedRoleLines(
  role: ResolvedRole,
  { divisions }: Use,
  names: OrganizationNames,
  held: readonly RoleDivision[] | undefined,
  identity: string | undefined,
): readonly Line[] {
  if (role.grantToDeployer || held === undefined) {
    return []; // the update gives it, for which the permissions are checked elsewhere
  }
  const [live] = rolesMadeFor(role, names.roles, identity);
  const lines = on(`role ${role.name}`);
  const remedy =
    "leave out `grantToDeployer: false`, or give the role to the deployer's OAuth client by hand";
  return live === undefined
    ? [
        lines.warn(
          "does not exist yet, and `grantToDeployer: false` keeps the update from giving it to the deployer",
          remedy,
        ),
      ]
    : heldLines(lines, live, divisions, names, held, remedy);
}

function heldLines(
  { warn, fail, notChecked }: LinesOn,
  { id }: RoleEntity,
  divisions: readonly string[],
  names: OrganizationNames,
  held: readonly RoleDivision[] | undefined,
  remedy: string,
): readonly Line[] {
  if (held === undefined) {
    return [];
  }
  const own = held.filter(({ roleId }) => roleId === id).map(({ divisionId }) => divisionId);
  if (held.length === 0) {
    return [notChecked("Genesys does not tell which roles the deployer holds")];
  }
  if (own.length === 0) {
    return [fail("the deployer does not hold it, so it cannot hand it out", remedy)];
  }
  const lacking = divisions.filter((division) => {
    const ids = divisionIdsOf(division, names);
    return !own.includes(allDivisions) && ids.length > 0 && !ids.some((one) => own.includes(one));
  });
  // Whether Genesys looks at divisions when a role is handed out is not documented (docs/genesys-api.md 3.8).
  return lacking.length === 0
    ? []
    : [
        warn(
          `the deployer holds it in other divisions than ${lacking.join(", ")}`,
          `${remedy}, in these divisions`,
        ),
      ];
}

function divisionLines(
  { existing, managed }: ReturnType<typeof usesOf>,
  names: OrganizationNames,
): readonly Line[] {
  const used = new Set([...existing.values(), ...managed.values()].flatMap(({ divisions }) => divisions));
  return [...used].flatMap((division) => {
    const ids = divisionIdsOf(division, names);
    const [id] = ids;
    if (id !== undefined && ids.length === 1) {
      const name = [...names.divisionIds].find(([, same]) => same.includes(id))?.[0];
      const isNamed = division !== homeDivision && division !== allDivisions;
      return isNamed ? renamedLines(on(`division ${division}`), division, { id, name }) : [];
    }
    const known = [...names.divisionIds.keys()];
    const nearest = nearestName(division, known);
    const hint = nearest === undefined ? `it has ${known.join(", ")}` : `did you mean ${nearest}?`;
    const { fail } = on(`division ${division}`);
    if (ids.length === 0 && names.recorded?.divisions.has(division) === true) {
      return [fail("the division that this stack calls so exists no more", goneRemedy)];
    }
    return ids.length === 0
      ? [fail("the organisation has no division of this name", hint)]
      : [fail(`several have this name: ${ids.join(", ")}`, "write the id of the one that is meant")];
  });
}

function on(place: string): LinesOn {
  return linesOn("Genesys", "handed-out-roles", place);
}
