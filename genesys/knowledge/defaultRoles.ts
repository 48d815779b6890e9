// Which roles Genesys made itself: those are referred to, and never taken over or changed (docs/genesys-api.md 4.2).

/** What of a role tells it. */
interface RoleOrigin {
  readonly default?: boolean | undefined;
  readonly [field: string]: unknown;
}

/** Whether a role is one of Genesys's own; where `default` is not told, the id of the default role that it comes from tells it. */
export function isDefaultRole(role: RoleOrigin): boolean {
  const isFromDefault = role["defaultRoleId"] !== undefined && role["defaultRoleId"] !== null;
  return (role.default ?? isFromDefault) || role["base"] === true;
}
