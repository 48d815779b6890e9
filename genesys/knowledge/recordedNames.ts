// What the names of divisions and existing roles in a stack file stand for, as the stack's identity keeps it (pure).
import { z } from "zod";

/**
 * A written name, and the id of what had it when it was first written. People rename divisions and roles, and give their names to others:
 * as long as the text stays as it is, it means the same object.
 */
export interface NamedId {
  readonly name: string;
  readonly id: string;
}

/** Both kinds, as they are in a record; a kind without names is absent. */
export interface NamedIds {
  readonly divisions?: readonly NamedId[];
  readonly existingRoles?: readonly NamedId[];
}

/** The properties of a record that hold names. */
export const namedIdsProperties = ["divisions", "existingRoles"] as const satisfies (keyof NamedIds)[];

/** Ids by written name. */
export interface RecordedNames {
  readonly divisions: ReadonlyMap<string, string>;
  readonly existingRoles: ReadonlyMap<string, string>;
}

const entry = z.looseObject({ name: z.string(), id: z.string().min(1) });
/** An entry of another form says nothing. */
const entries = z.array(z.union([entry, z.unknown().transform(() => undefined)])).catch([]);
const schema = z.looseObject({ divisions: entries, existingRoles: entries }).catch({
  divisions: [],
  existingRoles: [],
});

/** The names in the properties of a stack's identity, whatever they are; records of before have none. */
export function recordedNamesIn(properties: unknown): RecordedNames {
  const { divisions, existingRoles } = schema.parse(properties);
  return { divisions: byName(divisions), existingRoles: byName(existingRoles) };
}

const clientSchema = z
  .looseObject({
    roleDivisions: z.array(z.looseObject({ roleName: z.string().optional(), division: z.string() })),
    resolvedRoleDivisions: z.array(z.looseObject({ roleId: z.string(), divisionId: z.string() })),
  })
  .catch({ roleDivisions: [], resolvedRoleDivisions: [] });

/** Words of declarations that are no names. */
const wordsForDivisions: readonly string[] = ["home", "*"];

/** The names in the properties of an OAuth client's record, whatever they are, with what each stood for when it was written. */
export function clientNamesIn(properties: unknown): RecordedNames {
  const { roleDivisions, resolvedRoleDivisions } = clientSchema.parse(properties);
  const divisions = new Map<string, string>();
  const existingRoles = new Map<string, string>();
  roleDivisions.forEach(({ roleName, division }, index) => {
    const resolved = resolvedRoleDivisions[index];
    if (resolved !== undefined && roleName !== undefined) {
      existingRoles.set(roleName, resolved.roleId);
    }
    if (resolved !== undefined && !wordsForDivisions.includes(division)) {
      divisions.set(division, resolved.divisionId);
    }
  });
  return { divisions, existingRoles };
}

/** The first of the records that tells of a name counts. */
export function mergedNames(some: readonly RecordedNames[]): RecordedNames {
  const entriesOf = (kind: keyof RecordedNames): ReadonlyMap<string, string> =>
    new Map([...some].reverse().flatMap((names) => [...names[kind]]));
  return { divisions: entriesOf("divisions"), existingRoles: entriesOf("existingRoles") };
}

function byName(some: readonly (NamedId | undefined)[]): ReadonlyMap<string, string> {
  return new Map(some.flatMap((one) => (one === undefined ? [] : [[one.name, one.id] as const])));
}
