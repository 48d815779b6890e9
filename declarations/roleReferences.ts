// The setting `roles` of a credential: which roles it holds and where, the mistakes in that, and what the deployer must hold for it.
import { z } from "zod";
import { nearestName } from "../common/nearestName";
import { field, mistakes, text } from "./field";
import { configNamespace } from "./naming";
import { earlierHolder, type Notes } from "./notes";
import { entriesByKey, sorted } from "./order";
import { type Mistake, nameLengthLimit, nameRule } from "./textRules";

/** The division that every organisation has, and in which a role applies unless others are named. */
export const homeDivision = "home";

/** All divisions, those of tomorrow included. */
export const allDivisions = "*";

const nameRemedy = `write a name of one line and at most ${nameLengthLimit} characters`;

/** What to write in place of roles that are missing or are no list. */
export const rolesRemedy = "write a list of at least one role, as [reporting-reader]";

const divisionsSchema = field(
  z
    .array(field(text(nameRule), "A division's name, `home`, or `*`.", nameRemedy))
    .min(1)
    .superRefine(mistakes(starAlone)),
  'Where the role applies: names of divisions, `home`, or `["*"]` alone for all of them.',
  'write a list of division names, as [home, Sales], or ["*"] alone for every division',
);

/** Where a role comes from and applies: the key of a declared role, or a map. */
const roleReferenceSchema = field(
  z.union([
    field(text(nameRule), "The key of a role declared under `roles`, in the home division.", nameRemedy),
    z.strictObject({
      role: field(text(nameRule), "The key of a role declared under `roles`.", nameRemedy),
      divisions: divisionsSchema.default([homeDivision]),
    }),
    z.strictObject({
      existing: field(text(nameRule), "The name of a role that this stack does not manage.", nameRemedy),
      divisions: divisionsSchema.default([homeDivision]),
    }),
  ]),
  "A role that the credential holds.",
  'write the key of a declared role, { role: key, divisions: [Sales] }, or { existing: "Role name" }',
);

type RoleReference = z.output<typeof roleReferenceSchema>;

export const rolesSchema = field(
  z.array(roleReferenceSchema).min(1),
  "What the credential may do: at least one role. The order does not matter. Required for `CLIENT-CREDENTIALS`, refused for other grant types.",
  rolesRemedy,
);

/** A role in some divisions; exactly one of the key (of a declared role) and the name (of one that this stack does not manage) is there. */
interface RoleUse {
  readonly roleKey?: string;
  readonly roleName?: string;
  readonly divisions: readonly string[];
}

/** The use that a raw reference means; undefined for one that has the wrong shape. */
export function writtenRoleUse(raw: unknown): RoleUse | undefined {
  const reference = roleReferenceSchema.safeParse(raw).data;
  return reference === undefined ? undefined : roleUseOf(reference);
}

function roleUseOf(reference: RoleReference): RoleUse {
  if (typeof reference === "string") {
    return { roleKey: reference, divisions: [homeDivision] };
  }
  return "role" in reference
    ? { roleKey: reference.role, divisions: reference.divisions }
    : { roleName: reference.existing, divisions: reference.divisions };
}

/** The declared roles: their keys, and which key has which name in Genesys, which does not tell upper from lower case in them. */
export interface DeclaredRoles {
  readonly keys: ReadonlySet<string>;
  readonly keysByName: ReadonlyMap<string, string>;
}

/** Checks the references of one raw credential; `path` leads to the list. Without `declared`, none is called unknown. */
export function checkRoleReferences(
  path: readonly PropertyKey[],
  references: unknown,
  declared: DeclaredRoles | undefined,
  notes: Notes,
): void {
  const placesByGrant = new Map<string, string>();
  for (const [index, raw] of Array.isArray(references) ? references.entries() : []) {
    const use = writtenRoleUse(raw);
    const place = [...path, index];
    if (use !== undefined) {
      checkRole(place, typeof raw === "string" ? place : [...place, "role"], use, declared, notes);
      checkRepetition(place, `roles[${index}]`, use, placesByGrant, notes);
    }
  }
}

function checkRole(
  path: readonly PropertyKey[],
  keyPath: readonly PropertyKey[],
  { roleKey, roleName }: RoleUse,
  declared: DeclaredRoles | undefined,
  { note, show }: Notes,
): void {
  if (roleKey !== undefined && declared?.keys.has(roleKey) === false) {
    const nearest = nearestName(roleKey, declared.keys);
    const existing = `write { existing: ${show(roleKey)} } for a role that this stack does not manage`;
    note(
      keyPath,
      `${show(roleKey)} is not a role of this stack`,
      nearest === undefined
        ? `declare it under ${configNamespace}:roles, or ${existing}`
        : `did you mean ${show(nearest)}? Otherwise ${existing}`,
    );
  }
  const managedKey = roleName === undefined ? undefined : declared?.keysByName.get(roleName.toLowerCase());
  if (managedKey !== undefined) {
    note(
      [...path, "existing"],
      `${show(roleName)} is the name of the role ${show(managedKey)}, which this stack manages`,
      `write role: ${show(managedKey)} in place of existing`,
    );
  }
}

function checkRepetition(
  path: readonly PropertyKey[],
  here: string,
  { roleKey, roleName, divisions }: RoleUse,
  placesByGrant: Map<string, string>,
  { note, show }: Notes,
): void {
  for (const division of divisions) {
    const grant = JSON.stringify([roleKey ?? null, roleName ?? null, division]);
    const first = earlierHolder(placesByGrant, grant, here);
    if (first !== undefined) {
      const words = `the role ${show(roleKey ?? roleName)} in ${divisionWords(division, show)}`;
      note(
        path,
        first === here ? `${here} names ${words} twice` : `${first} and ${here} both name ${words}`,
        "remove one of the two",
      );
    }
  }
}

function divisionWords(division: string, show: Notes["show"]): string {
  if (division === homeDivision) {
    return "the home division";
  }
  return division === allDivisions ? "every division" : `the division ${show(division)}`;
}

/** One role in one division. */
export interface DeclaredRoleDivision extends Omit<RoleUse, "divisions"> {
  /** `home`, `*` or a division's name. */
  readonly division: string;
}

/** What the references mean, sorted, unique, one entry for each role and division. */
export function roleDivisionsOf(references: readonly RoleReference[] = []): readonly DeclaredRoleDivision[] {
  const bySortKey = references.map(roleUseOf).flatMap(({ divisions, ...role }) =>
    divisions.map((division) => {
      const sortKey = JSON.stringify([role.roleKey ?? "", role.roleName ?? "", division]);
      return [sortKey, { ...role, division }] as const;
    }),
  );
  return entriesByKey(Object.fromEntries(bySortKey)).map(([, roleDivision]) => roleDivision);
}

/** Where credentials use a declared role, sorted: `["home"]` when none does, `["*"]` alone when any uses all. */
export function deployerDivisionsOf(
  roleKey: string,
  roleDivisions: readonly DeclaredRoleDivision[],
): readonly string[] {
  const used = sorted(roleDivisions.filter((use) => use.roleKey === roleKey).map(({ division }) => division));
  if (used.includes(allDivisions)) {
    return [allDivisions];
  }
  return used.length === 0 ? [homeDivision] : used;
}

function starAlone(divisions: readonly string[]): Mistake | undefined {
  return divisions.includes(allDivisions) && divisions.length > 1
    ? {
        problem: `mixes "${allDivisions}" with other divisions`,
        remedy: `write ["${allDivisions}"] alone, or name the divisions without it`,
      }
    : undefined;
}
