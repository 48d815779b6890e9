// What a stack's identity holds of the declarations: names and generations by key (pure).
import { type ResolvedDeclarations } from "./resolve";

/** The names of the roles in Genesys, and of the credentials' secrets in AWS. */
export function identityEntries({ roles, credentials }: Pick<ResolvedDeclarations, "roles" | "credentials">) {
  return {
    roles: Object.fromEntries(roles.map(({ key, name }) => [key, name])),
    credentials: Object.fromEntries(credentials.map(({ key, secret }) => [key, secret.name])),
    generations: Object.fromEntries(credentials.map(({ key, rotation }) => [key, rotation.generation])),
  };
}
