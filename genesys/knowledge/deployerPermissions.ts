// Which permissions the deployer needs: each request of this project, what Genesys asks for it, and what it is sent for (pure).

interface NeededPermission {
  /** A noun phrase. */
  readonly use: string;
  /**
   * `roles`: only where the stack declares roles. `grants`: only where it gives such roles to the deployer. `integrations`: only where it
   * declares integration credentials. `audit`: for that command alone.
   */
  readonly neededFor: "everything" | "roles" | "grants" | "integrations" | "audit";
  /** Without it the deployment works nevertheless. */
  readonly isOptional?: true;
}

/** Permissions by what they are for. */
export const deployerPermissions = {
  "oauth:client:view": { use: "finding and reading OAuth clients", neededFor: "everything" },
  "oauth:client:add": { use: "creating OAuth clients", neededFor: "everything" },
  "oauth:client:edit": { use: "changing and deactivating OAuth clients", neededFor: "everything" },
  "oauth:client:delete": { use: "deleting OAuth clients", neededFor: "everything" },
  "authorization:role:view": { use: "finding roles by name", neededFor: "everything" },
  "authorization:role:add": { use: "creating roles", neededFor: "roles" },
  "authorization:role:edit": { use: "changing roles", neededFor: "roles" },
  "authorization:role:delete": { use: "deleting roles", neededFor: "roles" },
  "authorization:grant:add": { use: "giving new roles to the deployer", neededFor: "grants" },
  "authorization:grant:delete": {
    use: "taking roles back from the deployer",
    neededFor: "grants",
    isOptional: true,
  },
  "authorization:grant:view": { use: "reading what clients were given", neededFor: "audit" },
  "usage:organization:view": {
    use: "reading the usage of all clients by one job",
    neededFor: "audit",
    isOptional: true,
  },
  "usage:client:view": {
    use: "reading the usage of a client where neither that job nor the former requests are open",
    neededFor: "audit",
    isOptional: true,
  },
  "integrations:integration:view": {
    use: "finding and reading integration credentials",
    neededFor: "integrations",
  },
  "integrations:integration:add": { use: "creating integration credentials", neededFor: "integrations" },
  "integrations:integration:edit": {
    use: "moving integration credentials to a new client",
    neededFor: "integrations",
  },
  "integrations:integration:delete": { use: "deleting integration credentials", neededFor: "integrations" },
} as const satisfies Readonly<Record<string, NeededPermission>>;

export type DeployerPermission = keyof typeof deployerPermissions;

/** The permissions that are needed for any of these, in the order of the table. */
export function permissionsFor(
  purposes: readonly NeededPermission["neededFor"][],
): readonly (NeededPermission & { readonly permission: DeployerPermission })[] {
  return Object.entries(deployerPermissions)
    .map(([permission, needed]) => ({ permission: permission as DeployerPermission, ...needed }))
    .filter(({ neededFor }) => purposes.includes(neededFor));
}

/** Everything that a stack of clients and roles may need of its deployer. */
export const ofClientsAndRoles = ["everything", "roles", "grants"] as const;

/** What a request needs: the permission that Genesys asks for it, if any, and what it is used for. */
type RequestRow = readonly [permission: DeployerPermission | undefined, use: string];

/** Every request that this project sends, by method and path (docs/genesys-api.md 2 to 5, 8). */
export const deployerRequests: Readonly<Record<string, RequestRow>> = {
  "POST /oauth/token": [undefined, "signing in; proving a new pair"],
  "GET /api/v2/tokens/me": [undefined, "whose token it is, which roles it shows"],
  "GET /api/v2/organizations/me": [undefined, "the organisation, where the token does not tell"],
  "GET /api/v2/oauth/clients": ["oauth:client:view", "finding what an interrupted run left behind; adopting"],
  "GET /api/v2/oauth/clients/{id}": [
    "oauth:client:view",
    "drift; confirming a deletion; roles of a client whose token does not tell them",
  ],
  "POST /api/v2/oauth/clients": ["oauth:client:add", "creating"],
  "PUT /api/v2/oauth/clients/{id}": ["oauth:client:edit", "changing; deactivating; adopting"],
  "POST /api/v2/oauth/clients/{id}/secret": [
    "oauth:client:edit",
    "a new secret for a client whose secret nobody knows; a rotation with `clients: keep`; adopting with a new secret",
  ],
  "DELETE /api/v2/oauth/clients/{id}": ["oauth:client:delete", "deleting"],
  "GET /api/v2/authorization/roles": [
    "authorization:role:view",
    "roles by name; finding what an interrupted run left behind",
  ],
  "GET /api/v2/authorization/roles/{id}": ["authorization:role:view", "drift; confirming a deletion"],
  "GET /api/v2/authorization/roles/{id}/subjectgrants": [
    "authorization:role:view",
    "who else loses a role that goes away: a warning, and where it cannot be known, the deployment goes on",
  ],
  "POST /api/v2/authorization/roles": ["authorization:role:add", "creating"],
  "PUT /api/v2/authorization/roles/{id}": ["authorization:role:edit", "changing"],
  "DELETE /api/v2/authorization/roles/{id}": ["authorization:role:delete", "deleting"],
  "GET /api/v2/authorization/divisions": [undefined, "divisions by name"],
  "GET /api/v2/authorization/divisions/home": [undefined, "the home division"],
  "GET /api/v2/authorization/permissions": [
    undefined,
    "checking a new or changed role against the catalogue",
  ],
  "GET /api/v2/authorization/subjects/me": [undefined, "what the deployer may do, before the first write"],
  "GET /api/v2/organizations/limits/namespaces/{id}": [
    undefined,
    "`doctor`: the organisation's limits as they are; where it is refused, it says so",
  ],
  "GET /api/v2/authorization/subjects/{id}": [
    "authorization:grant:view",
    "`audit`: roles that a client was given past its own settings",
  ],
  "GET /api/v2/authorization/subjects/rolecounts": [
    "authorization:grant:view",
    "`audit` of many clients: those whose number of roles is not explained by their settings are looked at",
  ],
  "POST /api/v2/usage/aggregates/query/jobs": [
    "usage:organization:view",
    "`audit`: the requests of all clients by days; optional: without it each client is asked for",
  ],
  "GET /api/v2/usage/aggregates/query/jobs/{id}": [
    "usage:organization:view",
    "`audit`: the answer to that, page by page",
  ],
  "POST /api/v2/oauth/clients/{id}/usage/query": [
    "oauth:client:view",
    "`audit` without that job: the requests of a client by days",
  ],
  "GET /api/v2/oauth/clients/{id}/usage/query/results/{id}": [
    "oauth:client:view",
    "`audit`: the answer to that",
  ],
  "POST /api/v2/usage/client/{id}/aggregates/query/jobs": [
    "usage:client:view",
    "the same where the request before is gone",
  ],
  "GET /api/v2/usage/client/{id}/aggregates/query/jobs/{id}": ["usage:client:view", "the answer to that"],
  "POST /api/v2/authorization/subjects/{id}/bulkadd": [
    "authorization:grant:add",
    "giving a new role to the deployer",
  ],
  "POST /api/v2/authorization/subjects/{id}/bulkremove": [
    "authorization:grant:delete",
    "taking it back; optional: without it the grant ends with the role",
  ],
  "GET /api/v2/integrations/credentials/listing": [
    "integrations:integration:view",
    "integration credentials by name",
  ],
  "GET /api/v2/integrations/credentials/{id}": [
    "integrations:integration:view",
    "drift; comparing after each change",
  ],
  "POST /api/v2/integrations/credentials": ["integrations:integration:add", "creating"],
  "PUT /api/v2/integrations/credentials/{id}": [
    "integrations:integration:edit",
    "moving to the new client of a rotation; taking over",
  ],
  "DELETE /api/v2/integrations/credentials/{id}": ["integrations:integration:delete", "deleting"],
};

/** Whether a request only reads. */
function isReading(request: string): boolean {
  return request.startsWith("GET ");
}

/**
 * All that a preview asks Genesys for, sorted: it reads what a deployment reads, and writes nothing.
 * @param purposes Whether the stack declares integration credentials.
 */
export function previewPermissions(
  purposes: "all" | "without integrations" = "all",
): readonly DeployerPermission[] {
  const read = new Set(
    Object.entries(deployerRequests).flatMap(([request, [permission]]) =>
      isReading(request) ? (permission ?? []) : [],
    ),
  );
  const needed = permissionsFor([
    ...ofClientsAndRoles,
    ...(purposes === "all" ? (["integrations"] as const) : []),
  ]);
  return needed.flatMap(({ permission }) => (read.has(permission) ? [permission] : [])).sort();
}
