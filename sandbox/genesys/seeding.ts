// Putting a seed into an organisation, past the rules of the API.
import { type Clients } from "./clients";
import { withOther } from "./bodyFields";
import { dayMs } from "./consistency";
import { clientCredentialsGrant } from "./clientRequest";
import { type Grants } from "./grants";
import { type OrganizationSeed } from "./organizationSeed";
import { newClientSecret } from "./secretValues";
import { deployerClientId } from "./seed";
import {
  type ClientVersion,
  type OtherFields,
  type PermissionPolicy,
  type RoleVersion,
  type StoredRole,
} from "./state";
import { type Store } from "./store";
import { type Tokens } from "./tokens";

/** Age of seeded objects: past every delay, and past the 30 days in which a deletion is immediate. */
const seededAgeDays = 90;

/** Seconds; Genesys's default. */
const defaultValiditySeconds = 86_400;

type RoleSeed = NonNullable<OrganizationSeed["roles"]>[number];
type ClientSeed = NonNullable<OrganizationSeed["clients"]>[number];
type IntegrationCredentialSeed = NonNullable<OrganizationSeed["integrationCredentials"]>[number];

/** The type of integration credential that holds an OAuth client's pair. */
const usualCredentialType = "pureCloudOAuthClient";

/** `domain:entity:action` texts as one policy per domain and entity. */
export function policiesOf(permissions: readonly string[]): PermissionPolicy[] {
  const actions = new Map<string, string[]>();
  for (const permission of permissions) {
    const [domain = "", entity = "", action = ""] = permission.split(":");
    const key = `${domain}:${entity}`;
    actions.set(key, [...(actions.get(key) ?? []), action]);
  }
  return [...actions].map(([key, actionSet]) => {
    const [domain = "", entityName = ""] = key.split(":");
    return { domain, entityName, actionSet, allowConditions: false };
  });
}

/** Seeds one organisation. */
export class Seeding {
  constructor(
    private readonly store: Store,
    private readonly clients: Clients,
    private readonly grants: Grants,
    private readonly tokens: Tokens,
  ) {}

  /**
   * Adds what is new, changes what exists: all seeds or none, saved once, so that no half a world is ever kept.
   * @throws Error when a new role or client has no name
   */
  apply(...seeds: readonly OrganizationSeed[]): void {
    const before = structuredClone(this.store.state);
    try {
      for (const seed of seeds) {
        this.applyOne(seed);
      }
    } catch (error) {
      delete this.store.state.catalogue;
      delete this.store.state.groups;
      Object.assign(this.store.state, before);
      throw error;
    }
    this.store.changed();
  }

  private applyOne(seed: OrganizationSeed): void {
    const { state } = this.store;
    state.id = seed.id ?? state.id;
    state.name = seed.name ?? state.name;
    if (seed.catalogue !== undefined) {
      state.catalogue = seed.catalogue;
    }
    for (const { id, name, description = "", isHome = false } of seed.divisions ?? []) {
      const others = state.divisions.filter((one) => one.id !== id);
      const division = { id, name, description, isHome };
      // There is exactly one home division: a new one takes the place of the former.
      state.divisions = [...(isHome ? others.map((one) => ({ ...one, isHome: false })) : others), division];
    }
    for (const user of seed.users ?? []) {
      state.users = [...state.users.filter((one) => one.id !== user.id), user];
    }
    for (const group of seed.groups ?? []) {
      state.groups = [...(state.groups ?? []).filter((one) => one.id !== group.id), group];
    }
    seed.roles?.forEach((role) => {
      this.applyRole(role);
    });
    seed.clients?.forEach((client) => {
      this.applyClient(client);
    });
    if (seed.deployerSecret !== undefined) {
      this.applyClient({ id: deployerClientId, secret: seed.deployerSecret });
    }
    for (const { subjectId, subjectType = "PC_OAUTH_CLIENT", deleted, ...pair } of seed.grants ?? []) {
      if (deleted === true) {
        this.grants.remove(subjectId, "subject", [pair]);
      } else {
        this.grants.add(subjectId, subjectType, "subject", [pair]);
        this.age(subjectId);
      }
    }
    seed.integrationCredentials?.forEach((credential) => {
      this.applyIntegrationCredential(credential);
    });
    state.usageRows.push(...(seed.usageRows ?? []));
  }

  private applyIntegrationCredential(seed: IntegrationCredentialSeed): void {
    const { state } = this.store;
    const present = state.integrationCredentials.find(
      (one) => one.id === seed.id && one.deletedAt === undefined,
    );
    const others = state.integrationCredentials.filter((one) => one.id !== seed.id);
    const createdAt = present?.createdAt ?? this.createdAt(seed.dateCreated);
    state.integrationCredentials =
      seed.deleted === true
        ? others
        : [
            ...others,
            {
              id: seed.id,
              createdAt,
              modifiedAt: present === undefined ? createdAt : this.store.now(),
              name: seed.name ?? present?.name ?? missingName("integration credential", seed.id),
              typeName: seed.typeName ?? present?.typeName ?? usualCredentialType,
              fields: seed.fields ?? present?.fields ?? {},
            },
          ];
  }

  private createdAt(dateCreated: string | undefined): number {
    return dateCreated === undefined ? this.store.now() - seededAgeDays * dayMs : Date.parse(dateCreated);
  }

  /** Seeded grants count at once. */
  private age(subjectId: string): void {
    const madeAt = this.createdAt(undefined);
    const now = this.store.now();
    this.store.state.grants = this.store.state.grants.map((grant) =>
      grant.subjectId === subjectId && grant.madeAt === now ? { ...grant, madeAt } : grant,
    );
  }

  private applyRole(seed: RoleSeed): void {
    const { state } = this.store;
    const present = state.roles.find((role) => role.id === seed.id && role.deletedAt === undefined);
    if (seed.deleted === true) {
      this.grants.removeAll({ roleId: seed.id });
      state.roles = state.roles.filter((role) => role.id !== seed.id);
      return;
    }
    const description = seed.description ?? present?.version.description;
    const version: RoleVersion = {
      name: seed.name ?? present?.version.name ?? missingName("role", seed.id),
      ...(description === undefined ? {} : { description }),
      permissions: seed.generalPermissions ?? present?.version.permissions ?? [],
      permissionPolicies:
        seed.permissions === undefined && seed.permissionPolicies === undefined
          ? (present?.version.permissionPolicies ?? [])
          : [
              ...policiesOf(seed.permissions ?? []),
              ...(seed.permissionPolicies ?? []).map((policy) => ({ allowConditions: false, ...policy })),
            ],
      ...changedOther(present?.version.other, seed.otherFields),
    };
    if (present !== undefined) {
      present.version = version;
      if (seed.unusedPermissions !== undefined) {
        present.unusedPermissions = seed.unusedPermissions;
      }
      return;
    }
    const role: StoredRole = {
      id: seed.id,
      createdAt: this.createdAt(seed.dateCreated),
      ...(seed.defaultRoleId === undefined ? {} : { defaultRoleId: seed.defaultRoleId }),
      isDefault: seed.isDefault ?? false,
      isBase: seed.isBase ?? false,
      ...(seed.isDefault === true ? { original: version } : {}),
      ...(seed.unusedPermissions === undefined ? {} : { unusedPermissions: seed.unusedPermissions }),
      version,
      former: [],
    };
    state.roles = [...state.roles.filter((one) => one.id !== seed.id), role];
  }

  private applyClient(seed: ClientSeed): void {
    const { state } = this.store;
    const present = this.clients.find(seed.id);
    if (seed.deleted === true) {
      this.clients.removeAtOnce(seed.id);
      return;
    }
    const before = present?.version;
    const description = seed.description ?? before?.description;
    const allowedAddresses = seed.allowedAddresses ?? before?.allowedAddresses;
    const clientState = seed.state ?? before?.state ?? "active";
    const planned = seed.dateToDelete === undefined ? before?.dateToDelete : Date.parse(seed.dateToDelete);
    const dateToDelete = clientState === "active" ? undefined : planned;
    const version: ClientVersion = {
      name: seed.name ?? before?.name ?? missingName("client", seed.id),
      ...(description === undefined ? {} : { description }),
      accessTokenValiditySeconds:
        seed.accessTokenValiditySeconds ?? before?.accessTokenValiditySeconds ?? defaultValiditySeconds,
      registeredRedirectUri: before?.registeredRedirectUri ?? [],
      scope: before?.scope ?? [],
      ...(allowedAddresses === undefined ? {} : { allowedAddresses }),
      authorizedGrantType: seed.authorizedGrantType ?? before?.authorizedGrantType ?? clientCredentialsGrant,
      state: clientState,
      ...(dateToDelete === undefined ? {} : { dateToDelete }),
      ...changedOther(before?.other, seed.otherFields),
      modifiedAt: present === undefined ? this.createdAt(seed.dateCreated) : this.store.now(),
    };
    if (present === undefined) {
      const createdAt = this.createdAt(seed.dateCreated);
      const secret = seed.secret ?? newClientSecret();
      state.clients = state.clients.filter((one) => one.id !== seed.id);
      state.clients.push({ id: seed.id, createdAt, secret, formerSecrets: [], version, former: [] });
    } else {
      present.version = version;
      if (clientState === "active") {
        delete present.hiddenRemovalAt;
      }
      present.secret = seed.secret ?? present.secret;
      this.tokens.afterStateChange(seed.id, version.state);
    }
    if (seed.roleDivisions !== undefined) {
      this.grants.replace(seed.id, "PC_OAUTH_CLIENT", "client", seed.roleDivisions);
      this.age(seed.id);
    }
  }
}

/** The unknown fields after a change: null takes one away. */
function changedOther(before: OtherFields = {}, changes: OtherFields = {}): { readonly other?: OtherFields } {
  const entries = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null);
  return withOther(Object.fromEntries(entries));
}

function missingName(kind: string, id: string): never {
  throw new Error(`Seeding the ${kind} ${id}: it does not exist yet and has no name; give it one.`);
}
