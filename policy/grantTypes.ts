// Only grant types that somebody has thought about; the implicit one shows tokens in addresses.
import { type ResourceValidationPolicy } from "@pulumi/policy";
import { clientType } from "./resourceTypes";

const defaultAllowed = ["CLIENT-CREDENTIALS", "CODE", "SAML2-BEARER"];

export const knownGrantType: ResourceValidationPolicy = {
  name: "known-grant-type",
  description: "OAuth clients use a grant type that is allowed.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      allowed: {
        type: "array",
        items: { type: "string" },
        description: "The grant types, in Genesys's spelling.",
        default: defaultAllowed,
      },
    },
  },
  validateResource: ({ type, props, name, getConfig }, report) => {
    if (type !== clientType) {
      return;
    }
    const { allowed = defaultAllowed } = getConfig<{ allowed?: readonly string[] }>();
    const grantType: unknown = props["authorizedGrantType"];
    if (typeof grantType !== "string" || !allowed.includes(grantType)) {
      report(
        `OAuth client "${name}" uses the grant type ${String(grantType)}; allowed are ${allowed.join(", ")}.`,
      );
    }
  },
};
