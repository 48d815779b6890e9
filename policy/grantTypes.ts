// Only grant types that are known; the implicit one (TOKEN) is none of them: it shows tokens in addresses.
import { type ResourceValidationPolicy } from "@pulumi/policy";
import { clientType } from "./resourceTypes";

const defaultAllowed = ["CLIENT-CREDENTIALS", "CODE", "SAML2-BEARER", "PASSWORD"];

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
  validateResource: (args, report) => {
    const { type, props, name } = args;
    if (type !== clientType) {
      return;
    }
    const { allowed = defaultAllowed } = args.getConfig<{ allowed?: readonly string[] }>();
    const grantType: unknown = props["authorizedGrantType"];
    if (typeof grantType !== "string" || !allowed.includes(grantType)) {
      report(
        `OAuth client "${name}" uses the grant type ${String(grantType)}; allowed are ${allowed.join(", ")}.`,
      );
    }
  },
};
