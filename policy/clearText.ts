// No secret in clear text: not in a name, description or tag, nor in any input of our own resources.
import { type ResourceValidationPolicy } from "@pulumi/policy";
import {
  clientSecretType,
  clientType,
  integrationCredentialType,
  knownOf,
  type Properties,
  roleType,
  secretType,
} from "./resourceTypes";

/** Texts that look like a secret, whoever made them. */
const secretPatterns: readonly RegExp[] = [
  /\b(?:client|oauth|api|access)?_?-?(?:secret|token|password|passwd)\s*[:=]\s*(?=\S*\d)\S{12,}/i,
  /\b(?:Bearer|Basic)\s+[A-Za-z0-9+/=_.~-]{16,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];

/** Names of AWS, in which the word `secret` stands before a colon. */
const amazonNames = /\barn:aws[a-z-]*:[a-z]+:\S*/g;

/** Of these every input is read. */
const ownTypes = [clientType, clientSecretType, integrationCredentialType, roleType];
/** Of an AWS secret, these. */
const secretProperties = ["name", "description", "tags", "policy"];

export const noClearTextSecret: ResourceValidationPolicy = {
  name: "no-clear-text-secret",
  description: "Names, descriptions, tags and other inputs hold no secret.",
  enforcementLevel: "mandatory",
  validateResource: ({ type, props, name }, report) => {
    const read = ownTypes.includes(type) ? Object.keys(props) : type === secretType ? secretProperties : [];
    for (const property of read) {
      const texts = textsWithin(knownOf(props, property));
      if (
        texts.some((text) => secretPatterns.some((pattern) => pattern.test(text.replace(amazonNames, ""))))
      ) {
        report(
          `The ${property} of "${name}" looks as if it held a secret; remove it, and rotate what was shown.`,
        );
      }
    }
  },
};

/** Every text within a value that is known, keys of maps included. */
function textsWithin(value: unknown): readonly string[] {
  if (typeof value === "string") {
    return [value];
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  const entries = Object.keys(value).map((key) => [key, knownOf(value as Properties, key)] as const);
  return entries.flatMap(([key, inner]) => [
    ...textsWithin(inner),
    ...(typeof inner === "string" && !Array.isArray(value) ? [`${key}: ${inner}`] : []),
  ]);
}
