// The shape of one entry under `credentials`.
import { z } from "zod";
import { clientAdoptionSchema } from "./adoptionSchema";
import { allowedAddressesSchema } from "./allowedAddresses";
import { field, mistakes, text } from "./field";
import { formerKeySchema } from "./formerKeys";
import { clientCredentialsGrant, codeGrant, grantTypeRule, grantTypes, redirectUriRule } from "./grantType";
import { normalizeInstant, parseDuration } from "./instants";
import { integrationCredentialSchema } from "./integrationCredentialSchema";
import { descriptionSchema } from "./roleSchema";
import { clientTurns } from "./rotation";
import { secretSchema } from "./secretSchema";
import { boundaryRule, nameLengthLimit, nameRule, scopeRule, type Mistake } from "./textRules";

/** The division that every organisation has, and in which a role applies unless others are named. */
export const homeDivision = "home";

/** All divisions, those of tomorrow included. */
export const allDivisions = "*";

/** What Genesys accepts for ordinary clients: 5 minutes to 2 days. Seconds. Source: API reference, OAuthClient. */
const shortestValiditySeconds = 300;
const longestValiditySeconds = 172_800;

/** What Genesys takes when nothing is said: 24 hours. Seconds. */
export const defaultValiditySeconds = 86_400;

/** The longest validity of a restricted credential unless it says `allowLongTokens`, and its default: 1 hour. Seconds. */
export const restrictedValiditySeconds = 3600;

/** The types of a credential: what the two mean is checked in restriction.ts. */
export const credentialTypes = ["general", "restricted"] as const;

const nameRemedy = `write a name of one line and at most ${nameLengthLimit} characters`;
const durationRemedy = "write an ISO 8601 duration, as P90D, P3M or PT36H";

/** What to write in place of roles that are missing or are no list. */
export const rolesRemedy = "write a list of at least one role, as [reporting-reader]";

const divisionsSchema = field(
  z
    .array(field(text(nameRule), "A division's name, `home`, or `*`.", nameRemedy))
    .min(1)
    .superRefine(mistakes(starAlone)),
  'Where the role applies: names of divisions, `home`, or `["*"]` alone for all of them.',
  'write a list of division names, as [home, Sales], or ["*"] alone for every division',
);

/** Where a role comes from and applies: the key of a declared role, or a map. */
export const roleReferenceSchema = field(
  z.union([
    field(text(nameRule), "The key of a role declared under `roles`, in the home division.", nameRemedy),
    z.strictObject({
      role: field(text(nameRule), "The key of a role declared under `roles`.", nameRemedy),
      divisions: divisionsSchema.default([homeDivision]),
    }),
    z.strictObject({
      existing: field(text(nameRule), "The name of a role that this stack does not manage.", nameRemedy),
      divisions: divisionsSchema.default([homeDivision]),
    }),
  ]),
  "A role that the credential holds.",
  'write the key of a declared role, { role: key, divisions: [Sales] }, or { existing: "Role name" }',
);

/** A role reference as it is after defaults. */
export type RoleReference = z.output<typeof roleReferenceSchema>;

/** Far above what any schedule reaches, and short enough for the marker in a description. */
const highestGeneration = 999_999_999;

const rotationSchema = field(
  z.strictObject({
    generation: field(
      z.int().min(0).max(highestGeneration),
      "Raising it by one rotates: the idle slot gets a new client, or with `clients: keep` a new secret; the stored secret then names it, " +
        "the former client stays valid. Raising it by two replaces both at once (emergency).",
      `write a whole number from 0 to ${highestGeneration}, or leave it out for 0`,
    ).default(0),
    rotatedAt: field(
      text((value) => (normalizeInstant(value) === undefined ? notAnInstant : undefined)),
      "When the generation was last raised, an ISO 8601 instant with an offset. Read only by the `rotate` and `list` commands.",
      "write an instant with its offset, as 2026-11-01T09:00:00Z",
    ).optional(),
    every: field(
      text(positiveDuration),
      "How often it is due for rotation, an ISO 8601 duration such as `P90D` or `P3M`. Read only by the `rotate` and `list` commands.",
      `${durationRemedy}, longer than nothing`,
      { pattern: "^P" },
    ).optional(),
    clients: field(
      z.enum(clientTurns),
      "What a rotation does with the idle client: `replace` puts a new one in its place, `keep` gives it a new secret, so that client ids, " +
        "and whatever is tied to them, stay. An emergency replaces both in either case.",
      "write replace or keep, or leave it out for replace",
    ).default("replace"),
    overlap: field(
      z.enum(["previous", "none"]),
      "`previous` keeps the former client valid until the next rotation; `none` keeps a single client, the old one dies in the same update.",
      "write previous or none, or leave it out for previous",
    ).default("previous"),
    previous: field(
      z.enum(["keep", "revoked"]),
      "`revoked` closes the overlap early: the former client is deactivated once every consumer has moved.",
      "write keep or revoked, or leave it out for keep",
    ).default("keep"),
    minimumOverlap: field(
      text((value) => (parseDuration(value) === undefined ? notADuration : undefined)),
      "How old a rotation must be before the `rotate` command makes the next one. " +
        "Default: 48 hours, or one hour more than the life of a token where that is longer.",
      durationRemedy,
      { pattern: "^P" },
    ).optional(),
  }),
  "When and how the credential's OAuth clients take turns.",
  "write a map, as { generation: 0, every: P90D }, or leave it out",
);

const allowSchema = field(
  z
    .array(
      field(
        text(boundaryRule),
        "`domain:entity:action`, `domain:entity:*` or `domain:*`.",
        "write domain:entity:action, domain:entity:*, or domain:* for a whole domain",
      ),
    )
    .min(1),
  "For `type: restricted`: the boundary. Every permission of the credential's roles must lie inside.",
  "write a list of at least one permission or domain:*, as [analytics:*, routing:queue:view]",
);

const redirectUrisSchema = field(
  z.array(
    field(
      text(redirectUriRule),
      "An https URL, or http to the loopback interface.",
      "write an https URL, as https://app.example.com/callback, or http://localhost:8080/callback",
    ),
  ),
  "Where Genesys may send a person back after the sign-in. Required for `CODE`, refused for `CLIENT-CREDENTIALS`.",
  "write a list of https URLs, as [https://app.example.com/callback]",
);

const scopesSchema = field(
  z.array(
    field(
      text(scopeRule),
      "An OAuth scope of Genesys, as `routing` or `analytics:readonly`.",
      "write a scope as Genesys lists it, as routing or analytics:readonly",
    ),
  ),
  "What the application may ask of the people who sign in. Not for `CLIENT-CREDENTIALS`, which has roles instead.",
  "write a list of scopes, as [routing, analytics:readonly]",
);

/** What the editor can check between fields; the program does in grantChecks.ts and restriction.ts. */
const betweenFields = {
  allOf: [
    {
      if: { properties: { grantType: { const: clientCredentialsGrant } } },
      then: { required: ["roles"] },
      else: {
        not: {
          anyOf: [
            { required: ["roles"] },
            { required: ["allowedAddresses"] },
            { required: ["integrationCredential"] },
          ],
        },
      },
    },
    {
      if: { properties: { grantType: { const: codeGrant } }, required: ["grantType"] },
      then: { required: ["redirectUris"] },
    },
    {
      if: { properties: { type: { const: "restricted" } }, required: ["type"] },
      then: { required: ["allow"] },
    },
  ],
};

/** What people write about a credential. */
export const credentialSchema = field(
  z.strictObject({
    description: descriptionSchema.default(""),
    grantType: field(
      text(grantTypeRule),
      "How tokens are obtained: `CLIENT-CREDENTIALS` with the credential alone; `CODE`, `SAML2-BEARER` and `PASSWORD` for a person. " +
        "Only a client-credentials pair can be verified before it is published. Another grant type is another client.",
      `write ${grantTypes.join(", ")}, or leave it out for ${clientCredentialsGrant}`,
      { enum: grantTypes },
    ).default(clientCredentialsGrant),
    type: field(
      z.enum(credentialTypes),
      "`restricted` adds a boundary that is enforced before anything is written: declared roles only, every permission inside `allow`, " +
        `no "${allDivisions}" division, tokens of at most ${restrictedValiditySeconds} seconds.`,
      `write ${credentialTypes.join(" or ")}, or leave it out for general`,
    ).default("general"),
    roles: field(
      z.array(roleReferenceSchema).min(1),
      "What the credential may do: at least one role. The order does not matter. Required for `CLIENT-CREDENTIALS`, refused for other grant types.",
      rolesRemedy,
    ).optional(),
    allow: allowSchema.optional(),
    accessTokenValiditySeconds: field(
      z.int().min(shortestValiditySeconds).max(longestValiditySeconds),
      "How long a token minted with the credential is valid, in seconds. " +
        `Default: ${defaultValiditySeconds}, and ${restrictedValiditySeconds} for \`type: restricted\`.`,
      `write a whole number of seconds from ${shortestValiditySeconds} to ${longestValiditySeconds}, or leave it out for ${defaultValiditySeconds}`,
    ).optional(),
    allowLongTokens: field(
      z.boolean(),
      "For `type: restricted`: `true` accepts a validity above " + `${restrictedValiditySeconds} seconds.`,
      "write true or false, or leave it out for false",
    ).default(false),
    redirectUris: redirectUrisSchema.optional(),
    scopes: scopesSchema.optional(),
    allowedAddresses: allowedAddressesSchema.optional(),
    rotation: rotationSchema.prefault({}),
    secret: secretSchema.prefault({}),
    integrationCredential: integrationCredentialSchema.optional(),
    formerly: formerKeySchema.optional(),
    adopt: clientAdoptionSchema.optional(),
    revoked: field(
      z.boolean(),
      "`true` deactivates the credential's clients: nobody can mint a token any more. The stored secret stays.",
      "write true or false, or leave it out for false",
    ).default(false),
  }),
  "What one consumer uses: one stored secret, backed by one or two OAuth clients.",
  "write the credential's settings below its key, at least roles",
  betweenFields,
);

const notAnInstant: Mistake = { problem: "is not an instant with an offset" };
const notADuration: Mistake = { problem: "is not an ISO 8601 duration" };

function positiveDuration(value: string): Mistake | undefined {
  const duration = parseDuration(value);
  if (duration === undefined) {
    return notADuration;
  }
  return duration.toMillis() > 0 ? undefined : { problem: "is a duration of nothing" };
}

function starAlone(divisions: readonly string[]): Mistake | undefined {
  return divisions.includes(allDivisions) && divisions.length > 1
    ? {
        problem: `mixes "${allDivisions}" with other divisions`,
        remedy: `write ["${allDivisions}"] alone, or name the divisions without it`,
      }
    : undefined;
}
