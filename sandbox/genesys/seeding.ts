// Putting a seed into an organisation, past the rules of the API.
import { msPerDay } from "../../common/clock";
import { defined } from "../../common/defined";
import { type Clients } from "./clients";
import { type Grants } from "./grants";
import { type OrganizationSeed } from "./organizationSeed";
import { newClientSecret } from "./secretValues";
import { deployerClientId } from "./seed";
import { type ClientSeed, missingName, type RoleSeed, seededClient, seededRole } from "./seededVersions";
import { type StoredRole } from "./state";
import { type Store } from "./store";
import { type Tokens } from "./tokens";

/** Age of seeded objects: past every delay, and past the 30 days in which a deletion is immediate. */
const seededAgeDays = 90;

type IntegrationCredentialSeed = NonNullable<OrganizationSeed["integrationCredentials"]>[number];

/** The type of integration credential that holds an OAuth client's pair. */
const usualCredentialType = "pureCloudOAuthClient";

function without<T extends { readonly id: string }>(id: string, objects: readonly T[] = []): T[] {
  return objects.filter((one) => one.id !== id);
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
    for (const { id, name, description = "", isHome = false, deleted } of seed.divisions ?? []) {
      const others = without(id, state.divisions);
      if (deleted === true) {
        state.divisions = others;
        state.grants = state.grants.filter(({ divisionId }) => divisionId !== id);
        continue;
      }
      const division = { id, name, description, isHome };
      // There is exactly one home division: a new one takes the place of the former.
      state.divisions = [...(isHome ? others.map((one) => ({ ...one, isHome: false })) : others), division];
    }
    for (const user of seed.users ?? []) {
      state.users = [...without(user.id, state.users), user];
    }
    for (const group of seed.groups ?? []) {
      state.groups = [...without(group.id, state.groups), group];
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
    const others = without(seed.id, state.integrationCredentials);
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
    return dateCreated === undefined ? this.store.now() - seededAgeDays * msPerDay : Date.parse(dateCreated);
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
      state.roles = without(seed.id, state.roles);
      return;
    }
    const version = seededRole(seed, present?.version);
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
      isDefault: seed.isDefault ?? false,
      isBase: seed.isBase ?? false,
      ...defined({
        defaultRoleId: seed.defaultRoleId,
        unusedPermissions: seed.unusedPermissions,
        original: seed.isDefault === true ? version : undefined,
      }),
      version,
      former: [],
    };
    state.roles = [...without(seed.id, state.roles), role];
  }

  private applyClient(seed: ClientSeed): void {
    const { state } = this.store;
    const present = this.clients.find(seed.id);
    if (seed.deleted === true) {
      this.clients.removeAtOnce(seed.id);
      return;
    }
    const createdAt = this.createdAt(seed.dateCreated);
    const version = seededClient(
      seed,
      present?.version,
      present === undefined ? createdAt : this.store.now(),
    );
    if (present === undefined) {
      const secret = seed.secret ?? newClientSecret();
      const client = { id: seed.id, createdAt, secret, formerSecrets: [], version, former: [] };
      state.clients = [...without(seed.id, state.clients), client];
    } else {
      present.version = version;
      if (version.state === "active") {
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
