// What making each declared role and credential takes of the deployer, by key (pure).
import { type ResolvedDeclarations } from "./resolve";

/** By key. */
export interface MakingOfEntries {
  readonly roles: Readonly<Record<string, { readonly adopts: boolean; readonly grants: boolean }>>;
  readonly credentials: Readonly<
    Record<
      string,
      {
        readonly adopts: boolean;
        /** Existing roles that its clients get: the deployer hands them out. */
        readonly roleNames: readonly string[];
        readonly hasIntegrationCredential: boolean;
      }
    >
  >;
}

export function makingOfEntries({
  roles,
  credentials,
}: Pick<ResolvedDeclarations, "roles" | "credentials">): MakingOfEntries {
  return {
    roles: Object.fromEntries(
      roles.map(({ key, adopt, grantToDeployer }) => [
        key,
        { adopts: adopt !== undefined, grants: grantToDeployer },
      ]),
    ),
    credentials: Object.fromEntries(
      credentials.map(({ key, adopt, roleDivisions, integrationCredential }) => [
        key,
        {
          adopts: adopt !== undefined,
          roleNames: [...new Set(roleDivisions.flatMap(({ roleName }) => roleName ?? []))],
          hasIntegrationCredential: integrationCredential !== undefined,
        },
      ]),
    ),
  };
}
