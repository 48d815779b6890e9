// Declarations after the check: defaults that depend on other values filled in, references resolved, order fixed.
import { canonicalAddresses } from "../common/addressRange";
import type { AwsSettings } from "../common/awsSettings";
import {
  allDivisions,
  defaultValiditySeconds,
  homeDivision,
  restrictedValiditySeconds,
} from "./credentialSchema";
import { type ClientAdoption, resolveClientAdoption, type RoleAdoption } from "./adoption";
import { canonicalId } from "./canonicalId";
import { type Endpoints } from "./endpoints";
import { clientCredentialsGrant, type GrantType } from "./grantType";
import { normalizeInstant } from "./instants";
import {
  resolveIntegrationCredential,
  type ResolvedIntegrationCredential,
} from "./integrationCredentialSchema";
import { defaultSecretName, ownerText } from "./naming";
import { entriesByKey, sorted } from "./order";
import { permissionsOf, type RolePermissions } from "./permissionPolicies";
import { roleUseOf } from "./references";
import { type Ring, ringOf } from "./ringSchema";
import { type ClientTurn, slotsOf, type Slot } from "./rotation";
import { type CredentialDeclaration, type Declarations } from "./schema";
import { isAccountKey } from "./secretSchema";
import { type PayloadSpelling } from "../common/payloadSpelling";

/** One role in one division. Exactly one of `roleKey` and `roleName` is there. */
export interface DeclaredRoleDivision {
  /** The key of a role that this stack declares. */
  readonly roleKey?: string;
  /** The name of a role that this stack does not manage. */
  readonly roleName?: string;
  /** `home`, `*` or a division's name. */
  readonly division: string;
}

/** A role to be managed. */
export interface ResolvedRole extends RolePermissions {
  readonly key: string;
  /** Its name in Genesys. */
  readonly name: string;
  readonly description: string;
  readonly grantToDeployer: boolean;
  /** Where this stack's credentials use the role, sorted: what the deployer must hold. `["home"]` when unused, `["*"]` alone when any uses all. */
  readonly deployerDivisions: readonly string[];
  /** Whose role it is: `<project>/<stack>/<key>`. */
  readonly marker: string;
  /** The key that it had before it was renamed. */
  readonly formerly?: string;
  /** The role that is taken over; absent for one that is made. */
  readonly adopt?: RoleAdoption;
}

/** The rotation settings of a credential. */
export interface ResolvedRotation {
  readonly generation: number;
  /** ISO instant in UTC. */
  readonly rotatedAt?: string;
  /** ISO 8601 duration. */
  readonly every?: string;
  readonly clients: ClientTurn;
  readonly overlap: "previous" | "none";
  readonly previous: "keep" | "revoked";
  /** ISO 8601 duration. */
  readonly minimumOverlap?: string;
}

/** The stored secret of a credential. */
export interface ResolvedSecret {
  readonly name: string;
  /** 0 or 7 to 30. */
  readonly recoveryWindowInDays: number;
  /** Absent for the account's own key. */
  readonly kmsKeyId?: string;
  readonly keys: PayloadSpelling;
  /** Keys sorted. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A credential to be managed. */
export interface ResolvedCredential {
  readonly key: string;
  readonly description: string;
  readonly authorizedGrantType: GrantType;
  /** 300 to 172800. */
  readonly accessTokenValiditySeconds: number;
  /** Sorted, unique, one entry for each role and division; empty for grant types of people. */
  readonly roleDivisions: readonly DeclaredRoleDivision[];
  /** Sorted, unique; absent for CLIENT-CREDENTIALS. */
  readonly registeredRedirectUri?: readonly string[];
  /** Sorted, unique; absent for CLIENT-CREDENTIALS. */
  readonly scope?: readonly string[];
  /** IP addresses and networks, canonical, in one order, unique; absent where every address is allowed. */
  readonly allowedAddresses?: readonly string[];
  readonly type: "general" | "restricted";
  /** The boundary of a restricted credential, sorted, unique; absent for a general one. */
  readonly allow?: readonly string[];
  readonly rotation: ResolvedRotation;
  /** Current first. */
  readonly slots: readonly Slot[];
  readonly secret: ResolvedSecret;
  /** Where data actions inside Genesys keep the pair; absent where none is declared. */
  readonly integrationCredential?: ResolvedIntegrationCredential;
  readonly revoked: boolean;
  /** The client that is taken over as that of generation 0; absent where every client is made. See adoption.ts. */
  readonly adopt?: ClientAdoption;
  /** The key that it had before it was renamed. */
  readonly formerly?: string;
  /** Whose clients they are: `<project>/<stack>/<key>`. */
  readonly owner: string;
}

/** Everything that a stack declares. */
export interface ResolvedDeclarations {
  readonly organization: { readonly id?: string; readonly region?: string };
  /** Origin of the API. */
  readonly apiUrl: string;
  /** `<login origin>/oauth/token`. */
  readonly tokenUrl: string;
  /** How the stored secrets are reached. */
  readonly aws: AwsSettings;
  /** The stack that rotates before this one; absent where none does. */
  readonly after?: Ring;
  /** Sorted by key. */
  readonly roles: readonly ResolvedRole[];
  /** Sorted by key. */
  readonly credentials: readonly ResolvedCredential[];
}

/** Resolves declarations whose references were checked. The order in which things are written makes no difference. */
export function resolveDeclarations(
  declarations: Declarations,
  names: { readonly project: string; readonly stack: string },
  endpoints: Endpoints,
): Omit<ResolvedDeclarations, "aws"> {
  const credentials = entriesByKey(declarations.credentials).map(([key, credential]) =>
    resolveCredential(key, credential, names),
  );
  const { id } = declarations.organization;
  return {
    organization: {
      ...(id === undefined ? {} : { id: canonicalId(id) }),
      ...(endpoints.region === undefined ? {} : { region: endpoints.region }),
    },
    apiUrl: endpoints.apiUrl,
    tokenUrl: endpoints.tokenUrl,
    ...(declarations.after === undefined ? {} : { after: ringOf(declarations.after) }),
    roles: entriesByKey(declarations.roles).map(([key, role]) => ({
      key,
      name: role.name ?? key,
      description: role.description,
      ...permissionsOf(role),
      grantToDeployer: role.grantToDeployer,
      deployerDivisions: divisionsOf(key, credentials),
      marker: ownerText(names.project, names.stack, key),
      ...(role.formerly === undefined ? {} : { formerly: role.formerly }),
      ...(role.adopt === undefined ? {} : { adopt: { roleId: canonicalId(role.adopt.roleId) } }),
    })),
    credentials,
  };
}

function resolveCredential(
  key: string,
  credential: CredentialDeclaration,
  { project, stack }: { readonly project: string; readonly stack: string },
): ResolvedCredential {
  const { rotation, secret, revoked } = credential;
  const rotatedAt = rotation.rotatedAt === undefined ? undefined : normalizeInstant(rotation.rotatedAt);
  return {
    key,
    description: credential.description,
    authorizedGrantType: credential.grantType as GrantType, // the schema takes no other text
    accessTokenValiditySeconds:
      credential.accessTokenValiditySeconds ??
      (credential.type === "restricted" ? restrictedValiditySeconds : defaultValiditySeconds),
    roleDivisions: roleDivisionsOf(credential),
    ...(credential.grantType === clientCredentialsGrant
      ? {}
      : { registeredRedirectUri: sorted(credential.redirectUris), scope: sorted(credential.scopes) }),
    ...(credential.allowedAddresses === undefined
      ? {}
      : { allowedAddresses: canonicalAddresses(credential.allowedAddresses) }),
    type: credential.type,
    ...(credential.allow === undefined ? {} : { allow: sorted(credential.allow) }),
    rotation: {
      generation: rotation.generation,
      ...(rotatedAt === undefined ? {} : { rotatedAt }),
      ...(rotation.every === undefined ? {} : { every: rotation.every }),
      clients: rotation.clients,
      overlap: rotation.overlap,
      previous: rotation.previous,
      ...(rotation.minimumOverlap === undefined ? {} : { minimumOverlap: rotation.minimumOverlap }),
    },
    slots: slotsOf({ ...rotation, revoked }),
    secret: {
      name: secret.name ?? defaultSecretName(stack, key),
      recoveryWindowInDays: secret.recoveryWindowInDays,
      ...(secret.kmsKeyId === undefined || isAccountKey(secret.kmsKeyId)
        ? {}
        : { kmsKeyId: secret.kmsKeyId }),
      keys: secret.keys,
      tags: Object.fromEntries(entriesByKey(secret.tags)),
    },
    ...(credential.integrationCredential === undefined
      ? {}
      : { integrationCredential: resolveIntegrationCredential(credential.integrationCredential) }),
    revoked,
    ...(credential.adopt === undefined ? {} : { adopt: resolveClientAdoption(credential.adopt) }),
    ...(credential.formerly === undefined ? {} : { formerly: credential.formerly }),
    owner: ownerText(project, stack, key),
  };
}

function roleDivisionsOf(credential: CredentialDeclaration): readonly DeclaredRoleDivision[] {
  const bySortKey = (credential.roles ?? []).map(roleUseOf).flatMap(({ divisions, ...role }) =>
    divisions.map((division) => {
      const sortKey = JSON.stringify([role.roleKey ?? "", role.roleName ?? "", division]);
      return [sortKey, { ...role, division }] as const;
    }),
  );
  return entriesByKey(Object.fromEntries(bySortKey)).map(([, roleDivision]) => roleDivision);
}

function divisionsOf(roleKey: string, credentials: readonly ResolvedCredential[]): readonly string[] {
  const used = new Set(
    credentials
      .flatMap(({ roleDivisions }) => roleDivisions)
      .filter((roleDivision) => roleDivision.roleKey === roleKey)
      .map(({ division }) => division),
  );
  if (used.has(allDivisions)) {
    return [allDivisions];
  }
  return used.size === 0 ? [homeDivision] : [...used].sort();
}
