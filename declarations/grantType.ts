// The grant types of Genesys Cloud: which can be declared, and what belongs to each.
import { type Mistake } from "./textRules";

/** The grant types that can be declared. Genesys's own spelling since November 2021. */
export const grantTypes = ["CLIENT-CREDENTIALS", "CODE", "SAML2-BEARER", "PASSWORD"] as const;

/** One of {@link grantTypes}. */
export type GrantType = (typeof grantTypes)[number];

/** The grant type of a credential that belongs to no person; the only one that has roles. */
export const clientCredentialsGrant: GrantType = "CLIENT-CREDENTIALS";

/** The one grant type that cannot do without redirect URIs. */
export const codeGrant: GrantType = "CODE";

/** Genesys's name for the implicit grant. */
const implicitGrant = "TOKEN";

/** The rule of the field `grantType`. Dates of the end of the implicit grant: Genesys's announcement (genesys-api 3.3). */
export function grantTypeRule(text: string): Mistake | undefined {
  if ((grantTypes as readonly string[]).includes(text)) {
    return undefined;
  }
  if (text.toUpperCase() === implicitGrant) {
    return {
      problem:
        "is the implicit grant, which Genesys offers to no new client since March 2026 and ends for all in March 2027",
      remedy: "write CODE, and let the application use the authorization code grant with PKCE",
    };
  }
  const meant = grantTypes.find((known) => letters(known) === letters(text));
  return {
    problem: `is not one of ${grantTypes.join(", ")}`,
    ...(meant === undefined ? {} : { remedy: `did you mean ${meant}?` }),
  };
}

function letters(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, "");
}

/** Hosts for which plain http is allowed: the application and the browser are on one computer. */
const loopbackHosts: ReadonlySet<string> = new Set(["localhost", "[::1]"]);
const loopbackPattern = /^127(\.\d{1,3}){3}$/;

/** Redirect URIs, in characters; browsers and proxies handle no longer ones for certain. */
const redirectUriLengthLimit = 2000;

/** The rule of one redirect URI: https, or http to the loopback interface. Source: RFC 6749, 3.1.2; RFC 8252, 7.3. */
export function redirectUriRule(text: string): Mistake | undefined {
  if (text.length > redirectUriLengthLimit) {
    return { problem: `is longer than ${redirectUriLengthLimit} characters` };
  }
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return { problem: "is not a URL" };
  }
  if (text !== text.trim() || /\s/.test(text)) {
    return { problem: "holds white space" };
  }
  if (url.username !== "" || url.password !== "") {
    return { problem: "holds a user name or password", remedy: "write it without a user name and password" };
  }
  if (text.includes("#")) {
    return { problem: "has a fragment (#), which RFC 6749 forbids", remedy: "write it without the fragment" };
  }
  if (text.includes("*")) {
    return { problem: "holds a wildcard", remedy: "write each redirect URI in full" };
  }
  const isLoopback = loopbackHosts.has(url.hostname) || loopbackPattern.test(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback)
    ? undefined
    : { problem: "does not begin with https:// (plain http is allowed to loopback only)" };
}
