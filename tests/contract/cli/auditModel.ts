// A deployed organisation as data: two stacks with their files, states and live objects, all of it in agreement.
import { stringify } from "yaml";
import {
  defaultCatalogue,
  expandWildcards,
  permissionsIn,
  policiesOf,
} from "../../../sandbox/genesys/permissionCatalogue";
import { type OrganizationSeed } from "../../../sandbox/genesys/organizationSeed";
import { employeeRoleId, homeDivisionId, organizationId } from "../../../sandbox/genesys/seed";

export type ClientSeed = NonNullable<OrganizationSeed["clients"]>[number];
export type RoleSeed = NonNullable<OrganizationSeed["roles"]>[number];

/** The tests' now: FakeClock's start. */
export const nowMs = Date.UTC(2026, 10, 1, 9);
const msPerDay = 86_400_000;
export const wildcard = "routing:queue:*";

/** An instant before now. */
export function daysAgo(days: number): string {
  return new Date(nowMs - days * msPerDay).toISOString().replace(".000Z", "Z");
}

export interface StackModel {
  readonly name: string;
  /** Settings of AWS besides the region. */
  readonly aws: Record<string, unknown>;
  readonly roles: Record<
    string,
    { name: string; description: string; permissions: string[]; allowWildcards?: boolean }
  >;
  readonly credentials: Record<
    string,
    {
      description: string;
      roles: unknown[];
      rotation: Record<string, unknown>;
      secret?: { name: string };
      revoked?: boolean;
    }
  >;
  organization: { id?: string };
  /** Of the state file. */
  readonly resources: Resource[];
}

export interface Resource {
  urn: string;
  type: string;
  id: string;
  delete?: boolean;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

export interface AuditModel {
  readonly stacks: Record<"dev" | "prod", StackModel>;
  readonly clients: ClientSeed[];
  readonly roles: RoleSeed[];
  /** Requests of yesterday, by client id. */
  readonly requests: Map<string, number>;
  /** What each secret holds: a client id. */
  readonly stored: Map<string, string>;
}

const credentialsIn = { dev: 14, prod: 11 };
const rolesIn = { dev: 12, prod: 8 };
const otherClients = 8;
const handMadeRoles = 17;
const rolePermissions = ["routing:queue:view", "analytics:conversationDetail:view"];

/** 60 OAuth clients and 40 roles, the three of a fresh organisation among them, and nothing the matter. */
export function healthyModel(): AuditModel {
  const model: AuditModel = {
    stacks: { dev: emptyStack("dev"), prod: emptyStack("prod") },
    clients: [],
    roles: [],
    requests: new Map(),
    stored: new Map(),
  };
  for (const stack of ["dev", "prod"] as const) {
    for (let index = 1; index <= rolesIn[stack]; index++) {
      addRole(model, stack, index);
    }
    for (let index = 1; index <= credentialsIn[stack]; index++) {
      addCredential(model, stack, index);
    }
  }
  for (let index = 1; index <= otherClients; index++) {
    const id = uuid("e", index);
    model.clients.push({
      id,
      name: `billing-${index}-live-a`,
      description: `Billing [pulumi:other-project/live/billing-${index}#0:0a1b2c]`,
      secret: `canary-secret-of-${id}`,
      roleDivisions: [{ roleId: employeeRoleId, divisionId: homeDivisionId }],
    });
    model.requests.set(id, 1);
  }
  for (let index = 1; index <= handMadeRoles; index++) {
    model.roles.push({ id: uuid("8", index), name: `Team ${index}`, permissions: ["billing:usage:view"] });
  }
  return model;
}

/** `domain:entity:action` that the wildcard stands for. */
export function wildcardPermissions(): string[] {
  return expandWildcards(policiesOf([wildcard]), defaultCatalogue)
    .flatMap(permissionsIn)
    .sort();
}

export function clientId(stack: "dev" | "prod", index: number, generation: number): string {
  return uuid(stack === "dev" ? "c" : "d", index * 10 + generation);
}

export function roleId(stack: "dev" | "prod", index: number): string {
  return uuid(stack === "dev" ? "a" : "b", index);
}

export function resourceOf(model: AuditModel, id: string): Resource {
  const found = [...model.stacks.dev.resources, ...model.stacks.prod.resources].find((one) => one.id === id);
  if (found === undefined) {
    throw new Error(`The model has no resource ${id}.`);
  }
  return found;
}

export function liveClient(model: AuditModel, id: string): ClientSeed {
  return model.clients.find((one) => one.id === id)!;
}

export function liveRole(model: AuditModel, id: string): RoleSeed {
  return model.roles.find((one) => one.id === id)!;
}

/** The text of Pulumi.<stack>.yaml. */
export function stackFileText({ organization, roles, credentials, aws }: StackModel): string {
  const own = "genesys-credentials";
  return stringify({
    config: {
      "aws:region": "eu-west-1",
      ...aws,
      [`${own}:organization`]: organization,
      [`${own}:roles`]: roles,
      [`${own}:credentials`]: credentials,
    },
  });
}

function emptyStack(name: string): StackModel {
  return { name, roles: {}, credentials: {}, organization: { id: organizationId }, aws: {}, resources: [] };
}

/** One more role of a stack. */
export function addRole({ stacks, roles }: AuditModel, stack: "dev" | "prod", index: number): void {
  const key = `reader-${index}`;
  const hasWildcard = index === 2;
  const permissions = hasWildcard ? [wildcard] : rolePermissions;
  const given = hasWildcard ? wildcardPermissions() : rolePermissions;
  const id = roleId(stack, index);
  const owner = `genesys-credentials/${stack}/${key}`;
  const marker = `[pulumi:${owner}#0:0a1b2c]`;
  const name = `${key}-${stack}`;
  stacks[stack].roles[key] = {
    name,
    description: `Reads ${index}`,
    permissions: [...permissions],
    ...(hasWildcard ? { allowWildcards: true } : {}),
  };
  const inputs = {
    organization: { id: organizationId },
    name,
    description: `Reads ${index}`,
    permissionPolicies: policiesOf(given).map(({ domain, entityName, actionSet }) => ({
      domain,
      entityName,
      actionSet,
    })),
    ...(hasWildcard ? { wildcards: { [wildcard]: given } } : {}),
    owner,
  };
  stacks[stack].resources.push({
    urn: urn(stack, "pulumi-nodejs:dynamic/genesys:Role", key),
    type: "pulumi-nodejs:dynamic/genesys:Role",
    id,
    inputs,
    outputs: { ...inputs, roleId: id, marker, organizationId, createdAt: daysAgo(200) },
  });
  roles.push({
    id,
    name,
    description: `Reads ${index} ${marker}`,
    permissions: [...given],
    unusedPermissions: [],
  });
}

/** One more credential of a stack, with two clients, and with one of its roles. */
export function addCredential(
  model: AuditModel,
  stack: "dev" | "prod",
  index: number,
  role = ((index - 1) % rolesIn[stack]) + 1,
): void {
  const key = `job-${index}`;
  const own = roleId(stack, role);
  const roleKey = `reader-${role}`;
  const { credentials, resources } = model.stacks[stack];
  credentials[key] = {
    description: `Job ${index}`,
    roles: [roleKey, { existing: "employee" }],
    rotation: { generation: 1, rotatedAt: daysAgo(40), every: "P90D" },
  };
  const pairs = [own, employeeRoleId].map((id) => ({ roleId: id, divisionId: homeDivisionId }));
  for (const generation of [0, 1]) {
    const id = clientId(stack, index, generation);
    const slot = generation === 0 ? "a" : "b";
    const owner = `genesys-credentials/${stack}/${key}`;
    const marker = `[pulumi:${owner}#${generation}:0a1b2c]`;
    const inputs = {
      organization: { id: organizationId },
      name: `${key}-${stack}-${slot}`,
      description: `Job ${index}`,
      authorizedGrantType: "CLIENT-CREDENTIALS",
      accessTokenValiditySeconds: 86_400,
      roleDivisions: [
        { roleId: own, division: "home" },
        { roleName: "employee", division: "home" },
      ],
      state: "active",
      generation,
      owner,
    };
    resources.push({
      urn: urn(stack, "pulumi-nodejs:dynamic/genesys:OAuthClient", `${key}-${slot}`),
      type: "pulumi-nodejs:dynamic/genesys:OAuthClient",
      id,
      inputs,
      outputs: {
        ...inputs,
        clientId: id,
        clientSecret: { "4dabf18193072939515e22adb298388d": "x", ciphertext: "v1:canary-ciphertext" },
        marker,
        resolvedRoleDivisions: pairs,
        organizationId,
        dateCreated: daysAgo(80 - 40 * generation),
        verified: true,
      },
    });
    model.clients.push({
      id,
      name: inputs.name,
      description: `Job ${index} ${marker}`,
      secret: `canary-secret-of-${id}`,
      accessTokenValiditySeconds: 86_400,
      roleDivisions: [...pairs],
      dateCreated: daysAgo(80 - 40 * generation),
    });
    if (generation === 1) {
      model.requests.set(id, index);
      model.stored.set(`genesys/${stack}/${key}`, id);
    }
  }
  resources.push({
    urn: urn(stack, "aws:secretsmanager/secret:Secret", key),
    type: "aws:secretsmanager/secret:Secret",
    id: `@arn:genesys/${stack}/${key}`,
    inputs: { name: `genesys/${stack}/${key}` },
    outputs: {},
  });
}

function urn(stack: string, type: string, name: string): string {
  return `urn:pulumi:${stack}::genesys-credentials::${type}::${name}`;
}

/** Ids look like Genesys's own. */
function uuid(kind: string, number: number): string {
  return `${kind}0000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}
