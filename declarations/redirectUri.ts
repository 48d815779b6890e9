// The rule of one redirect URI: https, or http to the loopback interface. Source: RFC 6749, 3.1.2; RFC 8252, 7.3.
import { isSafeTransport } from "../common/safeTransport";
import { type Mistake } from "./textRules";

/** Redirect URIs, in characters; browsers and proxies handle no longer ones for certain. */
const redirectUriLengthLimit = 2000;

/** See the first line of this file. */
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
  return isSafeTransport(url)
    ? undefined
    : { problem: "does not begin with https:// (plain http is allowed to loopback only)" };
}
