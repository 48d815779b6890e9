// Stored secrets can be restored, and are encrypted with the key that is asked for.
import { policyOn } from "./policyOn";
import { secretType } from "./resourceTypes";

/** AWS's shortest window, in days. Source: Secrets Manager API reference, DeleteSecret. */
const defaultMinimumDays = 7;

/** The alias of the account's own key. */
const accountKey = "alias/aws/secretsmanager";

/** AWS's longest window, which it takes where none is chosen, in days. */
const awsDefaultDays = 30;

export const secretRecoveryWindow = policyOn<{ minimumDays: number }>(secretType, {
  name: "secret-recovery-window",
  description: "A deleted secret can be restored for some days.",
  settings: {
    minimumDays: {
      type: "integer",
      minimum: 0,
      maximum: awsDefaultDays,
      description: "The shortest recovery window.",
      default: defaultMinimumDays,
    },
  },
  check: ({ props, name }, { minimumDays }, report) => {
    const days: unknown = props["recoveryWindowInDays"] ?? awsDefaultDays;
    if (typeof days !== "number" || days < minimumDays) {
      report(
        `The secret of "${name}" has a recovery window of ${String(days)} days, at least ${minimumDays} are required; raise recoveryWindowInDays.`,
      );
    }
  },
});

export const secretEncryptionKey = policyOn<{ isRequired: boolean; allowed: readonly string[] }>(secretType, {
  name: "secret-encryption-key",
  description: "Stored secrets are encrypted with a key of one's own, where that is asked for.",
  settings: {
    isRequired: {
      type: "boolean",
      description: "Whether the account's default key is refused.",
      default: false,
    },
    allowed: {
      type: "array",
      items: { type: "string" },
      description: "Ids, ARNs or aliases of the keys that may be used; any when empty.",
      default: [],
    },
  },
  check: ({ props, name }, { isRequired, allowed }, report) => {
    const key: unknown = props["kmsKeyId"];
    const hasKey = typeof key === "string" && key !== "" && key !== accountKey;
    if (!hasKey && (isRequired || allowed.length > 0)) {
      report(`The secret of "${name}" is encrypted with the account's default key; set kmsKeyId.`);
    } else if (hasKey && allowed.length > 0 && !allowed.includes(key)) {
      report(
        `The secret of "${name}" is encrypted with ${key}, which is not allowed; use one of ${allowed.join(", ")}.`,
      );
    }
  },
});
