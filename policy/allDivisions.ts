// No role in every division without a reason, which the pack's configuration records.
import { policyOn } from "./policyOn";
import { clientType, mapsOf } from "./resourceTypes";

const everyDivision = "*";
/** The slot at the end of a client's name; reasons are given for credentials. */
const slotSuffix = /-[ab]$/;

export const allDivisionsNeedReason = policyOn<{ reasons: Readonly<Record<string, string>> }>(clientType, {
  name: "all-divisions-need-reason",
  description: "A role applies in every division only where the reason is written down.",
  settings: {
    reasons: {
      type: "object",
      description: "Key of a credential -> why it needs every division.",
      additionalProperties: { type: "string", pattern: "\\S" },
      default: {},
    },
  },
  check: ({ props, name }, { reasons }, report) => {
    const credential = name.replace(slotSuffix, "");
    const isReasoned = Object.hasOwn(reasons, credential);
    const isEverywhere = mapsOf(props["roleDivisions"]).some(({ division }) => division === everyDivision);
    if (isEverywhere && !isReasoned) {
      report(
        `OAuth client "${name}" holds a role in every division; name the divisions, or give the reason for "${credential}" in the policy's configuration.`,
      );
    }
  },
});
