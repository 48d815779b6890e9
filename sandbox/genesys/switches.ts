// The switches: everything that is not known about the live API, each with a default and at least one other outcome.
import { z } from "zod";

const count = z.int().min(0);
const limit = z.int().min(1).nullable();
const days = z.number().min(0);

const tokenSurvives = z.strictObject({
  /** Live tokens keep working while their client is inactive. */
  inactive: z.boolean().default(true),
  /** Live tokens keep working after the client's secret was replaced. */
  secretReset: z.boolean().default(true),
  /** Live tokens keep working after their client was deleted. */
  delete: z.boolean().default(false),
  /** Live tokens keep working, with fewer permissions, after a role was taken away. */
  roleRemoval: z.boolean().default(true),
});

/**
 * Shape of all switches with the defaults of a new organisation; `null` stands for "no limit".
 * 300 requests a minute a token: Genesys's limits page. 38880000 s: longest validity, of SCIM. 7 days: help centre on deletion.
 */
const switchesSchema = z.strictObject({
  /** Status of a successful DELETE. */
  deleteStatus: z.literal([200, 204]).default(204),
  /** Status of a successful bulk grant call. */
  bulkStatus: z.literal([200, 204]).default(204),
  /** GET of a deleted client: 404, or 200 with state deleted. */
  getAfterDelete: z.enum(["notFound", "deleted"]).default("notFound"),
  /** How long a deleted client is shown with state deleted. */
  deletedShownForDays: days.default(7),
  /** Days a client older than 30 days outlives its DELETE; 0 removes it at once. */
  keepDeletedForDays: days.default(0),
  /** A client that outlives its DELETE shows dateToDelete; else it is inactive and nothing more. */
  keptDeletedShowsDate: z.boolean().default(true),
  /** DELETE of a client whose state is disabled. */
  deleteDisabled: z.enum(["refused", "allowed"]).default("refused"),
  /** PUT inactive plans the removal 7 days ahead. */
  inactiveSetsDateToDelete: z.boolean().default(false),
  /** What live tokens outlive. */
  tokenSurvives: tokenSurvives.prefault({}),
  /** Whether a caller can hand out only roles it holds, and whether the division must match too. */
  requireHeldRoles: z.enum(["off", "role", "roleAndDivision"]).default("role"),
  /** Roles an editor of a client must hold: those in the request, or those the client has as well. */
  heldRolesOnEdit: z.enum(["requested", "requestedAndCurrent"]).default("requested"),
  /** Status of the refusal to hand out a role that the caller does not hold. */
  heldRoleError: z.literal([400, 403, 404]).default(403),
  /** Code of that refusal when its status is 403. */
  heldRoleErrorCode: z.enum(["not.authorized", "missing.permissions"]).default("not.authorized"),
  /** A caller may grant itself a role that it does not hold. */
  selfGrantAllowed: z.boolean().default(true),
  /** Subject grants and a client's roleDivisions are two stores. */
  separateGrantStores: z.boolean().default(false),
  /** PUT of a client without a role is refused, as POST is. */
  rolesRequiredOnPut: z.boolean().default(false),
  /** What becomes of a client's fields that PUT leaves out. */
  missingFieldsOnPut: z.enum(["reset", "keep"]).default("reset"),
  /** What becomes of fields of a client or a role that nobody here knows. */
  unknownFields: z.enum(["stored", "ignored"]).default("stored"),
  /** Status when a client names an unknown role or division. */
  unknownReferenceStatus: z.literal([400, 404]).default(400),
  /** Code when the access token validity is out of range. */
  validityErrorCode: z
    .enum(["invalid.value", "bad.request", "constraint.validation"])
    .default("invalid.value"),
  /** Longest access token validity of any client; 172800 refuses those of SCIM, which no field tells from others. */
  maximumValiditySeconds: z.int().min(1).default(38_880_000),
  /** PUT accepts the state disabled; else only support can set it. */
  customersMaySetDisabled: z.boolean().default(false),
  /** OAuth clients the organisation may have. */
  maximumClients: limit.default(null),
  /** Longest client name, in characters. */
  maximumClientNameLength: limit.default(null),
  /** A second client of the same name. */
  duplicateClientName: z.enum(["allowed", "conflict"]).default("allowed"),
  /** Entities on a page of the client list; null lists all on one page. */
  clientListPageSize: limit.default(null),
  /** createdBy and modifiedBy when the maker is an OAuth client. */
  createdByHolds: z.enum(["client", "nothing"]).default("client"),
  /** Status of the token endpoint for a client that is inactive or disabled. */
  refusedInactiveStatus: z.literal([400, 401]).default(400),
  /** Status of the token endpoint for a client of another grant type. */
  refusedGrantTypeStatus: z.literal([400, 401]).default(400),
  /** Clients have a list of allowed IP addresses; null: there is no such field, as before the announcement. */
  allowedAddresses: z
    .strictObject({
      /** Name of the field. */
      field: z.string().regex(/^[A-Za-z]\w*$/),
      /** Creation of a client-credentials client without a list is refused. */
      required: z.boolean(),
      /** The token endpoint refuses callers outside the list. */
      enforced: z.boolean().optional(),
    })
    .nullable()
    .default(null),
  /** Status of the token endpoint for a caller outside the list. */
  refusedAddressStatus: z.literal([400, 401, 403]).default(400),
  /** Tokens one client may mint in a minute. */
  mintingLimitPerMinute: limit.default(null),
  /** API requests one token may make in a minute. */
  requestsPerMinutePerToken: limit.default(300),
  /** What these requests are counted by: some answers in the community say that a client's tokens share one limit. */
  requestLimitCounts: z.enum(["token", "client"]).default("token"),
  /** A second role of the same name. */
  duplicateRoleName: z.enum(["conflict", "allowed"]).default("conflict"),
  /** DELETE of a role that somebody holds. */
  deleteRoleInUse: z.enum(["allowed", "refused"]).default("allowed"),
  /** What the list of a role's holders shows. */
  shownHolders: z.enum(["all", "unnamed", "withoutClients"]).default("all"),
  /** Roles the organisation may have. */
  maximumRoles: limit.default(null),
  /** Largest pageSize. */
  maximumPageSize: z.int().min(1).default(500),
  /** A larger pageSize: cut down, or 400. */
  oversizePage: z.enum(["clamp", "refuse"]).default("clamp"),
  /** Wildcards in a role are replaced with explicit entities and actions. */
  expandWildcards: z.boolean().default(true),
  /** A role with a permission outside the catalogue is refused. */
  refuseUnknownPermissions: z.boolean().default(false),
  /** Order in which policies and actions are read back. */
  policyOrder: z.enum(["asSent", "reversed"]).default("asSent"),
  /** What GET of an integration credential shows of its fields. */
  shownCredentialFields: z
    .enum(["secretsBlank", "allBlank", "nulls", "empty", "absent"])
    .default("secretsBlank"),
  /** An integration credential with a required field that is blank. */
  blankCredentialField: z.enum(["refused", "accepted"]).default("refused"),
  /** Pages of integration credentials: linked by nextUri; without it, but leading on by `after`; or the first one whatever is asked. */
  credentialListPages: z.enum(["linked", "unlinked", "sameAgain"]).default("linked"),
  /** When the roles of grants have their policies. */
  grantPolicies: z.enum(["always", "whenAsked", "never"]).default("whenAsked"),
  /** Whether entries of the permission catalogue tell licences. */
  permissionLicenses: z.enum(["untold", "told"]).default("untold"),
  /** A second integration credential of the same name. */
  duplicateCredentialName: z.enum(["allowed", "conflict"]).default("allowed"),
  /** Times a usage query or job answers that it is not done, before it is. */
  usageRunningPolls: count.default(0),
  /** Which requests about usage there are: jobs, the former queries of a client, or both. */
  usageEndpoints: z.enum(["both", "queries", "jobs"]).default("both"),
  /** How usage jobs end. */
  usageJobEnd: z.enum(["Succeeded", "Failed", "Cancelled"]).default("Succeeded"),
});

/** All switches. */
export type Switches = z.infer<typeof switchesSchema>;

/** Some switches; of `tokenSurvives`, too, only what changes. */
export type SwitchesPatch = Partial<Omit<Switches, "tokenSurvives">> & {
  readonly tokenSurvives?: Partial<Switches["tokenSurvives"]>;
};

/** What a patch must be before it can be laid over the switches, which are then checked as a whole. */
const patchSchema = z.looseObject({ tokenSurvives: z.looseObject({}).optional() });

/** The switches of a new organisation. */
export function defaultSwitches(): Switches {
  return switchesSchema.parse({});
}

/** The switches with a patch applied; throws zod's error when the patch holds an unknown name or value. */
export function patchSwitches(switches: Switches, patch: unknown): Switches {
  const changes = patchSchema.parse(patch);
  const tokenSurvives = { ...switches.tokenSurvives, ...changes.tokenSurvives };
  return switchesSchema.parse({ ...switches, ...changes, tokenSurvives });
}
