// OAuth clients: creation, replacement, secrets, and the long way to deletion.
import { msPerDay } from "../../common/clock";
import { randomUUID } from "node:crypto";
import { defined } from "../../common/defined";
import { bodyObject } from "./bodyFields";
import { type ClientRequest, readClientRequest, versionOf } from "./clientRequest";
import { ClientRules, requestedRoles } from "./clientRules";
import { type Grants } from "./grants";
import { newClientSecret } from "./secretValues";
import { badRequest, found } from "./simulatorError";
import { type ClientReading, type StoredClient } from "./state";
import { type Store } from "./store";
import { type Caller, type Tokens } from "./tokens";

/** Help centre: only a client made within the last 30 days is deleted at once. */
const youngClientDays = 30;

/** What GET and the list show of a client. */
export interface ShownClient extends ClientReading {
  readonly client: StoredClient;
  readonly isDeleted: boolean;
}

/** The OAuth clients of the organisation. */
export class Clients {
  private readonly rules: ClientRules;

  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly tokens: Tokens,
    private readonly homeDivisionId: () => string,
  ) {
    this.rules = new ClientRules(store, grants);
  }

  /** The client as the rules see it; undefined when there is none or it is deleted. */
  find(id: string): StoredClient | undefined {
    this.removePlanned();
    return this.store.state.clients.find((client) => client.id === id && client.deleted === undefined);
  }

  /** The client, for a change. @throws SimulatorError 404 */
  require(id: string): StoredClient {
    return found(this.find(id), `OAuth client ${id}`);
  }

  /** What GET answers. @throws SimulatorError 404 */
  get(id: string): ShownClient {
    this.removePlanned();
    const client = this.store.state.clients.find((one) => one.id === id);
    return found(client && this.shown(client), `OAuth client ${id}`);
  }

  /** What the list shows, oldest first. */
  list(): ShownClient[] {
    this.removePlanned();
    return this.store.state.clients
      .map((client) => this.shown(client))
      .filter((shown) => shown !== undefined);
  }

  private shown(client: StoredClient): ShownClient | undefined {
    const { consistency, switches } = this.store;
    const now = this.store.now();
    if (client.deleted !== undefined) {
      const { at, reading } = client.deleted;
      if (at + consistency.deleteVisibleAfterMs > now) {
        return { client, ...reading, isDeleted: false };
      }
      const isShown =
        switches.getAfterDelete === "deleted" && at + switches.deletedShownForDays * msPerDay > now;
      return isShown ? { client, ...reading, isDeleted: true } : undefined;
    }
    if (client.createdAt + consistency.clientVisibleAfterMs > now) {
      return undefined;
    }
    return { client, ...this.store.seen(this.current(client), client.former), isDeleted: false };
  }

  /** The client as it is, whatever late readers see. */
  current(client: StoredClient): ClientReading {
    return { version: client.version, roleDivisions: this.grants.pairsOf(client.id, "client") };
  }

  /** Creates a client with a new secret. @throws SimulatorError 400, 403, 404, 409 */
  create(caller: Caller, body: unknown): StoredClient {
    const request = this.read(body);
    const roleDivisions = requestedRoles(request);
    this.rules.requireRole(request, roleDivisions);
    this.rules.requireAddresses(request);
    this.rules.requireRoom();
    this.rules.requireFreeName(request.name);
    this.rules.requireGrantable(caller, roleDivisions);
    const createdAt = this.store.now();
    const client: StoredClient = {
      id: randomUUID(),
      createdAt,
      ...defined({ createdBy: this.maker(caller) }),
      secret: newClientSecret(),
      formerSecrets: [],
      version: this.rules.planRemoval(versionOf(request, undefined, this.stamp(caller))),
      former: [],
    };
    this.store.state.clients.push(client);
    this.grants.add(client.id, "PC_OAUTH_CLIENT", "client", roleDivisions);
    this.store.changed();
    return client;
  }

  /** Replaces a client; id and secret stay. @throws SimulatorError 400, 403, 404, 409 */
  replace(caller: Caller, id: string, body: unknown): StoredClient {
    const client = this.require(id);
    const request = this.read(body);
    const { switches } = this.store;
    const present = this.current(client);
    const keeps = switches.missingFieldsOnPut === "keep";
    const roleDivisions =
      request.roleDivisions === undefined && keeps ? present.roleDivisions : requestedRoles(request);
    if (switches.rolesRequiredOnPut) {
      this.rules.requireRole(request, roleDivisions);
    }
    this.rules.requireFreeName(request.name, id);
    const alsoHeld = switches.heldRolesOnEdit === "requestedAndCurrent" ? present.roleDivisions : [];
    this.rules.requireGrantable(caller, [...roleDivisions, ...alsoHeld]);

    client.former = this.store.remembered(present, client.former);
    client.version = this.rules.planRemoval(
      versionOf(request, keeps ? client.version : undefined, this.stamp(caller)),
      client.version,
    );
    if (client.version.state === "active") {
      delete client.hiddenRemovalAt;
    }
    const removed = this.grants.replace(id, "PC_OAUTH_CLIENT", "client", roleDivisions);
    this.tokens.afterStateChange(id, client.version.state);
    if (removed > 0) {
      this.tokens.after("roleRemoval", id);
    }
    this.store.changed();
    return client;
  }

  /** Replaces the secret. @throws SimulatorError 404 */
  resetSecret(caller: Caller, id: string): StoredClient {
    const client = this.require(id);
    const now = this.store.now();
    const oldest = now - this.store.consistency.oldSecretDiesAfterMs;
    client.formerSecrets = [...client.formerSecrets, { secret: client.secret, replacedAt: now }].filter(
      (former) => former.replacedAt > oldest,
    );
    client.secret = newClientSecret();
    client.version = { ...client.version, ...this.stamp(caller) };
    this.tokens.after("secretReset", id);
    this.store.changed();
    return client;
  }

  /** Deletes a client that is not in use any more, or plans its removal. @throws SimulatorError 400 `cannot.delete.client`, 404 */
  delete(id: string): void {
    const client = this.require(id);
    const { keepDeletedForDays, keptDeletedShowsDate, deleteDisabled } = this.store.switches;
    const { state } = client.version;
    if (state === "active" || (state === "disabled" && deleteDisabled === "refused")) {
      throw badRequest(
        "cannot.delete.client",
        "The client cannot be deleted: clients must be marked inactive to be eligible for deletion.",
      );
    }
    const now = this.store.now();
    if (keepDeletedForDays > 0 && client.createdAt + youngClientDays * msPerDay <= now) {
      const removalAt =
        client.hiddenRemovalAt ?? client.version.dateToDelete ?? now + keepDeletedForDays * msPerDay;
      client.version = { ...client.version, state: "inactive" };
      if (keptDeletedShowsDate) {
        client.version = { ...client.version, dateToDelete: removalAt };
      } else {
        client.hiddenRemovalAt = removalAt;
      }
    } else {
      this.remove(client, now);
    }
    this.store.changed();
  }

  /** Removes a client whatever its state, as Genesys's support could; nothing happens when there is none. */
  removeAtOnce(id: string): void {
    const client = this.find(id);
    if (client !== undefined) {
      this.remove(client, this.store.now());
    }
  }

  /** Removes an inactive client whose day has come. */
  private removePlanned(): void {
    const now = this.store.now();
    const dayOf = ({ version, hiddenRemovalAt }: StoredClient): number =>
      hiddenRemovalAt ?? version.dateToDelete ?? Infinity;
    const due = this.store.state.clients.filter(
      (client) => client.deleted === undefined && client.version.state === "inactive" && dayOf(client) <= now,
    );
    for (const client of due) {
      this.remove(client, dayOf(client));
    }
    if (due.length > 0) {
      this.store.changed();
    }
  }

  private remove(client: StoredClient, at: number): void {
    this.tokens.beforeDelete(client.id, this.grants.effectivePairs(client.id));
    client.deleted = { at, reading: this.current(client) };
    this.grants.removeAll({ subjectId: client.id });
  }

  private read(body: unknown): ClientRequest {
    const request = readClientRequest(bodyObject(body), this.store.switches, this.homeDivisionId());
    if (request.state === "disabled" && !this.store.switches.customersMaySetDisabled) {
      throw badRequest(
        "invalid.value",
        "Value [disabled] is not valid for field type [State]: only support can set it.",
      );
    }
    return request;
  }

  private maker(caller: Caller): string | undefined {
    return this.store.switches.createdByHolds === "client" ? caller.clientId : undefined;
  }

  private stamp(caller: Caller): { modifiedAt: number; modifiedBy?: string } {
    return { modifiedAt: this.store.now(), ...defined({ modifiedBy: this.maker(caller) }) };
  }
}
