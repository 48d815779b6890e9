// The switches: everything that is not known about the live API, each with a default and at least one other outcome.
import { z } from "zod";

const count = z.int().min(0);
const limit = z.int().min(1).nullable();
const days = z.number().min(0);

const tokenSurvives = z.strictObject({
  inactive: z.boolean().describe("live tokens keep working while their client is inactive"),
  secretReset: z.boolean().describe("live tokens keep working after the client's secret was replaced"),
  delete: z.boolean().describe("live tokens keep working after their client was deleted"),
  roleRemoval: z
    .boolean()
    .describe("live tokens keep working, with fewer permissions, after a role was taken away"),
});

/** Shape of all switches; `null` stands for "no limit". */
const switchesSchema = z.strictObject({
  deleteStatus: z.union([z.literal(200), z.literal(204)]).describe("status of a successful DELETE"),
  bulkStatus: z.union([z.literal(200), z.literal(204)]).describe("status of a successful bulk grant call"),
  getAfterDelete: z
    .enum(["notFound", "deleted"])
    .describe("GET of a deleted client: 404, or 200 with state deleted"),
  deletedShownForDays: days.describe("how long a deleted client is shown with state deleted"),
  keepDeletedForDays: days.describe(
    "days a client older than 30 days outlives its DELETE; 0 removes it at once",
  ),
  keptDeletedShowsDate: z
    .boolean()
    .describe("a client that outlives its DELETE shows dateToDelete; else it is inactive and nothing more"),
  deleteDisabled: z.enum(["refused", "allowed"]).describe("DELETE of a client whose state is disabled"),
  inactiveSetsDateToDelete: z.boolean().describe("PUT inactive plans the removal 7 days ahead"),
  tokenSurvives: tokenSurvives.describe("what live tokens outlive"),
  requireHeldRoles: z
    .enum(["off", "role", "roleAndDivision"])
    .describe("whether a caller can hand out only roles it holds, and whether the division must match too"),
  heldRolesOnEdit: z
    .enum(["requested", "requestedAndCurrent"])
    .describe("roles an editor of a client must hold: those in the request, or those the client has as well"),
  heldRoleError: z
    .union([z.literal(400), z.literal(403), z.literal(404)])
    .describe("status of the refusal to hand out a role that the caller does not hold"),
  heldRoleErrorCode: z
    .enum(["not.authorized", "missing.permissions"])
    .describe("code of that refusal when its status is 403"),
  selfGrantAllowed: z.boolean().describe("a caller may grant itself a role that it does not hold"),
  separateGrantStores: z.boolean().describe("subject grants and a client's roleDivisions are two stores"),
  rolesRequiredOnPut: z.boolean().describe("PUT of a client without a role is refused, as POST is"),
  missingFieldsOnPut: z
    .enum(["reset", "keep"])
    .describe("what becomes of a client's fields that PUT leaves out"),
  unknownFields: z
    .enum(["stored", "ignored"])
    .describe("what becomes of fields of a client or a role that nobody here knows"),
  unknownReferenceStatus: z
    .union([z.literal(400), z.literal(404)])
    .describe("status when a client names an unknown role or division"),
  validityErrorCode: z
    .enum(["invalid.value", "bad.request", "constraint.validation"])
    .describe("code when the access token validity is out of range"),
  maximumValiditySeconds: z
    .int()
    .min(1)
    .describe("longest access token validity; 38880000 for SCIM-only clients"),
  customersMaySetDisabled: z
    .boolean()
    .describe("PUT accepts the state disabled; else only support can set it"),
  maximumClients: limit.describe("OAuth clients the organisation may have"),
  maximumClientNameLength: limit.describe("longest client name, in characters"),
  duplicateClientName: z.enum(["allowed", "conflict"]).describe("a second client of the same name"),
  clientListPageSize: limit.describe("entities on a page of the client list; null lists all on one page"),
  createdByHolds: z
    .enum(["client", "nothing"])
    .describe("createdBy and modifiedBy when the maker is an OAuth client"),
  refusedInactiveStatus: z
    .union([z.literal(400), z.literal(401)])
    .describe("status of the token endpoint for a client that is inactive or disabled"),
  refusedGrantTypeStatus: z
    .union([z.literal(400), z.literal(401)])
    .describe("status of the token endpoint for a client of another grant type"),
  allowedAddresses: z
    .strictObject({
      field: z
        .string()
        .regex(/^[A-Za-z]\w*$/)
        .describe("name of the field"),
      required: z.boolean().describe("creation of a client-credentials client without a list is refused"),
      enforced: z.boolean().optional().describe("the token endpoint refuses callers outside the list"),
    })
    .nullable()
    .describe(
      "clients have a list of allowed IP addresses; null: there is no such field, as before the announcement",
    ),
  refusedAddressStatus: z
    .union([z.literal(400), z.literal(401), z.literal(403)])
    .describe("status of the token endpoint for a caller outside the list"),
  mintingLimitPerMinute: limit.describe("tokens one client may mint in a minute"),
  requestsPerMinutePerToken: limit.describe("API requests one token may make in a minute"),
  duplicateRoleName: z.enum(["conflict", "allowed"]).describe("a second role of the same name"),
  deleteRoleInUse: z.enum(["allowed", "refused"]).describe("DELETE of a role that somebody holds"),
  shownHolders: z
    .enum(["all", "unnamed", "withoutClients"])
    .describe("what the list of a role's holders shows"),
  maximumRoles: limit.describe("roles the organisation may have"),
  maximumPageSize: z.int().min(1).describe("largest pageSize"),
  oversizePage: z.enum(["clamp", "refuse"]).describe("a larger pageSize: cut down, or 400"),
  expandWildcards: z
    .boolean()
    .describe("wildcards in a role are replaced with explicit entities and actions"),
  refuseUnknownPermissions: z.boolean().describe("a role with a permission outside the catalogue is refused"),
  policyOrder: z.enum(["asSent", "reversed"]).describe("order in which policies and actions are read back"),
  shownCredentialFields: z
    .enum(["secretsBlank", "allBlank", "nulls", "empty", "absent"])
    .describe("what GET of an integration credential shows of its fields"),
  blankCredentialField: z
    .enum(["refused", "accepted"])
    .describe("an integration credential with a required field that is blank"),
  duplicateCredentialName: z
    .enum(["allowed", "conflict"])
    .describe("a second integration credential of the same name"),
  usageRunningPolls: count.describe("times a usage query answers Running before it is Complete"),
});

/** All switches. */
export type Switches = z.infer<typeof switchesSchema>;

/** Some switches; of `tokenSurvives`, too, only what changes. */
const switchesPatchSchema = switchesSchema.extend({ tokenSurvives: tokenSurvives.partial() }).partial();

/** Some switches; of `tokenSurvives`, too, only what changes. */
export type SwitchesPatch = z.input<typeof switchesPatchSchema>;

/** 300 requests a minute a token: Genesys's limits page. 172800 s: longest validity outside SCIM. 7 days: help centre on deletion. */
const defaults: Switches = {
  deleteStatus: 204,
  bulkStatus: 204,
  getAfterDelete: "notFound",
  deletedShownForDays: 7,
  keepDeletedForDays: 0,
  keptDeletedShowsDate: true,
  deleteDisabled: "refused",
  inactiveSetsDateToDelete: false,
  tokenSurvives: { inactive: true, secretReset: true, delete: false, roleRemoval: true },
  requireHeldRoles: "role",
  heldRolesOnEdit: "requested",
  heldRoleError: 403,
  heldRoleErrorCode: "not.authorized",
  selfGrantAllowed: true,
  separateGrantStores: false,
  rolesRequiredOnPut: false,
  missingFieldsOnPut: "reset",
  unknownFields: "stored",
  unknownReferenceStatus: 400,
  validityErrorCode: "invalid.value",
  maximumValiditySeconds: 172_800,
  customersMaySetDisabled: false,
  maximumClients: null,
  maximumClientNameLength: null,
  duplicateClientName: "allowed",
  clientListPageSize: null,
  createdByHolds: "client",
  refusedInactiveStatus: 400,
  refusedGrantTypeStatus: 400,
  allowedAddresses: null,
  refusedAddressStatus: 400,
  mintingLimitPerMinute: null,
  requestsPerMinutePerToken: 300,
  duplicateRoleName: "conflict",
  deleteRoleInUse: "allowed",
  shownHolders: "all",
  maximumRoles: null,
  maximumPageSize: 500,
  oversizePage: "clamp",
  expandWildcards: true,
  refuseUnknownPermissions: false,
  policyOrder: "asSent",
  shownCredentialFields: "secretsBlank",
  blankCredentialField: "refused",
  duplicateCredentialName: "allowed",
  usageRunningPolls: 0,
};

/** The switches of a new organisation. */
export function defaultSwitches(): Switches {
  return structuredClone(defaults);
}

/** The switches with a patch applied; throws zod's error when the patch holds an unknown name or value. */
export function patchSwitches(switches: Switches, patch: unknown): Switches {
  const { tokenSurvives: survives, ...rest } = switchesPatchSchema.parse(patch);
  return switchesSchema.parse({
    ...switches,
    ...rest,
    tokenSurvives: { ...switches.tokenSurvives, ...survives },
  });
}
