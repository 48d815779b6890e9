// Which permissions of the deployer each step of a run cannot do without, by object and kind of change (pure).
import { type DeployerPermission, ofClientsAndRoles, permissionsFor } from "./deployerPermissions";

/** What a run does to an object. */
export interface Step {
  readonly object: "OAuth client" | "role" | "integration credential";
  readonly kind: "create" | "replace" | "update" | "delete";
  /** Whether what an interrupted run left behind is looked for first. */
  readonly looksForOrphans?: boolean;
  /** Whether an existing role is looked up by its name. */
  readonly looksUpRoles?: boolean;
  /** Whether a live client or role is taken over where one would be made; of no meaning for integration credentials. */
  readonly adopts?: boolean;
  /** Whether the deployer is given the role. */
  readonly grants?: boolean;
}

/** How the permissions about an object begin. */
const areas = {
  "OAuth client": "oauth:client",
  role: "authorization:role",
  "integration credential": "integrations:integration",
} as const;

type Action = "add" | "delete" | "edit" | "view";

/**
 * The actions of the requests that are sent for certain (deployerPermissions.ts has these). A client is deactivated before it is deleted, and
 * every deletion is confirmed by another look.
 */
const actions: Readonly<Record<Step["object"], Readonly<Record<Step["kind"], readonly Action[]>>>> = {
  "OAuth client": {
    create: ["add"],
    replace: ["add", "edit", "delete", "view"],
    update: ["edit"],
    delete: ["edit", "delete", "view"],
  },
  role: {
    create: ["add"],
    replace: ["add", "delete", "view"],
    update: ["view", "edit"],
    delete: ["delete", "view"],
  },
  "integration credential": {
    create: ["view", "add", "edit"], // a rotation, which is not compared beforehand, edits what is made here
    replace: ["view", "add", "edit", "delete"],
    update: ["view", "edit"],
    delete: ["view", "delete"],
  },
};

/** Instead of making a client or a role: finding it and changing it. */
const adoptingActions: readonly Action[] = ["view", "edit"];

/** The permissions that a step cannot do without, sorted. */
export function requiredPermissions(step: Step): readonly string[] {
  const needed = actions[step.object][step.kind]
    .flatMap((action) => (action === "add" && step.adopts === true ? adoptingActions : [action]))
    .map((action): DeployerPermission => `${areas[step.object]}:${action}`);
  if (step.looksForOrphans === true) {
    needed.push(step.object === "role" ? "authorization:role:view" : "oauth:client:view");
  }
  if (step.looksUpRoles === true) {
    needed.push("authorization:role:view");
  }
  if (step.grants === true) {
    needed.push("authorization:grant:add");
  }
  return [...new Set(needed)].sort();
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
