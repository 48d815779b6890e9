// What a stack's identity holds of the declarations: names and generations by key (pure).
import { type ResolvedDeclarations } from "./resolve";

/** See the first line of this file. */
export interface IdentityEntries {
  /** The name of each declared role. */
  readonly roles: Readonly<Record<string, string>>;
  /** The name in AWS of each declared credential's secret. */
  readonly credentials: Readonly<Record<string, string>>;
  /** The generation of each declared credential. */
  readonly generations: Readonly<Record<string, number>>;
}

export function identityEntries({
  roles,
  credentials,
}: Pick<ResolvedDeclarations, "roles" | "credentials">): IdentityEntries {
  return {
    roles: Object.fromEntries(roles.map(({ key, name }) => [key, name])),
    credentials: Object.fromEntries(credentials.map(({ key, secret }) => [key, secret.name])),
    generations: Object.fromEntries(credentials.map(({ key, rotation }) => [key, rotation.generation])),
  };
}
