// The form of a seed: what can be put into an organisation, or changed in it as a person would, without the API.
import { z } from "zod";
import { subjectTypes } from "./state";

const id = z.string().min(1);
const date = z.iso.datetime({ offset: true });
const pair = z.strictObject({ roleId: id, divisionId: id });

const division = z.strictObject({
  id,
  name: z.string(),
  description: z.string().optional(),
  isHome: z.boolean().optional(),
});

const otherFields = z
  .record(z.string(), z.json())
  .optional()
  .describe("fields that nobody here knows, added to those that are there; null takes one away");

const role = z.strictObject({
  id,
  name: z.string().optional().describe("required for a new role"),
  description: z.string().optional(),
  permissions: z
    .array(z.string().regex(/^[^:]+:[^:]+:[^:]+$/))
    .optional()
    .describe("domain:entity:action"),
  permissionPolicies: z
    .array(z.looseObject({ domain: z.string(), entityName: z.string(), actionSet: z.array(z.string()) }))
    .optional()
    .describe("added to those of permissions, as Genesys would store them: conditions, named resources"),
  generalPermissions: z.array(z.string()).optional().describe("general permissions of the former kind"),
  defaultRoleId: z.string().optional(),
  isDefault: z.boolean().optional(),
  isBase: z.boolean().optional(),
  unusedPermissions: z
    .array(z.string())
    .optional()
    .describe("what expand=unusedPermissions answers; all of the role's permissions when never given"),
  dateCreated: date.optional(),
  otherFields,
  deleted: z.literal(true).optional().describe("removes the role and its grants"),
});

const client = z.strictObject({
  id,
  name: z.string().optional().describe("required for a new client"),
  description: z.string().optional(),
  secret: z.string().optional(),
  authorizedGrantType: z.string().optional(),
  accessTokenValiditySeconds: z.int().min(1).optional(),
  state: z.enum(["active", "inactive", "disabled"]).optional(),
  dateToDelete: date.optional().describe("of a client that is not active"),
  roleDivisions: z.array(pair).optional(),
  dateCreated: date.optional(),
  allowedAddresses: z
    .array(z.string())
    .optional()
    .describe("shown where the switch allowedAddresses names a field"),
  otherFields,
  deleted: z.literal(true).optional().describe("removes the client at once, whatever its state"),
});

const integrationCredential = z.strictObject({
  id,
  name: z.string().optional().describe("required for a new one"),
  typeName: z.string().optional().describe("pureCloudOAuthClient unless another is given"),
  fields: z.record(z.string(), z.string()).optional(),
  dateCreated: date.optional(),
  deleted: z.literal(true).optional().describe("removes it at once"),
});

const holder = z.strictObject({ id, name: z.string() });

const grant = pair.extend({
  subjectId: id,
  subjectType: z.enum(subjectTypes).optional().describe("an OAuth client unless another is given"),
  deleted: z.literal(true).optional().describe("takes the grant away"),
});

const permission = z.strictObject({
  domain: z.string(),
  entityType: z.string(),
  action: z.string(),
  label: z.string(),
  allowsConditions: z.boolean(),
  divisionAware: z.boolean(),
});

/**
 * Shape of a seed. Objects are matched by id: one that exists is changed in the fields given, another is added.
 * New clients, roles and grants are 90 days old unless `dateCreated` says otherwise.
 */
export const organizationSeedSchema = z.strictObject({
  id: id.optional().describe("id of the organisation"),
  name: z.string().optional().describe("name of the organisation"),
  deployerSecret: z.string().min(1).optional().describe("secret of the default deployer client"),
  catalogue: z.array(permission).optional().describe("replaces the permission catalogue"),
  divisions: z.array(division).optional(),
  users: z.array(holder).optional(),
  groups: z.array(holder).optional(),
  roles: z.array(role).optional(),
  clients: z.array(client).optional(),
  grants: z.array(grant).optional().describe("added as if given under /authorization/subjects"),
  integrationCredentials: z.array(integrationCredential).optional(),
  usageRows: z
    .array(z.looseObject({ clientId: id, date: z.string() }))
    .optional()
    .describe("added to the usage figures, in the names of Genesys's ApiUsageRow"),
});

/** A seed; see {@link organizationSeedSchema}. */
export type OrganizationSeed = z.infer<typeof organizationSeedSchema>;
