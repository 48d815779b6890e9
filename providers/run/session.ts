// One session with one organisation: the client, the look-ups that all resources of a run share, and the guard before each write.
import { type Clock, systemClock } from "../../common/clock";
import { defined } from "../../common/defined";
import { Redactor } from "../../common/redact";
import { GenesysClient } from "../../genesys/client";
import { Divisions } from "../../genesys/divisions";
import { Grants } from "../../genesys/grants";
import { Identity, type TokenIdentity } from "../../genesys/identity";
import { IntegrationCredentials } from "../../genesys/integrationCredentials";
import { clientLimitIn, confirmedClientLimitKey, type LimitKey } from "../../genesys/knowledge/clientLimit";
import { Limits } from "../../genesys/limits";
import { OAuthClients } from "../../genesys/oauthClients";
import { Permissions } from "../../genesys/permissions";
import { RoleHolders } from "../../genesys/roleHolders";
import { Roles } from "../../genesys/roles";
import type { RoleEntity } from "../../genesys/wire";
import { readHeldPermissions } from "../../genesys/heldPermissions";
import { isSameOrganization } from "../engine/organization";
import { ClientMemory } from "./clientMemory";
import { ifTold } from "./ifTold";
import { ListedObjects } from "./listedObjects";
import { NameMemory } from "./nameMemory";
import type { Patience } from "./patience";
import { shared } from "./shared";
import { explain, ProviderError } from "../engine/providerError";
import type { DeployerSettings } from "../../genesys/settings";

/** What tests replace. */
export interface SessionOptions {
  readonly clock?: Clock;
  readonly redactor?: Redactor;
  readonly notify?: (line: string) => void;
  readonly random?: () => number;
  readonly clientLimitKey?: LimitKey;
}

/** What a run tells once, whichever resource comes to it first. */
type Topic = "lack of room" | "addresses not sent" | "not compared" | "other state" | `lack of ${string}`;

export class Session implements Patience {
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly waitMs: number;
  readonly reconcile: boolean;
  /** Whether the deployer's permissions are compared before the first write. */
  readonly checksDeployer: boolean;
  /** As configured; compared with clients that are to be replaced or deleted. */
  readonly deployerClientId: string;
  readonly notify: (line: string) => void;
  readonly client: GenesysClient;
  readonly oauthClients: OAuthClients;
  readonly roles: Roles;
  readonly roleHolders: RoleHolders;
  readonly grants: Grants;
  readonly integrationCredentials: IntegrationCredentials;
  readonly identity: Identity;

  /** Roles that this run gave the deployer: a refusal to hand them out is a matter of time (docs/genesys-api.md 3.8). */
  readonly freshRoleIds = new Set<string>();
  /** What resources tell each other about clients. */
  readonly clients = new ClientMemory();
  /** What written names of divisions and existing roles stand for. */
  readonly names = new NameMemory();
  /** Ids that a creation of this run took over: a deletion of the same id in the same run is of its former record. */
  readonly adoptedIds = new Set<string>();
  /** Whose objects this run looks after: the id of the stack's identity, as soon as it is known. */
  stackIdentity: string | undefined;
  /** Why an entry that is new in state is no new one, by kind and key, as `credentials/nightly-reports`. */
  renames: ReadonlyMap<string, string> = new Map();
  /** The keys of the credentials that this run rotates, as far as the stack's identity tells. */
  raised: ReadonlySet<string> = new Set();
  /** The clients that this run is to make, each by its owner and generation. */
  readonly plannedClients = new Set<string>();
  /** Whether the program only previews: it tells every check, and nothing else knows before a write. */
  isPreview = false;
  /** The home division in a record of this organisation: nobody needs to ask for it then. */
  recordedHomeDivisionId: string | undefined;

  // The look-ups that the resources of a run share: each is asked once.
  readonly divisions = shared(() => new Divisions(this.client).list());
  /** Every permission that a role may hold. */
  readonly catalogue = shared(() => new Permissions(this.client).catalogue());
  /** What the deployer may do. */
  readonly heldPermissions = shared(() =>
    readHeldPermissions(() => this.enter("Reading the deployer's roles", undefined), this.grants),
  );
  /** How many OAuth clients the organisation may have; undefined when Genesys does not tell it. Nobody is asked while no key is confirmed. */
  readonly clientLimit = shared(async () =>
    this.clientLimitKey === undefined
      ? undefined
      : clientLimitIn(
          await this.limits.of(this.clientLimitKey.namespace).catch(() => []),
          this.clientLimitKey,
        ),
  );
  /** All clients as they were when first asked for in this run. */
  readonly clientsAtStart = shared(() => this.oauthClients.list());
  /** All integration credentials as they were when first asked for in this run. */
  readonly integrationCredentialsAtStart = shared(() => this.integrationCredentials.list());
  /** All roles as they were when first asked for in this run. */
  readonly rolesAtStart = shared(() => this.roles.list());
  /** The same for a refresh, which looks at every object. */
  readonly listedClients = new ListedObjects(this.clientsAtStart);
  readonly listedRoles = new ListedObjects(this.rolesAtStart);

  private readonly limits: Limits;
  private readonly clientLimitKey: LimitKey | undefined;
  private readonly deployer = shared(() => this.identity.read());
  private readonly homeDivision = shared(() => new Divisions(this.client).home());
  private readonly rolesByName = new Map<string, () => Promise<RoleEntity[]>>();
  private isRunFailureReported = false;
  private readonly told = new Set<Topic>();

  constructor(settings: DeployerSettings, options: SessionOptions = {}) {
    this.clock = options.clock ?? systemClock;
    this.redactor = options.redactor ?? new Redactor();
    const notify = options.notify ?? (() => undefined);
    this.notify = (line) => {
      notify(this.redactor.line(line));
    };
    this.waitMs = settings.waitMs;
    this.reconcile = settings.reconcile;
    this.checksDeployer = settings.checksDeployer ?? true;
    this.deployerClientId = settings.credentials.clientId;
    this.client = new GenesysClient({
      ...settings,
      clock: this.clock,
      redactor: this.redactor,
      notify: this.notify,
      ...defined({ random: options.random }),
    });
    this.oauthClients = new OAuthClients(this.client);
    this.roles = new Roles(this.client);
    this.limits = new Limits(this.client);
    this.clientLimitKey = options.clientLimitKey ?? confirmedClientLimitKey;
    this.roleHolders = new RoleHolders(this.client);
    this.grants = new Grants(this.client);
    this.integrationCredentials = new IntegrationCredentials(this.client);
    this.identity = new Identity(this.client);
  }

  /**
   * To be awaited before anything is read or written: signs in, and refuses any organisation but the expected one.
   * @param expectedId From the declaration, or from the record of the object; undefined means that none was ever named.
   * @returns The identity of the deployer.
   */
  async enter(action: string, expectedId: string | undefined): Promise<TokenIdentity> {
    let identity: TokenIdentity;
    try {
      identity = await this.deployer();
    } catch (error) {
      throw this.runFailure(action, explain(action, error, this.redactor), "the deployer could not sign in");
    }
    if (expectedId !== undefined && !isSameOrganization(identity.organizationId, expectedId)) {
      const name = identity.organizationName === undefined ? "" : ` (${identity.organizationName})`;
      const full = new ProviderError(
        "ORGANIZATION_MISMATCH",
        `${action}: the deployer belongs to organisation ${identity.organizationId}${name}, but this is for ` +
          `organisation ${expectedId}; nothing was done. Use the credentials of that organisation, or correct ` +
          "genesys-credentials:organization.id",
      );
      const told = explain(action, full, this.redactor);
      throw this.runFailure(action, told, "the deployer belongs to another organisation");
    }
    return identity;
  }

  /** Whether the deployer can sign in, and to the expected organisation. What keeps it from that is told by those who {@link enter}. */
  async canEnter(expectedId: string | undefined): Promise<boolean> {
    const identity = await ifTold(this.deployer);
    return (
      identity !== undefined &&
      (expectedId === undefined || isSameOrganization(identity.organizationId, expectedId))
    );
  }

  /** Of a failure that meets every resource of a run, the first one is told in full. */
  private runFailure(action: string, full: ProviderError, short: string): ProviderError {
    if (!this.isRunFailureReported) {
      this.isRunFailureReported = true;
      return full;
    }
    return new ProviderError(
      full.code,
      `${action}: not attempted, since ${short} (told in full elsewhere in this run)`,
    );
  }

  /** Whether nothing was told of the topic yet in this run; from now on it was. */
  beginTelling(topic: Topic): boolean {
    const isFirst = !this.told.has(topic);
    this.told.add(topic);
    return isFirst;
  }

  async homeDivisionId(): Promise<string> {
    return this.recordedHomeDivisionId ?? (await this.homeDivision()).id;
  }

  /** The role of this id, or else the roles of this name, in whatever case; asked once a run. */
  rolesNamed(idOrName: string): Promise<RoleEntity[]> {
    const key = idOrName.toLowerCase();
    const find = this.rolesByName.get(key) ?? shared(() => this.roles.findByIdOrName(idOrName));
    this.rolesByName.set(key, find);
    return find();
  }
}
