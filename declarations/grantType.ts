// The setting `grantType`, and what belongs to it: roles to client credentials, redirect URIs and scopes to the grants of people.
import { z } from "zod";
import { defined } from "../common/defined";
import {
  canonicalGrantType,
  clientCredentialsGrant,
  type GrantType,
  grantTypes,
} from "../genesys/knowledge/grantTypes";
import { field, text } from "./field";
import { type Notes } from "./notes";
import { sorted } from "./order";
import { type PlainMap } from "./plainValue";
import { redirectUriRule } from "./redirectUri";
import { rolesRemedy } from "./roleReferences";
import { matching, type Mistake } from "./textRules";

/** The one grant type that cannot do without redirect URIs. */
const codeGrant: GrantType = "CODE";

/** Genesys's name for the implicit grant. */
const implicitGrant = "TOKEN";

/** The rule of the field `grantType`. Dates of the end of the implicit grant: Genesys's announcement (docs/genesys-api.md 3.3). */
export function grantTypeRule(written: string): Mistake | undefined {
  if ((grantTypes as readonly string[]).includes(written)) {
    return undefined;
  }
  if (written.toUpperCase() === implicitGrant) {
    return {
      problem:
        "is the implicit grant, which Genesys offers to no new client since March 2026 and ends for all in March 2027",
      remedy: "write CODE, and let the application use the authorization code grant with PKCE",
    };
  }
  const meant = canonicalGrantType(written);
  return {
    problem: `is not one of ${grantTypes.join(", ")}`,
    ...defined({ remedy: meant === written ? undefined : `did you mean ${meant}?` }),
  };
}

const grantTypeSchema = field(
  text(grantTypeRule) as unknown as z.ZodType<GrantType>, // the rule takes no other text
  "How tokens are obtained: `CLIENT-CREDENTIALS` with the credential alone; `CODE`, `SAML2-BEARER` and `PASSWORD` for a person. " +
    "Only a client-credentials pair can be verified before it is published. Another grant type is another client.",
  `write ${grantTypes.join(", ")}, or leave it out for ${clientCredentialsGrant}`,
  { enum: grantTypes },
).default(clientCredentialsGrant);

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

/** As `routing`, `analytics:readonly`, `user-basic-info`. */
const scopePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}(:[A-Za-z0-9_.-]{1,100})*$/;

const scopesSchema = field(
  z.array(
    field(
      text(matching(scopePattern, "is not a scope")),
      "An OAuth scope of Genesys, as `routing` or `analytics:readonly`.",
      "write a scope as Genesys lists it, as routing or analytics:readonly",
    ),
  ),
  "What the application may ask of the people who sign in. Not for `CLIENT-CREDENTIALS`, which has roles instead.",
  "write a list of scopes, as [routing, analytics:readonly]",
);

/** The settings of a credential that have to do with its grant type. */
export const grantSettings = {
  grantType: grantTypeSchema,
  redirectUris: redirectUrisSchema.exactOptional(),
  scopes: scopesSchema.exactOptional(),
};

/** What the editor can check between them; the program does in {@link checkGrantType}. */
export const grantHints = [
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
];

/** What a client of a person's grant type has in addition, each sorted and unique; nothing for CLIENT-CREDENTIALS. */
export function signInOf(credential: {
  readonly grantType: GrantType;
  readonly redirectUris?: readonly string[];
  readonly scopes?: readonly string[];
}): { readonly registeredRedirectUri?: readonly string[]; readonly scope?: readonly string[] } {
  return credential.grantType === clientCredentialsGrant
    ? {}
    : { registeredRedirectUri: sorted(credential.redirectUris), scope: sorted(credential.scopes) };
}

/** The grant type of a raw credential; undefined when it is none. */
export function writtenGrantType(credential: PlainMap): GrantType | undefined {
  return grantTypeSchema.safeParse(credential["grantType"]).data;
}

/** Checks the fields that belong to one grant type only; `path` leads to the credential. */
export function checkGrantType(path: readonly PropertyKey[], credential: PlainMap, { note }: Notes): void {
  const grantType = writtenGrantType(credential);
  if (grantType === undefined) {
    return; // which fields belong to it cannot be said
  }
  const refuse = (key: string, why: string, remedy: string): void => {
    if (credential[key] !== undefined) {
      note([...path, key], `has no meaning for the grant type ${grantType}${why}`, remedy);
    }
  };
  if (grantType === clientCredentialsGrant) {
    if (credential["roles"] === undefined) {
      note([...path, "roles"], "is missing", rolesRemedy);
    }
    const remedy = "remove it; what the credential may do is said by its roles";
    refuse("redirectUris", ", where nobody signs in", remedy);
    refuse("scopes", ", where nobody signs in", remedy);
    return;
  }
  const ofPerson = ": its tokens act with the roles of the person who signs in";
  refuse("roles", ofPerson, "remove it; scopes limit what the application may ask for");
  const ofClient = `: Genesys limits the addresses of ${clientCredentialsGrant} clients`;
  refuse("allowedAddresses", ofClient, "remove it");
  const uris = credential["redirectUris"];
  if (grantType === codeGrant && (uris === undefined || (Array.isArray(uris) && uris.length === 0))) {
    note(
      [...path, "redirectUris"],
      uris === undefined ? "is missing" : "the list is empty",
      "write where Genesys sends a person back after the sign-in, as [https://app.example.com/callback]",
    );
  }
}
