// The form of a seed: what can be put into an organisation, or changed in it as a person would, without the API.
import { z } from "zod";

/** Kinds of subjects that can hold a grant. */
export const subjectTypes = ["PC_USER", "PC_GROUP", "PC_OAUTH_CLIENT"] as const;

const id = z.string().min(1);
const date = z.iso.datetime({ offset: true });
const pair = z.strictObject({ roleId: id, divisionId: id });

const division = z.strictObject({
  id,
  name: z.string(),
  description: z.string().optional(),
  isHome: z.boolean().optional(),
  /** Removes the division and the grants in it. */
  deleted: z.literal(true).optional(),
});

/** Fields that nobody here knows, added to those that are there; null takes one away. */
const otherFields = z.record(z.string(), z.json()).optional();

const role = z.strictObject({
  id,
  /** Required for a new role. */
  name: z.string().optional(),
  description: z.string().optional(),
  /** `domain:entity:action`. */
  permissions: z.array(z.string().regex(/^[^:]+:[^:]+:[^:]+$/)).optional(),
  /** Added to those of permissions, as Genesys would store them: conditions, named resources. */
  permissionPolicies: z
    .array(z.looseObject({ domain: z.string(), entityName: z.string(), actionSet: z.array(z.string()) }))
    .optional(),
  /** General permissions, names without a domain: the field `permissions` as Genesys shows it. */
  generalPermissions: z.array(z.string()).optional(),
  defaultRoleId: z.string().optional(),
  isDefault: z.boolean().optional(),
  isBase: z.boolean().optional(),
  /** What expand=unusedPermissions answers; all of the role's permissions when never given. */
  unusedPermissions: z.array(z.string()).optional(),
  dateCreated: date.optional(),
  otherFields,
  /** Removes the role and its grants. */
  deleted: z.literal(true).optional(),
});

const client = z.strictObject({
  id,
  /** Required for a new client. */
  name: z.string().optional(),
  description: z.string().optional(),
  secret: z.string().optional(),
  authorizedGrantType: z.string().optional(),
  accessTokenValiditySeconds: z.int().min(1).optional(),
  state: z.enum(["active", "inactive", "disabled"]).optional(),
  /** Of a client that is not active. */
  dateToDelete: date.optional(),
  roleDivisions: z.array(pair).optional(),
  dateCreated: date.optional(),
  /** Shown where the switch allowedAddresses names a field. */
  allowedAddresses: z.array(z.string()).optional(),
  otherFields,
  /** Removes the client at once, whatever its state. */
  deleted: z.literal(true).optional(),
});

const integrationCredential = z.strictObject({
  id,
  /** Required for a new one. */
  name: z.string().optional(),
  /** pureCloudOAuthClient unless another is given. */
  typeName: z.string().optional(),
  fields: z.record(z.string(), z.string()).optional(),
  dateCreated: date.optional(),
  /** Removes it at once. */
  deleted: z.literal(true).optional(),
});

const holder = z.strictObject({ id, name: z.string() });

const grant = pair.extend({
  subjectId: id,
  /** An OAuth client unless another is given. */
  subjectType: z.enum(subjectTypes).optional(),
  /** Takes the grant away. */
  deleted: z.literal(true).optional(),
});

const permission = z.strictObject({
  domain: z.string(),
  entityType: z.string(),
  action: z.string(),
  label: z.string(),
  allowsConditions: z.boolean(),
  divisionAware: z.boolean(),
  baseLicense: z.string().exactOptional(),
  addonLicenses: z.array(z.string()).readonly().exactOptional(),
});

/**
 * Shape of a seed. Objects are matched by id: one that exists is changed in the fields given, another is added.
 * New clients, roles and grants are 90 days old unless `dateCreated` says otherwise.
 */
export const organizationSeedSchema = z.strictObject({
  /** Id of the organisation. */
  id: id.optional(),
  /** Name of the organisation. */
  name: z.string().optional(),
  /** Secret of the default deployer client. */
  deployerSecret: z.string().min(1).optional(),
  /** Replaces the permission catalogue. */
  catalogue: z.array(permission).optional(),
  divisions: z.array(division).optional(),
  users: z.array(holder).optional(),
  groups: z.array(holder).optional(),
  roles: z.array(role).optional(),
  clients: z.array(client).optional(),
  /** Added as if given under /authorization/subjects. */
  grants: z.array(grant).optional(),
  integrationCredentials: z.array(integrationCredential).optional(),
  /** Added to the usage figures, in the names of Genesys's ApiUsageRow. */
  usageRows: z.array(z.looseObject({ clientId: id, date: z.string() })).optional(),
});

/** A seed; see {@link organizationSeedSchema}. */
export type OrganizationSeed = z.infer<typeof organizationSeedSchema>;
