// The shapes of Genesys Cloud's requests and answers, named as Genesys names them; tolerant of extra fields and unknown enum values.
import { z } from "zod";

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
  Object.entries(clientFields).map(([name, { told }]) => [name, optional<z.ZodType>(told)]),
) as { [K in ClientFieldName]: ReturnType<typeof optional<(typeof clientFields)[K]["told"]>> };

/** OAuthClient (docs/genesys-api.md 3.3). `secret` is there only in the answers to a creation and to a secret reset. */
export const oauthClientSchema = z.looseObject({
  id: idSchema,
  ...toldFields,
  roleDivisions: optional(z.array(roleDivisionSchema)),
  secret: optional(z.string()),
  dateCreated: optional(z.string()),
  dateToDelete: optional(z.string()),
});
export type OAuthClientEntity = z.infer<typeof oauthClientSchema>;

/** OAuthClientRequest (docs/genesys-api.md 3.4): PUT is a full replacement, so every writable field is always sent. */
export interface OAuthClientRequest extends ClientFields {
  readonly roleDivisions: readonly RoleDivision[];
}

/** DomainPermissionPolicy (docs/genesys-api.md 4.3). */
export const permissionPolicySchema = z.looseObject({
  domain: z.string(),
  entityName: optional(z.string()),
  actionSet: optional(z.array(z.string())),
  resourceConditionNode: optional(z.unknown()),
});

/** DomainOrganizationRole (docs/genesys-api.md 4.2). */
export const roleSchema = z.looseObject({
  id: idSchema,
  name: optional(z.string()),
  description: optional(z.string()),
  permissionPolicies: optional(z.array(permissionPolicySchema)),
  default: optional(z.boolean()),
});
export type RoleEntity = z.infer<typeof roleSchema>;

/** AuthzSubject (docs/genesys-api.md 4.6), what is used of it. What cannot be read is undefined: it says nothing about what is held. */
export const authzSubjectSchema = z.looseObject({
  grants: optional(
    z.array(
      z.looseObject({
        division: optional(z.looseObject({ id: z.string() })),
        role: z
          .looseObject({
            id: z.string(),
            default: optional(z.boolean()),
            policies: optional(
              z.array(
                z.looseObject({ domain: z.string(), entityName: z.string(), actions: z.array(z.string()) }),
              ),
            ),
          })
          .optional()
          .catch(undefined),
      }),
    ),
  ),
});
export type AuthzSubject = z.infer<typeof authzSubjectSchema>;

/** DomainOrganizationRoleCreate / …Update (docs/genesys-api.md 4.2). */
export interface RoleRequest {
  readonly name: string;
  readonly description: string;
  readonly permissionPolicies: readonly PermissionPolicyRequest[];
}

/** The envelope of every list (docs/genesys-api.md 3.2). */
export function listingSchema<T extends z.ZodType>(entity: T) {
  return z.looseObject({
    entities: optional(z.array(entity)),
    pageNumber: optional(z.number()),
    pageCount: optional(z.number()),
    nextUri: optional(z.string()),
  });
}

/** AuthzDivision (docs/genesys-api.md 4.5). */
export const divisionSchema = z.looseObject({ id: divisionIdSchema, name: optional(z.string()) });

/** The answer of the token endpoint (docs/genesys-api.md 2). */
export const tokenSchema = z.looseObject({
  access_token: z.string().regex(/^[\x21-\x7e]{1,16384}$/, "cannot be sent in a header"),
  expires_in: optional(z.number().positive()),
});

/** Organization (docs/genesys-api.md 5.2), what is used of it; TokenInfo refers to it in the same form. */
export const organizationSchema = z.looseObject({ id: z.string(), name: optional(z.string()) });

/** TokenInfo (docs/genesys-api.md 5.1): who a token belongs to. `OAuthClient` is written so on the wire. */
export const tokenInfoSchema = z.looseObject({
  organization: optional(organizationSchema),
  OAuthClient: optional(
    z.looseObject({
      id: optional(z.string()),
      name: optional(z.string()),
      authorizedGrantType: optional(z.string()),
      roleDivisions: optional(z.array(z.looseObject({ roleId: z.string(), divisionId: z.string() }))),
      organization: optional(organizationSchema),
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
