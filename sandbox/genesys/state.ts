// The whole state of a simulated organisation, as plain data that can be written to a file.
import { type Consistency, type FormerVersion } from "./consistency";
import { type subjectTypes } from "./organizationSeed";
import { type Switches } from "./switches";

/** One permission, in Genesys's own names. */
export interface CataloguePermission {
  readonly domain: string;
  readonly entityType: string;
  readonly action: string;
  readonly label: string;
  readonly allowsConditions: boolean;
  readonly divisionAware: boolean;
  /** As of a role; whether Genesys's entries have them is not known (docs/genesys-api.md 4.5). */
  readonly baseLicense?: string;
  readonly addonLicenses?: readonly string[];
}

/** A role in a division; `divisionId` may be `*` for all divisions. */
export interface RoleDivision {
  readonly roleId: string;
  readonly divisionId: string;
}

/** Kind of a subject. */
export type SubjectType = (typeof subjectTypes)[number];

/** One grant. `source` tells the two stores apart when the switch `separateGrantStores` is on. */
export interface Grant extends RoleDivision {
  readonly subjectId: string;
  readonly subjectType: SubjectType;
  readonly source: "client" | "subject";
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
}

/** Fields that Genesys may have and nobody here knows: kept and shown as they came. */
export type OtherFields = Readonly<Record<string, unknown>>;

/** The part of an OAuth client that PUT replaces. Times are milliseconds since the epoch. */
export interface ClientVersion {
  readonly name: string;
  readonly description?: string;
  readonly accessTokenValiditySeconds: number;
  readonly registeredRedirectUri: readonly string[];
  readonly scope: readonly string[];
  /** Absent without a list. */
  readonly allowedAddresses?: readonly string[];
  readonly authorizedGrantType: string;
  readonly state: "active" | "inactive" | "disabled";
  readonly dateToDelete?: number;
  /** Absent without any. */
  readonly other?: OtherFields;
  readonly modifiedAt: number;
  readonly modifiedBy?: string;
}

/** A version with the roles it had, as a late reader sees it. */
export interface ClientReading {
  readonly version: ClientVersion;
  readonly roleDivisions: readonly RoleDivision[];
}

/** An OAuth client with its secret. Times are milliseconds since the epoch. */
export interface StoredClient {
  readonly id: string;
  readonly createdAt: number;
  readonly createdBy?: string;
  secret: string;
  formerSecrets: { readonly secret: string; readonly replacedAt: number }[];
  version: ClientVersion;
  former: FormerVersion<ClientReading>[];
  /** When a client goes whose DELETE was accepted and which shows no `dateToDelete`. */
  hiddenRemovalAt?: number;
  deleted?: { readonly at: number; readonly reading: ClientReading };
}

/** One policy of a role, in Genesys's own names; conditions are kept and not evaluated. */
export interface PermissionPolicy {
  readonly domain: string;
  readonly entityName: string;
  readonly actionSet: readonly string[];
  readonly [other: string]: unknown;
}

/** The part of a role that PUT replaces. */
export interface RoleVersion {
  readonly name: string;
  readonly description?: string;
  readonly permissions: readonly string[];
  readonly permissionPolicies: readonly PermissionPolicy[];
  /** Absent without any. */
  readonly other?: OtherFields;
}

/** A role. Times are milliseconds since the epoch. */
export interface StoredRole {
  readonly id: string;
  readonly createdAt: number;
  readonly defaultRoleId?: string;
  readonly isDefault: boolean;
  readonly isBase: boolean;
  /** What restoring a default role brings back. */
  readonly original?: RoleVersion;
  /** Undefined stands for all: nobody uses the role. */
  unusedPermissions?: readonly string[];
  version: RoleVersion;
  former: FormerVersion<RoleVersion>[];
  deletedAt?: number;
}

/** An access token. Times are milliseconds since the epoch. */
export interface StoredToken {
  readonly value: string;
  readonly clientId: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** What the token can still do after its client was deleted (switch `tokenSurvives.delete`). */
  readonly retained?: readonly RoleDivision[];
}

/** A division. */
export interface Division {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly isHome: boolean;
}

/** A person or a group, only as a holder of grants. */
interface StoredHolder {
  readonly id: string;
  readonly name: string;
}

/** The part of an integration credential that PUT replaces. */
export interface IntegrationCredentialVersion {
  name: string;
  typeName: string;
  fields: Readonly<Record<string, string>>;
}

/** A credential of an integration inside Genesys. Times are milliseconds since the epoch. */
export interface IntegrationCredential extends IntegrationCredentialVersion {
  readonly id: string;
  readonly createdAt: number;
  modifiedAt: number;
  /** Absent before the first PUT. */
  former?: FormerVersion<IntegrationCredentialVersion>[];
  deletedAt?: number;
}

/** One line of usage figures, in Genesys's own names; `date` is ISO 8601. */
export interface UsageRow {
  readonly clientId: string;
  readonly date: string;
  readonly [figure: string]: unknown;
}

/** A usage query that was started. Times are milliseconds since the epoch. */
export interface UsageExecution {
  readonly id: string;
  readonly clientId: string;
  readonly from: number;
  readonly to: number;
  polls: number;
}

/** A usage job that was started. Times are milliseconds since the epoch; both ends belong to it. */
export interface UsageJob {
  readonly id: string;
  /** Absent where it is about all clients. */
  readonly clientId?: string;
  readonly from: number;
  readonly to: number;
  readonly granularity: "Day" | "Week" | "Month";
  readonly groupBy: readonly string[];
  readonly oauthClientIds: readonly string[];
  readonly templateUris: readonly string[];
  readonly httpMethods: readonly string[];
  polls: number;
}

/** Everything there is. */
export interface OrganizationState {
  readonly format: 1;
  id: string;
  name: string;
  clockOffsetMs: number;
  switches: Switches;
  consistency: Consistency;
  /** Undefined stands for the built-in catalogue. */
  catalogue?: CataloguePermission[];
  divisions: Division[];
  users: StoredHolder[];
  /** Absent without any. */
  groups?: StoredHolder[];
  roles: StoredRole[];
  clients: StoredClient[];
  grants: Grant[];
  tokens: StoredToken[];
  integrationCredentials: IntegrationCredential[];
  usageRows: UsageRow[];
  usageExecutions: UsageExecution[];
  /** Absent without any. */
  usageJobs?: readonly UsageJob[];
}
