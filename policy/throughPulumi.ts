// No secret passes through Pulumi: providers read and store it themselves, so that no state, log or plan can hold it.
import { type ResourceValidationPolicy } from "@pulumi/policy";
import {
  clientSecretType,
  clientType,
  integrationCredentialType,
  knownOf,
  secretVersionType,
} from "./resourceTypes";

const ownTypes = [clientType, clientSecretType, integrationCredentialType];

/** Names that an input has only if it is a secret. `secretName`, `secretArn` and `tokenUrl` are none. */
const secretNames =
  /^(client_?secret|secret|secret_?string|secret_?binary|password|token|access_?token|private_?key)$/i;

export const noSecretThroughPulumi: ResourceValidationPolicy = {
  name: "no-secret-through-pulumi",
  description:
    "No secret is an input: ClientSecret stores it, IntegrationCredential reads it where it is stored.",
  enforcementLevel: "mandatory",
  validateResource: ({ type, props, name }, report) => {
    if (type === secretVersionType) {
      report(
        `The stored value "${name}" passes through Pulumi and stays in its state; let a ClientSecret make and store it.`,
      );
    }
    if (ownTypes.includes(type)) {
      for (const property of Object.keys(props).filter((one) => secretNames.test(one))) {
        if (knownOf(props, property) !== undefined) {
          report(`"${name}" takes a secret as its input ${property}; remove it, and rotate what was shown.`);
        }
      }
    }
  },
};
