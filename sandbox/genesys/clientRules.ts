// What stands in the way of creating or changing an OAuth client, apart from the form of the request.
import { msPerDay } from "../../common/clock";
import { httpStatus } from "../server/httpStatus";
import { type Caller } from "./tokens";
import { clientCredentialsGrant, type ClientRequest } from "./clientRequest";
import { type Grants } from "./grants";
import { badRequest, conflict, notFound, type SimulatorError } from "./simulatorError";
import { type ClientVersion, type RoleDivision } from "./state";
import { type Store } from "./store";

/** Help centre: days between deactivation and removal. */
const plannedRemovalDays = 7;

/** The roles a request gives: only clients of the client-credentials grant have any. */
export function requestedRoles(request: ClientRequest): readonly RoleDivision[] {
  return request.authorizedGrantType === clientCredentialsGrant ? (request.roleDivisions ?? []) : [];
}

/** The rules; each throws what the API would answer. */
export class ClientRules {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
  ) {}

  /** A client of the client-credentials grant holds at least one role. @throws SimulatorError 400 `missing.client.roles` */
  requireRole(request: ClientRequest, roleDivisions: readonly RoleDivision[]): void {
    if (request.authorizedGrantType === clientCredentialsGrant && roleDivisions.length === 0) {
      throw badRequest(
        "missing.client.roles",
        "A client of the grant type CLIENT-CREDENTIALS needs at least one role.",
      );
    }
  }

  /** A new client of the client-credentials grant has a list of addresses, where one is required. @throws SimulatorError 400 */
  requireAddresses({ authorizedGrantType, allowedAddresses = [] }: ClientRequest): void {
    const isRequired = this.store.switches.allowedAddresses?.required === true;
    if (isRequired && authorizedGrantType === clientCredentialsGrant && allowedAddresses.length === 0) {
      throw badRequest(
        "missing.client.ip.allowlist",
        "A client of the grant type CLIENT-CREDENTIALS needs at least one allowed IP address or CIDR range.",
      );
    }
  }

  /** The organisation has room for one more client. @throws SimulatorError 400 `auth.too.many.clients` */
  requireRoom(): void {
    const { maximumClients } = this.store.switches;
    const living = this.store.state.clients.filter((client) => client.deleted === undefined);
    if (maximumClients !== null && living.length >= maximumClients) {
      throw badRequest("auth.too.many.clients", "Too many clients exist in this organization.");
    }
  }

  /** Nobody else has the name, where the organisation minds. @throws SimulatorError 409 */
  requireFreeName(name: string, exceptId?: string): void {
    const taken = this.store.state.clients.some(
      (client) => client.id !== exceptId && client.deleted === undefined && client.version.name === name,
    );
    if (taken && this.store.switches.duplicateClientName === "conflict") {
      throw conflict(`An OAuth client named "${name}" already exists.`);
    }
  }

  /** The pairs exist and the caller may hand them out. @throws SimulatorError 400, 403, 404 */
  requireGrantable(caller: Caller, pairs: readonly RoleDivision[]): void {
    const refuse = (what: string): SimulatorError =>
      this.store.switches.unknownReferenceStatus === httpStatus.notFound
        ? notFound(what)
        : badRequest("bad.request", `The request names an object that does not exist: ${what}.`);
    this.grants.requireKnown(pairs, refuse);
    this.grants.requireHeld(caller, pairs);
  }

  /** Being active lifts a planned removal; staying inactive keeps it. */
  planRemoval(version: ClientVersion, before?: ClientVersion): ClientVersion {
    const { dateToDelete: asked, ...rest } = version;
    if (version.state === "active") {
      return rest;
    }
    const plansByItself = this.store.switches.inactiveSetsDateToDelete && version.state === "inactive";
    const planned = plansByItself ? this.store.now() + plannedRemovalDays * msPerDay : undefined;
    const dateToDelete = asked ?? before?.dateToDelete ?? planned;
    return dateToDelete === undefined ? rest : { ...rest, dateToDelete };
  }
}
