// The shape of one entry under `credentials`.
import { z } from "zod";
import { clientAdoptionSchema } from "./adoption";
import { allowedAddressesSchema } from "./allowedAddresses/allowedAddresses";
import { field, flag } from "./field";
import { grantHints, grantSettings } from "./grantType";
import { integrationCredentialSchema } from "./integrationCredential";
import { formerKeySchema } from "./keys";
import { restrictionHints, restrictionSettings } from "./restriction";
import { rolesSchema } from "./roleReferences";
import { rotationSchema } from "./rotation/settings";
import { secretSchema } from "./secret";
import { descriptionSchema } from "./textFields";
import { tokenValidityHints, tokenValiditySchema, usedForSchema } from "./tokenValidity";

/** What people write about a credential. */
export const credentialSchema = field(
  z.strictObject({
    description: descriptionSchema.default(""),
    grantType: grantSettings.grantType,
    type: restrictionSettings.type,
    roles: rolesSchema.exactOptional(),
    allow: restrictionSettings.allow,
    accessTokenValiditySeconds: tokenValiditySchema.exactOptional(),
    usedFor: usedForSchema.exactOptional(),
    allowLongTokens: restrictionSettings.allowLongTokens,
    redirectUris: grantSettings.redirectUris,
    scopes: grantSettings.scopes,
    allowedAddresses: allowedAddressesSchema.exactOptional(),
    rotation: rotationSchema.prefault({}),
    secret: secretSchema.prefault({}),
    integrationCredential: integrationCredentialSchema.exactOptional(),
    formerly: formerKeySchema.exactOptional(),
    adopt: clientAdoptionSchema.exactOptional(),
    revoked: flag(
      "`true` deactivates the credential's clients: nobody can mint a token any more. The stored secret stays.",
      false,
    ),
  }),
  "What one consumer uses: one stored secret, backed by one or two OAuth clients.",
  "write the credential's settings below its key, at least roles",
  { allOf: [...grantHints, ...restrictionHints, ...tokenValidityHints] },
);
