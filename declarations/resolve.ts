// Declarations after the check: defaults that depend on other values filled in, references resolved, order fixed.
import type { AwsSettings } from "../common/awsSettings";
import { defined } from "../common/defined";
import { type GrantType } from "../genesys/knowledge/grantTypes";
import { type Endpoints } from "./endpoints";
import { generalPermissionsOf } from "./generalPermissions";
import { signInOf } from "./grantType";
import { ownerText } from "./naming";
import { entriesByKey } from "./order";
import { permissionsOf, type RolePermissions } from "./permissions";
import { type Ring, ringOf } from "./ring";
import { type DeclaredRoleDivision, deployerDivisionsOf, roleDivisionsOf } from "./roleReferences";
import { type Slot, slotsOf } from "./rotation/slots";
import { type CredentialDeclaration, type Declarations, type RoleDeclaration } from "./schema";
import { type ResolvedSecret, resolveSecret } from "./secret";
import { tokenValidityOf } from "./tokenValidity";

/** Where declarations belong. */
export interface Names {
  readonly project: string;
  readonly stack: string;
}

/** A role to be managed. */
export interface ResolvedRole
  extends RolePermissions, Pick<RoleDeclaration, "description" | "grantToDeployer" | "formerly" | "adopt"> {
  readonly key: string;
  /** Its name in Genesys. */
  readonly name: string;
  /** Names without a domain, sorted, unique; absent where there are none. */
  readonly generalPermissions?: readonly string[];
  /** Where this stack's credentials use the role, sorted: what the deployer must hold. `["home"]` when unused, `["*"]` alone when any uses all. */
  readonly deployerDivisions: readonly string[];
  /** Whose role it is: `<project>/<stack>/<key>`. */
  readonly marker: string;
}

/** A credential to be managed: what was written of it, and what follows from that. */
export interface ResolvedCredential extends Pick<
  CredentialDeclaration,
  | "description"
  | "type"
  | "allow"
  | "usedFor"
  | "allowedAddresses"
  | "rotation"
  | "integrationCredential"
  | "revoked"
  | "adopt"
  | "formerly"
> {
  readonly key: string;
  readonly authorizedGrantType: GrantType;
  /** 300 to 172800; to 38880000 where `usedFor` says SCIM. */
  readonly accessTokenValiditySeconds: number;
  /** Sorted, unique, one entry for each role and division; empty for grant types of people. */
  readonly roleDivisions: readonly DeclaredRoleDivision[];
  /** Sorted, unique; absent for CLIENT-CREDENTIALS. */
  readonly registeredRedirectUri?: readonly string[];
  /** Sorted, unique; absent for CLIENT-CREDENTIALS. */
  readonly scope?: readonly string[];
  /** Current first. */
  readonly slots: readonly Slot[];
  readonly secret: ResolvedSecret;
  /** Whose clients they are: `<project>/<stack>/<key>`. */
  readonly owner: string;
}

/** Everything that a stack declares. */
export interface ResolvedDeclarations extends Pick<Endpoints, "apiUrl" | "tokenUrl"> {
  readonly organization: { readonly id?: string; readonly region?: string };
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
  { organization, after, ...declared }: Declarations,
  names: Names,
  { region, apiUrl, tokenUrl }: Endpoints,
): Omit<ResolvedDeclarations, "aws"> {
  const credentials = entriesByKey(declared.credentials).map(([key, credential]) =>
    resolveCredential(key, credential, names),
  );
  const roleDivisions = credentials.flatMap((credential) => credential.roleDivisions);
  return {
    organization: defined({ id: organization.id, region }),
    apiUrl,
    tokenUrl,
    ...defined({ after: after === undefined ? undefined : ringOf(after) }),
    roles: entriesByKey(declared.roles).map(([key, role]) => resolveRole(key, role, names, roleDivisions)),
    credentials,
  };
}

function resolveRole(
  key: string,
  role: RoleDeclaration,
  { project, stack }: Names,
  roleDivisions: readonly DeclaredRoleDivision[],
): ResolvedRole {
  const { name = key, description, grantToDeployer, formerly, adopt } = role;
  const generalPermissions = generalPermissionsOf(role);
  return {
    key,
    name,
    description,
    ...permissionsOf(role),
    ...(generalPermissions.length === 0 ? {} : { generalPermissions }),
    grantToDeployer,
    deployerDivisions: deployerDivisionsOf(key, roleDivisions),
    marker: ownerText(project, stack, key),
    ...defined({ formerly, adopt }),
  };
}

function resolveCredential(
  key: string,
  credential: CredentialDeclaration,
  { project, stack }: Names,
): ResolvedCredential {
  const { description, grantType, type, rotation, revoked } = credential;
  const { usedFor, allowedAddresses, allow, integrationCredential, adopt, formerly } = credential;
  return {
    key,
    description,
    authorizedGrantType: grantType,
    accessTokenValiditySeconds: tokenValidityOf(credential),
    roleDivisions: roleDivisionsOf(credential.roles),
    ...signInOf(credential),
    type,
    rotation,
    slots: slotsOf({ ...rotation, revoked }),
    secret: resolveSecret(credential.secret, stack, key),
    revoked,
    ...defined({ usedFor, allowedAddresses, allow, integrationCredential, adopt, formerly }),
    owner: ownerText(project, stack, key),
  };
}
