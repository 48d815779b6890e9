// Subjects of grants, and the grant calls under /authorization/subjects and /authorization/roles.
import { type Clients } from "./clients";
import { type Grants } from "./grants";
import { type Roles } from "./roles";
import { badRequest, conflict, found, notFound } from "./simulatorError";
import { type Grant, type RoleDivision, type SubjectType } from "./state";
import { type Store } from "./store";
import { type Caller, type Tokens } from "./tokens";

/** Somebody who can hold grants. */
export interface Subject {
  readonly id: string;
  readonly name: string;
  readonly type: SubjectType;
  readonly grants: readonly Grant[];
}

/** The subjects of the organisation and their grants. */
export class Subjects {
  constructor(
    private readonly store: Store,
    private readonly clients: Clients,
    private readonly roles: Roles,
    private readonly grants: Grants,
    private readonly tokens: Tokens,
  ) {}

  /** A subject with its grants. @throws SimulatorError 404 */
  get(id: string): Subject {
    return { ...found(this.find(id), `OAuth client ${id}`), grants: this.grants.of(id, "subject") };
  }

  private find(id: string): Omit<Subject, "grants"> | undefined {
    const { users, groups = [] } = this.store.state;
    const user = users.find((one) => one.id === id);
    if (user !== undefined) {
      return { ...user, type: "PC_USER" };
    }
    const group = groups.find((one) => one.id === id);
    if (group !== undefined) {
      return { ...group, type: "PC_GROUP" };
    }
    const client = this.clients.find(id);
    return client && { id, name: client.version.name, type: "PC_OAUTH_CLIENT" };
  }

  /** Those who hold a role, with the divisions they hold it in. @throws SimulatorError 404 */
  holdersOf(roleId: string): Subject[] {
    this.roles.get(roleId);
    const held = this.store.state.grants.filter((grant) => grant.roleId === roleId);
    return [...new Set(held.map((grant) => grant.subjectId))].map((id) => ({
      ...this.get(id),
      grants: held.filter((grant) => grant.subjectId === id),
    }));
  }

  /** Adds grants. @throws SimulatorError 400, 403, 404 */
  add(caller: Caller, id: string, type: SubjectType, pairs: readonly RoleDivision[]): void {
    this.requireGrantable(caller, id, type, pairs);
    if (pairs.length === 0) {
      throw badRequest("bad.request", "The request names no grant.");
    }
    this.grants.add(id, type, "subject", pairs);
    this.store.changed();
  }

  /** Makes the grants exact. @throws SimulatorError 400, 403, 404 */
  replace(caller: Caller, id: string, type: SubjectType, pairs: readonly RoleDivision[]): void {
    this.requireGrantable(caller, id, type, pairs);
    if (this.grants.replace(id, type, "subject", pairs) > 0) {
      this.tokens.after("roleRemoval", id);
    }
    this.store.changed();
  }

  /** Takes grants away; those that are not there do not matter. @throws SimulatorError 404 */
  remove(id: string, pairs: readonly RoleDivision[]): void {
    this.get(id);
    if (this.grants.remove(id, "subject", pairs) > 0) {
      this.tokens.after("roleRemoval", id);
    }
    this.store.changed();
  }

  /** Deletes a role together with its grants. @throws SimulatorError 400, 404, 409 */
  deleteRole(roleId: string): void {
    this.roles.require(roleId);
    const isHeld = this.store.state.grants.some((grant) => grant.roleId === roleId);
    if (isHeld && this.store.switches.deleteRoleInUse === "refused") {
      throw conflict(`The role ${roleId} is held by somebody.`);
    }
    this.roles.markDeleted(roleId);
    for (const subjectId of this.grants.removeAll({ roleId })) {
      this.tokens.after("roleRemoval", subjectId);
    }
    this.store.changed();
  }

  private requireGrantable(
    caller: Caller,
    subjectId: string,
    type: SubjectType,
    pairs: readonly RoleDivision[],
  ): void {
    if (this.find(subjectId)?.type !== type) {
      throw notFound(`subject ${subjectId} of type ${type}`);
    }
    this.grants.requireKnown(pairs, notFound);
    const isSelf = subjectId === caller.clientId;
    if (!(isSelf && this.store.switches.selfGrantAllowed)) {
      this.grants.requireHeld(caller, pairs);
    }
  }
}
