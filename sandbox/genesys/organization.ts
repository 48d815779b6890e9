// The simulated organisation: its areas behind one object. No HTTP; every rule takes the time from one clock.
import { defined } from "../../common/defined";
import { type MovableClock } from "../server/movableClock";
import { Clients } from "./clients";
import { type ConsistencyPatch, patchConsistency, strictConsistency } from "./consistency";
import { Divisions } from "./divisions";
import { Grants } from "./grants";
import { IntegrationCredentials } from "./integrationCredentials";
import { permissionsIn } from "./permissionCatalogue";
import { type OrganizationSeed } from "./organizationSeed";
import { Roles } from "./roles";
import { organizationId, organizationName, defaultSeed } from "./seed";
import { Seeding } from "./seeding";
import { type OrganizationState } from "./state";
import { Store } from "./store";
import { Subjects } from "./subjects";
import { defaultSwitches, patchSwitches, type SwitchesPatch } from "./switches";
import { Tokens } from "./tokens";
import { Usage } from "./usage";
import { UsageJobs } from "./usageJobs";

/** An organisation without anything in it. */
function emptyState(): OrganizationState {
  return {
    format: 1,
    id: organizationId,
    name: organizationName,
    clockOffsetMs: 0,
    switches: defaultSwitches(),
    consistency: strictConsistency(),
    divisions: [],
    users: [],
    roles: [],
    clients: [],
    grants: [],
    tokens: [],
    integrationCredentials: [],
    usageRows: [],
    usageExecutions: [],
  };
}

/** The organisation. */
export class Organization {
  readonly store: Store;
  readonly clients: Clients;
  readonly divisions: Divisions;
  readonly grants: Grants;
  readonly integrationCredentials: IntegrationCredentials;
  readonly roles: Roles;
  readonly subjects: Subjects;
  readonly tokens: Tokens;
  readonly usage: Usage;
  readonly usageJobs: UsageJobs;
  private readonly seeding: Seeding;

  /**
   * @param clock the clock of all rules; the offset in the state is set on it
   * @param state the state to go on with; undefined for the default world
   * @param onChange called after each change
   * @param seed added to the default world; unused where there is a state to go on with
   */
  constructor(
    readonly clock: MovableClock,
    state?: OrganizationState,
    onChange: (state: OrganizationState) => void = () => undefined,
    seed: OrganizationSeed = {},
  ) {
    this.store = new Store(state ?? emptyState(), clock, onChange);
    clock.offsetMs = this.store.state.clockOffsetMs;
    this.roles = new Roles(this.store);
    this.grants = new Grants(this.store, this.roles);
    this.tokens = new Tokens(this.store);
    this.divisions = new Divisions(this.store);
    this.clients = new Clients(this.store, this.grants, this.tokens, () => this.divisions.home().id);
    this.subjects = new Subjects(this.store, this.clients, this.roles, this.grants, this.tokens);
    this.integrationCredentials = new IntegrationCredentials(this.store);
    this.usage = new Usage(this.store, this.clients);
    this.usageJobs = new UsageJobs(this.store, this.clients);
    this.seeding = new Seeding(this.store, this.clients, this.grants, this.tokens);
    if (state === undefined) {
      this.seeding.apply(defaultSeed, seed);
    }
  }

  get id(): string {
    return this.store.state.id;
  }

  get name(): string {
    return this.store.state.name;
  }

  /** Adds to the organisation, or changes it, without the API. */
  seed(seed: OrganizationSeed): void {
    this.seeding.apply(seed);
  }

  /** Starts over with the default world and this seed; the clock goes on. */
  reset(seed: OrganizationSeed = {}): void {
    Object.assign(this.store.state, emptyState(), { clockOffsetMs: this.clock.offsetMs });
    delete this.store.state.catalogue;
    delete this.store.state.groups;
    delete this.store.state.usageJobs;
    this.tokens.forgetMinting();
    this.seeding.apply(defaultSeed, seed);
  }

  /** Throws zod's error when the patch holds an unknown name or value. */
  setSwitches(patch: SwitchesPatch): void {
    this.store.state.switches = patchSwitches(this.store.switches, patch);
    this.store.changed();
  }

  /** Throws zod's error when the patch holds an unknown name or value. */
  setConsistency(patch: ConsistencyPatch): void {
    this.store.state.consistency = patchConsistency(this.store.consistency, patch);
    this.store.changed();
  }

  /** Moves the clock forward. */
  advanceClock(byMs: number): void {
    this.clock.offsetMs += byMs;
    this.store.state.clockOffsetMs = this.clock.offsetMs;
    this.store.changed();
  }

  /** The organisation as it is, whatever late readers see: no secret, no token. Dates are ISO 8601. */
  describe() {
    const { state } = this.store;
    const now = this.store.now();
    return {
      id: state.id,
      name: state.name,
      now: new Date(now).toISOString(),
      divisions: state.divisions,
      roles: state.roles
        .filter((role) => role.deletedAt === undefined)
        .map(({ id, version }) => ({
          id,
          name: version.name,
          permissions: version.permissionPolicies.flatMap(permissionsIn),
        })),
      clients: state.clients
        .filter((client) => this.clients.find(client.id) !== undefined)
        .map(({ id, version }) => ({
          id,
          name: version.name,
          ...defined({ description: version.description }),
          state: version.state,
          authorizedGrantType: version.authorizedGrantType,
          accessTokenValiditySeconds: version.accessTokenValiditySeconds,
          ...defined({ allowedAddresses: version.allowedAddresses }),
          liveTokens: state.tokens.filter((token) => token.clientId === id && token.expiresAt > now).length,
        })),
      grants: state.grants.map(({ madeAt: _madeAt, ...grant }) => grant),
      integrationCredentials: state.integrationCredentials
        .filter(({ deletedAt }) => deletedAt === undefined)
        .map(({ id, name }) => ({ id, name })),
      switches: state.switches,
      consistency: state.consistency,
    };
  }
}
