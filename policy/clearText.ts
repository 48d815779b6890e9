// No secret in clear text: not in a name, description or tag, and no stored value that somebody typed.
import { type ResourceValidationPolicy, type StackValidationPolicy } from "@pulumi/policy";
import {
  clientType,
  integrationCredentialType,
  type Properties,
  roleType,
  secretType,
  secretVersionType,
} from "./resourceTypes";

/** Texts that look like a secret, whoever made them. */
const secretPatterns: readonly RegExp[] = [
  /\b(?:client|oauth|api|access)?_?-?(?:secret|token|password|passwd)\s*[:=]\s*(?=\S*\d)\S{12,}/i,
  /\b(?:Bearer|Basic)\s+[A-Za-z0-9+/=_.~-]{16,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];

const readTypes = [clientType, roleType, integrationCredentialType, secretType];
const readProperties = ["name", "description", "tags", "policy"];

export const noClearTextSecret: ResourceValidationPolicy = {
  name: "no-clear-text-secret",
  description: "Names, descriptions and tags hold no secret.",
  enforcementLevel: "mandatory",
  validateResource: ({ type, props, name }, report) => {
    if (!readTypes.includes(type)) {
      return;
    }
    for (const property of readProperties) {
      if (textsWithin(props[property]).some((text) => secretPatterns.some((pattern) => pattern.test(text)))) {
        report(
          `The ${property} of "${name}" looks as if it held a secret; remove it, and rotate what was shown.`,
        );
      }
    }
  },
};

export const storedSecretComesFromClient: StackValidationPolicy = {
  name: "stored-secret-comes-from-client",
  description: "What is stored comes from an OAuth client, not from the program or its config.",
  enforcementLevel: "mandatory",
  validateStack: ({ resources }, report) => {
    for (const { name, urn, propertyDependencies } of resources.filter(
      ({ type }) => type === secretVersionType,
    )) {
      const sources = [
        ...(propertyDependencies["secretString"] ?? []),
        ...(propertyDependencies["secretBinary"] ?? []),
      ];
      if (!sources.some(({ type }) => type === clientType)) {
        report(
          `The stored secret "${name}" does not come from an OAuth client; a value in the program or its config is in clear text somewhere.`,
          urn,
        );
      }
    }
  },
};

/** Every text within a value, keys of maps included. */
function textsWithin(value: unknown): readonly string[] {
  if (typeof value === "string") {
    return [value];
  }
  if (Array.isArray(value)) {
    return value.flatMap(textsWithin);
  }
  return typeof value === "object" && value !== null
    ? Object.entries(value as Properties).flatMap(([key, inner]) => [
        ...textsWithin(inner),
        ...(typeof inner === "string" ? [`${key}: ${inner}`] : []),
      ])
    : [];
}
