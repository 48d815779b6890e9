// The grant types that an OAuth client may have here, and which of them can prove itself without a person (pure).

/** The one of a client that belongs to no person; it is taken where none is declared. */
export const clientCredentialsGrant = "CLIENT-CREDENTIALS";

/** In Genesys's spelling since November 2021; the implicit grant (TOKEN) is not offered to new clients (docs/genesys-api.md 3.3). */
export const grantTypes = [clientCredentialsGrant, "CODE", "SAML2-BEARER", "PASSWORD"] as const;

export type GrantType = (typeof grantTypes)[number];

/** Genesys has spelt grant types with hyphens, underscores and without either (docs/genesys-api.md 3.3). */
export function isSameGrantType(a: string, b: string): boolean {
  return letters(a) === letters(b);
}

/** As requests and declarations must spell it, whichever way an answer did; one that is not known stays as it is. */
export function canonicalGrantType(grantType: string): string {
  return grantTypes.find((known) => isSameGrantType(known, grantType)) ?? grantType;
}

/** The only grant type that has roles, and whose pair can mint a token by itself. */
export function isClientCredentials(grantType: string): boolean {
  return isSameGrantType(grantType, clientCredentialsGrant);
}

function letters(grantType: string): string {
  return grantType.toUpperCase().replace(/[^A-Z0-9]/g, "");
}
