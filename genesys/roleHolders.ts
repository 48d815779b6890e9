// Who holds a role: /api/v2/authorization/roles/{id}/subjectgrants, and the OAuth clients that show it themselves (docs/genesys-api.md 4.1, 4.6).
import { z } from "zod";

import { apiPath } from "./apiPath";
import type { GenesysClient } from "./client";
import { listAll } from "./listing";
import type { RoleDivision } from "./knowledge/roleDivisions";

/** `other`: of a kind that is not known here, or not told. */
export type HolderKind = "person" | "group" | "OAuth client" | "other";

export interface RoleHolder {
  readonly id: string;
  /** Absent where Genesys does not tell it. */
  readonly name?: string;
  readonly kind: HolderKind;
}

const holdersPath = "/api/v2/authorization/roles/{id}/subjectgrants";

/** Largest page known to work (the Terraform provider uses it, for roles). */
const pageSize = 100;

/** SubjectDivisionGrants. Nothing of it becomes part of a path, so that any id will do. */
export const holderSchema = z.looseObject({
  id: z.string().min(1),
  name: z.string().optional().catch(undefined),
  type: z.string().optional().catch(undefined),
});

/** The API description does not list the types; those of grants are PC_USER, PC_GROUP and PC_OAUTH_CLIENT. */
const kindPatterns: readonly (readonly [RegExp, HolderKind])[] = [
  [/client/i, "OAuth client"],
  [/group/i, "group"],
  [/user/i, "person"],
];

export class RoleHolders {
  constructor(private readonly client: GenesysClient) {}

  /** Those who hold a role, in whatever division; OAuth clients may be missing. Needs authorization:role:view. */
  async of(roleId: string): Promise<RoleHolder[]> {
    const path = apiPath(holdersPath, { id: roleId });
    const holders = await listAll(
      this.client,
      { path, what: `holders of role ${roleId}`, pageSize },
      holderSchema,
    );
    return holders.map(({ id, name = "", type = "" }) => ({
      id,
      ...(name === "" ? {} : { name }),
      kind: kindPatterns.find(([pattern]) => pattern.test(type))?.[1] ?? "other",
    }));
  }
}

/** The clients that hold a role by their own settings. */
export function clientsHolding<T extends { readonly roleDivisions?: readonly RoleDivision[] | undefined }>(
  roleId: string,
  clients: readonly T[],
): T[] {
  return clients.filter(({ roleDivisions = [] }) => roleDivisions.some((pair) => pair.roleId === roleId));
}
