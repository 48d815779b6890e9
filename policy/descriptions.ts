// Everything says what it is for, and whose it is.
import { type ResourceValidationPolicy } from "@pulumi/policy";
import { policyOn } from "./policyOn";
import { clientType, type Properties, roleType, secretType } from "./resourceTypes";

const described: Readonly<Record<string, string>> = { [clientType]: "OAuth client", [roleType]: "Role" };
const defaultTag = "owner";

export const descriptionRequired: ResourceValidationPolicy = {
  name: "description-required",
  description: "OAuth clients and roles say what they are for.",
  enforcementLevel: "mandatory",
  validateResource: ({ type, props, name }, report) => {
    const kind = described[type];
    if (kind !== undefined && isBlank(props["description"])) {
      report(`${kind} "${name}" has no description; say in one line what it is for.`);
    }
  },
};

export const ownerRequired = policyOn<{ tag: string }>(secretType, {
  name: "owner-required",
  description: "Stored secrets name their owner in a tag.",
  settings: {
    tag: { type: "string", minLength: 1, description: "The tag's key.", default: defaultTag },
  },
  check: ({ props, name }, { tag }, report) => {
    const tags: unknown = props["tags"];
    const owner = typeof tags === "object" && tags !== null ? (tags as Properties)[tag] : undefined;
    if (isBlank(owner)) {
      report(
        `The secret of "${name}" names no owner; add { tags: { ${tag}: <team> } } to the credential's secret.`,
      );
    }
  },
});

function isBlank(value: unknown): boolean {
  return typeof value !== "string" || value.trim() === "";
}
