// The roles that a live client holds against those declared, in words for people: names where they can be had, ids otherwise.
import { listed } from "../../common/listed";
import { unknownValue } from "@pulumi/pulumi/runtime";

import { compareRoleDivisions, type RoleDivision } from "../../genesys/knowledge/roleDivisions";
import { resolveRoleDivisions, type RoleDivisionInput } from "../run/roleDivisions";
import { ifTold } from "../run/ifTold";
import type { Session } from "../run/session";

/** How many roles one line lists. */
const listedRoles = 5;

/** What becomes of the roles of a live client. */
export interface HeldRoleChanges {
  /** One text for each way in which they change; empty when they are as declared. */
  readonly changes: readonly string[];
  /** What it holds now, where that cannot be compared yet: roles that the same update makes or adopts have no id in a preview. */
  readonly present?: string;
}

/** @throws ProviderError UNKNOWN_ROLE_OR_DIVISION */
export async function heldRoleChanges(
  session: Session,
  action: string,
  declared: readonly RoleDivisionInput[],
  held: readonly RoleDivision[],
): Promise<HeldRoleChanges> {
  const known = Array.isArray(declared) ? declared.filter(isKnown) : [];
  const isWhole = Array.isArray(declared) && known.length === declared.length;
  const wanted = await resolveRoleDivisions(session, action, known);
  const { missing, extra } = compareRoleDivisions(wanted, held);
  if (!isWhole) {
    return { changes: [], present: held.length === 0 ? "no role" : await inWords(session, held) };
  }
  return {
    changes: [
      ...(missing.length === 0 ? [] : [`it gains ${await inWords(session, missing)}`]),
      ...(extra.length === 0 ? [] : [`it loses ${await inWords(session, extra)}`]),
    ],
  };
}

function isKnown({ roleId, division }: RoleDivisionInput): boolean {
  return roleId !== unknownValue && division !== unknownValue;
}

async function inWords(session: Session, pairs: readonly RoleDivision[]): Promise<string> {
  const roles = await namesOf(session.rolesAtStart);
  const homeId = await session.homeDivisionId();
  const isNamed = pairs.some(({ divisionId }) => divisionId !== "*" && divisionId !== homeId);
  const divisions = isNamed ? await namesOf(session.divisions) : new Map<string, string>();
  const words = pairs.map(({ roleId, divisionId }) => {
    const role = roles.get(roleId);
    const place =
      divisionId === "*"
        ? "every division"
        : divisionId === homeId
          ? "the home division"
          : `division ${nameOr(divisionId, divisions.get(divisionId))}`;
    return `role ${nameOr(roleId, role)} in ${place}`;
  });
  return listed(words, listedRoles);
}

function nameOr(id: string, name: string | undefined): string {
  return name === undefined ? id : `"${name}"`;
}

/** Names are a convenience: where Genesys does not tell them, ids do. */
async function namesOf(
  ask: () => Promise<readonly { readonly id: string; readonly name?: string | undefined }[]>,
): Promise<Map<string, string>> {
  const found = (await ifTold(ask)) ?? [];
  return new Map(found.flatMap(({ id, name }) => (name === undefined ? [] : [[id, name] as const])));
}
