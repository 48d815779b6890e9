// Tokens must not live longer than is allowed: nobody can call one back.
import { type ResourceValidationPolicy } from "@pulumi/policy";
import { clientType } from "./resourceTypes";

/** 24 hours, Genesys's own default. Seconds. */
const defaultMaximumSeconds = 86_400;

export const accessTokenValidity: ResourceValidationPolicy = {
  name: "access-token-validity",
  description: "Tokens are valid for no longer than is allowed.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      maximumSeconds: {
        type: "integer",
        description: "The longest validity.",
        minimum: 300,
        default: defaultMaximumSeconds,
      },
    },
  },
  validateResource: (args, report) => {
    const { type, props, name } = args;
    if (type !== clientType) {
      return;
    }
    const { maximumSeconds = defaultMaximumSeconds } = args.getConfig<{ maximumSeconds?: number }>();
    const validity: unknown = props["accessTokenValiditySeconds"];
    if (typeof validity === "number" && validity > maximumSeconds) {
      report(
        `Tokens of OAuth client "${name}" are valid for ${validity} s, at most ${maximumSeconds} s are allowed; lower accessTokenValiditySeconds.`,
      );
    }
  },
};
