// Roles: their names, their policies, their versions, and the protection of default roles.
import { randomUUID } from "node:crypto";
import { defined } from "../../common/defined";
import { defaultCatalogue, expandWildcards, permissionsIn, unknownPermissions } from "./permissionCatalogue";
import { badRequest, conflict, found } from "./simulatorError";
import { type CataloguePermission, type PermissionPolicy, type RoleVersion, type StoredRole } from "./state";
import { type Store } from "./store";

/** A role with the version that a reader gets. */
export interface RoleReading {
  readonly role: StoredRole;
  readonly version: RoleVersion;
}

/** The roles of the organisation; grants are taken away by whoever deletes a role. */
export class Roles {
  constructor(private readonly store: Store) {}

  get catalogue(): readonly CataloguePermission[] {
    return this.store.state.catalogue ?? defaultCatalogue;
  }

  /** The role as the rules see it: there, visible, not deleted. */
  find(id: string): StoredRole | undefined {
    return this.store.state.roles.find(
      (role) => role.id === id && role.deletedAt === undefined && this.isShown(role),
    );
  }

  private isShown(role: StoredRole): boolean {
    return this.store.isShown(role, this.store.consistency.roleVisibleAfterMs);
  }

  private read(role: StoredRole): RoleReading {
    return { role, version: this.store.seen(role.version, role.former) };
  }

  /** What GET answers. @throws SimulatorError 404 */
  get(id: string): RoleReading {
    const role = this.store.state.roles.find((one) => one.id === id && this.isShown(one));
    return this.read(found(role, `role ${id}`));
  }

  /** What the list shows, by name. */
  list(): RoleReading[] {
    return this.store.state.roles
      .filter((role) => this.isShown(role))
      .map((role) => this.read(role))
      .sort((a, b) => a.version.name.localeCompare(b.version.name) || a.role.id.localeCompare(b.role.id));
  }

  /** The policies that count, whatever late readers see; none when the role is gone. */
  policiesOf(id: string): readonly PermissionPolicy[] {
    const role = this.store.state.roles.find((one) => one.id === id);
    return role === undefined || role.deletedAt !== undefined ? [] : role.version.permissionPolicies;
  }

  /** The permissions `domain:entity:action` of a version that the catalogue knows, wildcards expanded. */
  permissionsOf(version: RoleVersion): string[] {
    return expandWildcards(version.permissionPolicies, this.catalogue).flatMap(permissionsIn);
  }

  /** Creates a role. @throws SimulatorError 400, 409 */
  create(version: RoleVersion, defaultRoleId?: string): StoredRole {
    this.requireFreeName(version.name);
    const { maximumRoles } = this.store.switches;
    const living = this.store.state.roles.filter((role) => role.deletedAt === undefined);
    if (maximumRoles !== null && living.length >= maximumRoles) {
      throw badRequest(
        "bad.request",
        `Too many roles exist in this organization: ${maximumRoles} are allowed.`,
      );
    }
    const role: StoredRole = {
      id: randomUUID(),
      createdAt: this.store.now(),
      ...defined({ defaultRoleId }),
      isDefault: false,
      isBase: false,
      version: this.accepted(version),
      former: [],
    };
    this.store.state.roles.push(role);
    this.store.changed();
    return role;
  }

  /** Replaces a role. @throws SimulatorError 400, 404, 409 */
  replace(id: string, version: RoleVersion): StoredRole {
    const role = this.require(id);
    if (role.isDefault && version.name !== role.version.name) {
      throw badRequest("bad.request", "The name of a default role cannot be changed.");
    }
    this.requireFreeName(version.name, id);
    this.setVersion(role, this.accepted(version));
    this.store.changed();
    return role;
  }

  /** Brings default roles back to what they were; all of them when no ids are given. @throws SimulatorError 404 */
  restoreDefaults(ids?: readonly string[]): StoredRole[] {
    const roles =
      ids === undefined
        ? this.store.state.roles.filter((role) => role.isDefault)
        : ids.map((id) => this.require(id));
    for (const role of roles) {
      this.setVersion(role, role.original ?? role.version);
    }
    this.store.changed();
    return roles;
  }

  /** Marks a role as deleted. @throws SimulatorError 400, 404 */
  markDeleted(id: string): StoredRole {
    const role = this.require(id);
    if (role.isDefault) {
      throw badRequest("bad.request", "A default role cannot be deleted; restore it instead.");
    }
    role.deletedAt = this.store.now();
    return role;
  }

  /** The role, for a change. @throws SimulatorError 404 */
  require(id: string): StoredRole {
    return found(this.find(id), `role ${id}`);
  }

  private setVersion(role: StoredRole, version: RoleVersion): void {
    role.former = this.store.remembered(role.version, role.former);
    role.version = version;
  }

  private requireFreeName(name: string, exceptId?: string): void {
    const taken = this.store.state.roles.some(
      (role) =>
        role.id !== exceptId &&
        role.deletedAt === undefined &&
        role.version.name.toLowerCase() === name.toLowerCase(),
    );
    if (taken && this.store.switches.duplicateRoleName === "conflict") {
      throw conflict(`A role named "${name}" already exists.`);
    }
  }

  private accepted(version: RoleVersion): RoleVersion {
    const { refuseUnknownPermissions, expandWildcards: expands } = this.store.switches;
    const unknown = unknownPermissions(version.permissionPolicies, this.catalogue);
    if (refuseUnknownPermissions && unknown.length > 0) {
      throw badRequest("bad.request", `These permissions do not exist: ${unknown.join(", ")}.`);
    }
    const policies = expands
      ? expandWildcards(version.permissionPolicies, this.catalogue)
      : version.permissionPolicies;
    return { ...version, permissionPolicies: policies };
  }
}
