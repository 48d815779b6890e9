// Subjects of grants, and the grant calls under /authorization/subjects and /authorization/roles.
import { type Caller } from "./caller";
import { type Clients } from "./clients";
import { type Grants } from "./grants";
import { type Roles } from "./roles";
import { badRequest, conflict, invalidValue, notFound } from "./simulatorError";
import { type Grant, type RoleDivision, subjectTypes, type SubjectType } from "./state";
import { type Store } from "./store";
import { type Tokens } from "./tokens";

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
    const grants = this.grants.of(id, "subject");
    const user = this.store.state.users.find((one) => one.id === id);
    if (user !== undefined) {
      return { ...user, type: "PC_USER", grants };
    }
    const group = this.store.state.groups?.find((one) => one.id === id);
    if (group !== undefined) {
      return { ...group, type: "PC_GROUP", grants };
    }
    const client = this.clients.require(id);
    return { id, name: client.version.name, type: "PC_OAUTH_CLIENT", grants };
  }

  /** Those who hold a role, with the divisions they hold it in. @throws SimulatorError 404 */
  holdersOf(roleId: string): Subject[] {
    this.roles.get(roleId);
    const ids = this.store.state.grants
      .filter((grant) => grant.roleId === roleId)
      .map((grant) => grant.subjectId);
    return [...new Set(ids)]
      .map((id) => this.get(id))
      .map((subject) => ({
        ...subject,
        grants: this.store.state.grants.filter(
          (grant) => grant.subjectId === subject.id && grant.roleId === roleId,
        ),
      }));
  }

  /** The kind of a subject from a query parameter; a user when it is left out. @throws SimulatorError 400 */
  static typeOf(text: string | undefined): SubjectType {
    const type = subjectTypes.find((known) => known === (text ?? "PC_USER"));
    if (type === undefined) {
      throw invalidValue(text, "SubjectType");
    }
    return type;
  }

  /** Adds grants. @throws SimulatorError 400, 403, 404 */
  add(caller: Caller, id: string, type: SubjectType, pairs: readonly RoleDivision[]): void {
    this.requireSubject(id, type);
    this.requireGrantable(caller, id, pairs);
    if (pairs.length === 0) {
      throw badRequest("bad.request", "The request names no grant.");
    }
    this.grants.add(id, type, "subject", pairs);
    this.store.changed();
  }

  /** Makes the grants exact. @throws SimulatorError 400, 403, 404 */
  replace(caller: Caller, id: string, type: SubjectType, pairs: readonly RoleDivision[]): void {
    this.requireSubject(id, type);
    this.requireGrantable(caller, id, pairs);
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

  private requireSubject(id: string, type: SubjectType): void {
    const exists =
      type === "PC_OAUTH_CLIENT"
        ? this.clients.find(id) !== undefined
        : (type === "PC_USER" ? this.store.state.users : (this.store.state.groups ?? [])).some(
            (holder) => holder.id === id,
          );
    if (!exists) {
      throw notFound(`subject ${id} of type ${type}`);
    }
  }

  private requireGrantable(caller: Caller, subjectId: string, pairs: readonly RoleDivision[]): void {
    this.grants.requireKnown(pairs, notFound);
    const isSelf = subjectId === caller.clientId;
    if (!(isSelf && this.store.switches.selfGrantAllowed)) {
      this.grants.requireHeld(caller, pairs);
    }
  }
}
