// What belongs to a credential's grant type: roles to client credentials, redirect URIs and scopes to the grants of people.
import { clientCredentialsGrant, codeGrant, type GrantType, grantTypeRule } from "./grantType";
import { rolesRemedy } from "./credentialSchema";
import { type Notes } from "./notes";

type Credential = Readonly<Record<string, unknown>>;

/** The grant type of a raw credential; undefined when it is none. */
export function writtenGrantType(credential: Credential): GrantType | undefined {
  const written = credential["grantType"] === undefined ? clientCredentialsGrant : credential["grantType"];
  return typeof written === "string" && grantTypeRule(written) === undefined
    ? (written as GrantType)
    : undefined;
}

/** Checks the fields that belong to one grant type only; `path` leads to the credential. */
export function checkGrantType(path: readonly PropertyKey[], credential: Credential, { note }: Notes): void {
  const grantType = writtenGrantType(credential);
  if (grantType === undefined) {
    return; // which fields belong to it cannot be said
  }
  if (grantType === clientCredentialsGrant) {
    if (credential["roles"] === undefined) {
      note([...path, "roles"], "is missing", rolesRemedy);
    }
    for (const key of ["redirectUris", "scopes"]) {
      if (credential[key] !== undefined) {
        note(
          [...path, key],
          `has no meaning for the grant type ${clientCredentialsGrant}, where nobody signs in`,
          "remove it; what the credential may do is said by its roles",
        );
      }
    }
    return;
  }
  if (credential["roles"] !== undefined) {
    note(
      [...path, "roles"],
      `has no meaning for the grant type ${grantType}: its tokens act with the roles of the person who signs in`,
      "remove it; scopes limit what the application may ask for",
    );
  }
  if (credential["allowedAddresses"] !== undefined) {
    note(
      [...path, "allowedAddresses"],
      `has no meaning for the grant type ${grantType}: Genesys limits the addresses of ${clientCredentialsGrant} clients`,
      "remove it",
    );
  }
  const uris = credential["redirectUris"];
  if (grantType === codeGrant && (uris === undefined || (Array.isArray(uris) && uris.length === 0))) {
    note(
      [...path, "redirectUris"],
      uris === undefined ? "is missing" : "the list is empty",
      "write where Genesys sends a person back after the sign-in, as [https://app.example.com/callback]",
    );
  }
}
