// Only grant types that are known; the implicit one (TOKEN) is none of them: it shows tokens in addresses.
import { policyOn } from "./policyOn";
import { clientType } from "./resourceTypes";

const defaultAllowed = ["CLIENT-CREDENTIALS", "CODE", "SAML2-BEARER", "PASSWORD"];

export const knownGrantType = policyOn<{ allowed: readonly string[] }>(clientType, {
  name: "known-grant-type",
  description: "OAuth clients use a grant type that is allowed.",
  settings: {
    allowed: {
      type: "array",
      items: { type: "string" },
      description: "The grant types, in Genesys's spelling.",
      default: defaultAllowed,
    },
  },
  check: ({ props, name }, { allowed }, report) => {
    const grantType: unknown = props["authorizedGrantType"];
    if (typeof grantType !== "string" || !allowed.includes(grantType)) {
      report(
        `OAuth client "${name}" uses the grant type ${String(grantType)}; allowed are ${allowed.join(", ")}.`,
      );
    }
  },
});
