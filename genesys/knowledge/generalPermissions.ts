// General permissions of a role: names without a domain, in its field `permissions` (docs/genesys-api.md 4.2; pure).

/** What of a role tells them. */
interface RoleFields {
  readonly [field: string]: unknown;
}

/** The names, sorted, each once; undefined where Genesys does not tell them, or in a form that is not known. */
export function generalPermissionsIn(role: RoleFields): readonly string[] | undefined {
  const { permissions } = role;
  return Array.isArray(permissions) && permissions.every((name) => typeof name === "string")
    ? [...new Set(permissions)].sort()
    : undefined;
}
