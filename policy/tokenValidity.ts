// Tokens must not live longer than is allowed: nobody can call one back.
import { policyOn } from "./policyOn";
import { clientType } from "./resourceTypes";

/** 24 hours, Genesys's own default. Seconds. */
const defaultMaximumSeconds = 86_400;

export const accessTokenValidity = policyOn<{ maximumSeconds: number }>(clientType, {
  name: "access-token-validity",
  description: "Tokens are valid for no longer than is allowed.",
  settings: {
    maximumSeconds: {
      type: "integer",
      description: "The longest validity.",
      minimum: 300,
      default: defaultMaximumSeconds,
    },
  },
  check: ({ props, name }, { maximumSeconds }, report) => {
    const validity: unknown = props["accessTokenValiditySeconds"];
    if (typeof validity === "number" && validity > maximumSeconds) {
      report(
        `Tokens of OAuth client "${name}" are valid for ${validity} s, at most ${maximumSeconds} s are allowed; lower accessTokenValiditySeconds.`,
      );
    }
  },
});
