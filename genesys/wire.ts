// The shapes of Genesys Cloud's requests and answers, named as Genesys names them; tolerant of extra fields and unknown enum values.
import { z } from "zod";

import { answered, entriesOf, given, numberText } from "./answered";
import { type ClientFieldName, type ClientFields, clientFields } from "./knowledge/oauthClientFields";
import type { PermissionPolicyRequest } from "./knowledge/permissionPolicies";
import type { RoleDivision } from "./knowledge/roleDivisions";

/** Genesys leaves fields out or sends null; both mean "not given". */
function optional<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/**
 * An id that may become part of a path. Genesys's ids are UUIDs; whatever could change the path (a slash, dots alone, a query) is refused.
 */
export const idSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, "is not an id");

/** A division id, or `*` for all divisions (docs/genesys-api.md 4.5). */
const divisionIdSchema = z.union([z.literal("*"), idSchema]);

/** One role in one division: a grant (docs/genesys-api.md 3.3). */
export const roleDivisionSchema = z.looseObject({ roleId: idSchema, divisionId: divisionIdSchema });

/** The declared fields as answers have them. */
const toldFields = Object.fromEntries(
  Object.entries(clientFields).map(([name, { told }]) => [name, given<z.ZodType>(told)]),
) as { [K in ClientFieldName]: ReturnType<typeof given<(typeof clientFields)[K]["told"]>> };

const clientShape = {
  id: idSchema,
  ...toldFields,
  roleDivisions: given(entriesOf(roleDivisionSchema)),
  secret: given(z.string()),
  dateCreated: given(z.string()),
  dateToDelete: given(z.string()),
};

/** OAuthClient (docs/genesys-api.md 3.3). */
export const oauthClientSchema = answered(clientShape);

/** The answers to a creation and to a secret reset: no others have the secret. */
export const clientWithSecretSchema = answered({ ...clientShape, secret: z.string().min(1) });
export type OAuthClientEntity = z.infer<typeof oauthClientSchema>;

/** OAuthClientRequest (docs/genesys-api.md 3.4): PUT is a full replacement, so every writable field is always sent. */
export interface OAuthClientRequest extends ClientFields {
  readonly roleDivisions: readonly RoleDivision[];
}

/** The same for a live client: without roles where Genesys does not tell those that it has, and none are declared. */
export type OAuthClientChange = ClientFields & Partial<Pick<OAuthClientRequest, "roleDivisions">>;

/** DomainPermissionPolicy (docs/genesys-api.md 4.3). */
export const permissionPolicySchema = z.looseObject({
  domain: z.string(),
  entityName: optional(z.string()),
  actionSet: optional(z.array(z.string())),
  resourceConditionNode: optional(z.unknown()),
});

/** A name without a domain (docs/genesys-api.md 4.2). */
export const generalPermissionSchema = z.string();

/** DomainOrganizationRole (docs/genesys-api.md 4.2). */
export const roleSchema = answered({
  id: idSchema,
  name: given(z.string()),
  description: given(z.string()),
  permissionPolicies: given(entriesOf(permissionPolicySchema)),
  permissions: given(entriesOf(generalPermissionSchema)),
  default: given(z.boolean()),
});
export type RoleEntity = z.infer<typeof roleSchema>;

/** DomainPermissionPolicy as grants have it (docs/genesys-api.md 4.6). */
const grantedPolicySchema = z.looseObject({
  domain: z.string(),
  entityName: z.string(),
  actions: z.array(z.string()),
});

/** AuthzSubject (docs/genesys-api.md 4.6), what is used of it. What cannot be read is undefined: it says nothing about what is held. */
export const authzSubjectSchema = z.looseObject({
  grants: given(
    z.array(
      z
        .looseObject({
          division: given(z.looseObject({ id: z.string() })),
          role: given(
            z.looseObject({
              id: z.string(),
              default: given(z.boolean()),
              // A role is described wholly or not at all: one policy that cannot be read may be the one that is asked for.
              policies: given(z.array(grantedPolicySchema)),
              permissions: given(z.array(z.unknown())),
            }),
          ),
        })
        .catch({ division: undefined, role: undefined }),
    ),
  ),
});
export type AuthzSubject = z.infer<typeof authzSubjectSchema>;

/** DomainOrganizationRoleCreate / …Update (docs/genesys-api.md 4.2). */
export interface RoleRequest {
  readonly name: string;
  readonly description: string;
  /** General ones, names without a domain. */
  readonly permissions?: readonly string[];
  readonly permissionPolicies: readonly PermissionPolicyRequest[];
}

/** The envelope of every list (docs/genesys-api.md 3.2). */
export function listingSchema<T extends z.ZodType>(entity: T) {
  return z.looseObject({
    entities: optional(z.array(entity)),
    pageSize: given(z.number()),
    // Without it the end of the list would not be known: what cannot be read is an error.
    pageCount: optional(z.union([z.number(), numberText])),
    total: given(z.number()),
    nextUri: optional(z.string()),
  });
}

/** AuthzDivision (docs/genesys-api.md 4.5). */
export const divisionSchema = answered({ id: divisionIdSchema, name: given(z.string()) });

/** The answer of the token endpoint (docs/genesys-api.md 2). */
export const tokenSchema = z.looseObject({
  access_token: z.string().regex(/^[\x21-\x7e]{1,16384}$/, "cannot be sent in a header"),
  expires_in: optional(z.number().positive()),
});

/** Organization (docs/genesys-api.md 5.2), what is used of it; TokenInfo refers to it in the same form. */
export const organizationSchema = z.looseObject({ id: z.string(), name: given(z.string()) });

/** TokenInfo (docs/genesys-api.md 5.1): who a token belongs to. `OAuthClient` is written so on the wire. */
export const tokenInfoSchema = z.looseObject({
  organization: given(organizationSchema),
  OAuthClient: given(
    answered({
      id: given(z.string()),
      name: given(z.string()),
      authorizedGrantType: given(z.string()),
      roleDivisions: given(entriesOf(z.looseObject({ roleId: z.string(), divisionId: z.string() }))),
      organization: given(organizationSchema),
    }),
  ),
});

/** ErrorBody (docs/genesys-api.md 7) and the OAuth error (docs/genesys-api.md 2); anything else yields empty fields. */
export const errorBodySchema = z.looseObject({
  message: z.string().catch(""),
  code: z.string().catch(""),
  contextId: z.string().optional().catch(undefined),
  error: z.string().catch(""),
  description: z.string().catch(""),
  error_description: z.string().catch(""),
});
