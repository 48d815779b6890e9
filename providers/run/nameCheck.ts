// Names in inputs that the organisation must know: looked up while checking, so that a preview tells about them before any write.
import { act } from "./action";
import { unknownValue } from "@pulumi/pulumi/runtime";

import { resolveDivision, resolveRoleName, type RoleDivisionInput } from "./roleDivisions";
import type { SessionFinder } from "./sessions";
import type { OrganizationInput } from "../engine/organization";

/** The existing roles and divisions that inputs name. `home`, `*` and ids of roles need no look-up. */
export interface NamesInInputs {
  readonly roleNames: ReadonlySet<string>;
  readonly divisions: ReadonlySet<string>;
}

const divisionsWithoutLookUp = new Set(["home", "*", unknownValue]);

/** The names in `roleDivisions`, whatever it is. */
export function namesIn(roleDivisions: unknown): NamesInInputs {
  const entries = Array.isArray(roleDivisions) ? (roleDivisions as Partial<RoleDivisionInput>[]) : [];
  const roleNames = entries.flatMap(({ roleName }) => (isName(roleName) ? [roleName] : []));
  return { roleNames: new Set(roleNames), divisions: divisionSet(entries.map(({ division }) => division)) };
}

/** The names in `deployerDivisions`, whatever it is. */
export function divisionNamesIn(divisions: unknown): NamesInInputs {
  return { roleNames: new Set(), divisions: divisionSet(Array.isArray(divisions) ? divisions : []) };
}

function divisionSet(divisions: readonly unknown[]): ReadonlySet<string> {
  return new Set(divisions.filter(isName).filter((division) => !divisionsWithoutLookUp.has(division)));
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== unknownValue;
}

/**
 * What is wrong with the names that were not there before; no request without new names.
 * @throws ProviderError when the organisation cannot be asked.
 */
export async function unknownNames(
  sessionFor: SessionFinder,
  organization: OrganizationInput,
  action: string,
  names: { readonly declared: NamesInInputs; readonly known: NamesInInputs },
): Promise<readonly string[]> {
  const roleNames = [...names.declared.roleNames].filter((name) => !names.known.roleNames.has(name));
  const divisions = [...names.declared.divisions].filter((name) => !names.known.divisions.has(name));
  if (roleNames.length === 0 && divisions.length === 0) {
    return [];
  }
  const session = sessionFor(organization);
  const problems: string[] = [];
  await act(session, action, organization.id, async () => {
    for (const roleName of roleNames) {
      await resolveRoleName(session, roleName, problems);
    }
    for (const division of divisions) {
      await resolveDivision(session, division, problems);
    }
  });
  return problems.map((problem) => session.redactor.line(problem));
}
