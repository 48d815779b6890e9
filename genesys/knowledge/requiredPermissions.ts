// Which permissions of the deployment client each step needs: the requests that it sends for certain, and what Genesys asks for them (pure).

/** Permissions by the request that needs them (genesys-api 3.1, 4.1, 4.6). Requests that need none are left out. */
const permissionsOfRequests = {
  listClients: "oauth:client:view",
  getClient: "oauth:client:view",
  createClient: "oauth:client:add",
  updateClient: "oauth:client:edit",
  deleteClient: "oauth:client:delete",
  listRoles: "authorization:role:view",
  getRole: "authorization:role:view",
  createRole: "authorization:role:add",
  updateRole: "authorization:role:edit",
  deleteRole: "authorization:role:delete",
  addGrant: "authorization:grant:add",
} as const;

/** The same for integration credentials (genesys-api 8): only a stack that declares one needs them. */
const integrationPermissions = {
  readIntegrationCredentials: "integrations:integration:view",
  createIntegrationCredential: "integrations:integration:add",
  updateIntegrationCredential: "integrations:integration:edit",
  deleteIntegrationCredential: "integrations:integration:delete",
} as const;

type RequestKey = keyof typeof permissionsOfRequests | keyof typeof integrationPermissions;

/** What a run does to an object. */
export interface Step {
  readonly object: "OAuth client" | "role" | "integration credential";
  readonly kind: "create" | "replace" | "update" | "delete";
  /** Whether what an interrupted run left behind is looked for first. */
  readonly looksForOrphans?: boolean;
  /** Whether an existing role is looked up by its name. */
  readonly looksUpRoles?: boolean;
  /** Whether a live object is taken over where one would be made. */
  readonly adopts?: boolean;
  /** Whether the deployment client is given the role. */
  readonly grants?: boolean;
}

const requests: Readonly<Record<Step["object"], Readonly<Record<Step["kind"], readonly RequestKey[]>>>> = {
  "OAuth client": {
    create: ["createClient"],
    replace: ["createClient", "updateClient", "deleteClient", "getClient"],
    update: ["updateClient"],
    delete: ["updateClient", "deleteClient", "getClient"],
  },
  role: {
    create: ["createRole"],
    replace: ["createRole", "deleteRole", "getRole"],
    update: ["getRole", "updateRole"],
    delete: ["deleteRole", "getRole"],
  },
  "integration credential": {
    // A rotation, which is not compared beforehand, edits what is made here.
    create: ["readIntegrationCredentials", "createIntegrationCredential", "updateIntegrationCredential"],
    replace: Object.keys(integrationPermissions) as (keyof typeof integrationPermissions)[],
    update: ["readIntegrationCredentials", "updateIntegrationCredential"],
    delete: ["readIntegrationCredentials", "deleteIntegrationCredential"],
  },
};

/** Instead of each request that makes an object. */
const adoptingRequests: Readonly<Partial<Record<RequestKey, readonly RequestKey[]>>> = {
  createClient: ["listClients", "getClient", "updateClient"],
  createRole: ["listRoles", "getRole", "updateRole"],
};

/** The permissions that a step cannot do without, sorted. */
export function requiredPermissions(step: Step): readonly string[] {
  const keys: readonly RequestKey[] = [
    ...requests[step.object][step.kind].flatMap((key) =>
      step.adopts === true ? (adoptingRequests[key] ?? [key]) : [key],
    ),
    ...(step.looksForOrphans === true
      ? [step.object === "role" ? ("listRoles" as const) : ("listClients" as const)]
      : []),
    ...(step.looksUpRoles === true ? (["listRoles"] as const) : []),
    ...(step.grants === true ? (["addGrant"] as const) : []),
  ];
  const permissions = { ...permissionsOfRequests, ...integrationPermissions };
  return [...new Set(keys.map((key) => permissions[key]))].sort();
}

/**
 * The permissions of a deployment client that creates, changes and deletes everything, sorted: the role to give it.
 * @param steps Those about integration credentials only where one of these is.
 */
export function everyPermission(steps: readonly Step[]): readonly string[] {
  const hasIntegrations = steps.some(({ object }) => object === "integration credential");
  return [
    ...new Set<string>([
      ...Object.values(permissionsOfRequests),
      "authorization:grant:delete",
      ...(hasIntegrations ? Object.values(integrationPermissions) : []),
    ]),
  ].sort();
}
