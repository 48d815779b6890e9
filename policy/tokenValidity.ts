// Tokens must not live longer than is allowed: nobody can call one back.
import { policyOn } from "./policyOn";
import { clientType } from "./resourceTypes";

/** 24 hours, Genesys's own default. Seconds. */
const defaultMaximumSeconds = 86_400;

/** 5 minutes, the shortest validity that Genesys takes. Seconds. */
const minimumSeconds = 300;

/** How the program says that nothing but SCIM uses a client. */
const scim = "scim";

/** Seconds. */
interface Settings {
  readonly maximumSeconds: number;
  readonly maximumScimSeconds: number;
}

export const accessTokenValidity = policyOn<Settings>(clientType, {
  name: "access-token-validity",
  description: "Tokens are valid for no longer than is allowed.",
  settings: {
    maximumSeconds: {
      type: "integer",
      description: "The longest validity.",
      minimum: minimumSeconds,
      default: defaultMaximumSeconds,
    },
    maximumScimSeconds: {
      type: "integer",
      description: "The longest validity of a client that is used for SCIM alone, where that is more.",
      minimum: minimumSeconds,
      default: defaultMaximumSeconds,
    },
  },
  check: ({ props, name }, { maximumSeconds, maximumScimSeconds }, report) => {
    const validity: unknown = props["accessTokenValiditySeconds"];
    const isOfScim = props["usedFor"] === scim;
    const longest = isOfScim ? Math.max(maximumSeconds, maximumScimSeconds) : maximumSeconds;
    if (typeof validity === "number" && validity > longest) {
      const use = isOfScim ? ", used for SCIM," : "";
      const consent = isOfScim ? ", or raise maximumScimSeconds in the pack's configuration" : "";
      report(
        `Tokens of OAuth client "${name}"${use} are valid for ${validity} s, at most ${longest} s are allowed; lower accessTokenValiditySeconds${consent}.`,
      );
    }
  },
});
