// No role in every division without a reason, which the pack's configuration records.
import { type ResourceValidationPolicy } from "@pulumi/policy";
import { clientType, mapsOf } from "./resourceTypes";

const everyDivision = "*";
/** The slot at the end of a client's name; reasons are given for credentials. */
const slotSuffix = /-[ab]$/;

export const allDivisionsNeedReason: ResourceValidationPolicy = {
  name: "all-divisions-need-reason",
  description: "A role applies in every division only where the reason is written down.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      reasons: {
        type: "object",
        description: "Key of a credential -> why it needs every division.",
        additionalProperties: { type: "string", pattern: "\\S" },
        default: {},
      },
    },
  },
  validateResource: (args, report) => {
    const { type, props, name } = args;
    if (type !== clientType) {
      return;
    }
    const credential = name.replace(slotSuffix, "");
    const { reasons } = args.getConfig<{ reasons?: Readonly<Record<string, string>> }>();
    const isReasoned = Object.hasOwn(reasons ?? {}, credential);
    const isEverywhere = mapsOf(props["roleDivisions"]).some(({ division }) => division === everyDivision);
    if (isEverywhere && !isReasoned) {
      report(
        `OAuth client "${name}" holds a role in every division; name the divisions, or give the reason for "${credential}" in the policy's configuration.`,
      );
    }
  },
};
