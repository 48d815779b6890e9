// The names that declarations write for what a stack does not manage: divisions and existing roles (pure).
import { type ResolvedDeclarations } from "./resolve";
import { allDivisions, homeDivision } from "./roleReferences";

/** A name as it is written. */
interface WrittenName {
  readonly name: string;
}

/** Each name once, sorted; a kind without names is absent. */
export function writtenNames({ credentials }: Pick<ResolvedDeclarations, "credentials">): {
  readonly divisions?: readonly WrittenName[];
  readonly existingRoles?: readonly WrittenName[];
} {
  const uses = credentials.flatMap(({ roleDivisions }) => roleDivisions);
  const divisions = named(
    uses.flatMap(({ division }) => (division === homeDivision || division === allDivisions ? [] : division)),
  );
  const existingRoles = named(uses.flatMap(({ roleName }) => roleName ?? []));
  return {
    ...(divisions.length === 0 ? {} : { divisions }),
    ...(existingRoles.length === 0 ? {} : { existingRoles }),
  };
}

function named(texts: readonly string[]): readonly WrittenName[] {
  return [...new Set(texts)].sort().map((name) => ({ name }));
}
