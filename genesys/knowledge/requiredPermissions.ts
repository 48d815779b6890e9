// Which permissions of the deployer each step of a run needs: those of the requests that it sends for certain (pure).

import {
  type DeployerRequest,
  ofClientsAndRoles,
  permissionsFor,
  permissionsOfRequests,
} from "./deployerPermissions";

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
  /** Whether the deployer is given the role. */
  readonly grants?: boolean;
}

const requests: Readonly<Record<Step["object"], Readonly<Record<Step["kind"], readonly DeployerRequest[]>>>> =
  {
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
      create: ["getIntegrationCredential", "createIntegrationCredential", "updateIntegrationCredential"],
      replace: [
        "getIntegrationCredential",
        "createIntegrationCredential",
        "updateIntegrationCredential",
        "deleteIntegrationCredential",
      ],
      update: ["getIntegrationCredential", "updateIntegrationCredential"],
      delete: ["getIntegrationCredential", "deleteIntegrationCredential"],
    },
  };

/** Instead of each request that makes an object. */
const adoptingRequests: Readonly<Partial<Record<DeployerRequest, readonly DeployerRequest[]>>> = {
  createClient: ["listClients", "getClient", "updateClient"],
  createRole: ["listRoles", "getRole", "updateRole"],
};

/** The permissions that a step cannot do without, sorted. */
export function requiredPermissions(step: Step): readonly string[] {
  return permissionsOfRequests([
    ...requests[step.object][step.kind].flatMap((key) =>
      step.adopts === true ? (adoptingRequests[key] ?? [key]) : [key],
    ),
    ...(step.looksForOrphans === true
      ? [step.object === "role" ? ("listRoles" as const) : ("listClients" as const)]
      : []),
    ...(step.looksUpRoles === true ? (["listRoles"] as const) : []),
    ...(step.grants === true ? (["addGrant"] as const) : []),
  ]);
}

/**
 * The permissions of a deployer that creates, changes and deletes everything, sorted: the role to give it.
 * @param steps Those about integration credentials only where one of these is.
 */
export function everyPermission(steps: readonly Step[]): readonly string[] {
  const hasIntegrations = steps.some(({ object }) => object === "integration credential");
  const needed = permissionsFor([
    ...ofClientsAndRoles,
    ...(hasIntegrations ? (["integrations"] as const) : []),
  ]);
  return needed.map(({ permission }) => permission).sort();
}
