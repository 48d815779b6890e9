// The names that things get: OAuth clients in Genesys, secrets in AWS, resources in Pulumi.
import { type SlotName } from "../common/slot";

/** The Pulumi config namespace that holds the declarations, and the project's name. */
export const configNamespace = "genesys-credentials";

/** The name of a slot's OAuth client in Genesys, `<credential>-<stack>-<slot>`: says in the admin page which stack owns it. */
export function clientName(stack: string, credentialKey: string, slot: SlotName): string {
  return `${credentialKey}-${stack}-${slot}`;
}

/** The secret's name where none is declared. The stack comes before the credential, so that IAM can grant one stack by prefix. */
export function defaultSecretName(stack: string, credentialKey: string): string {
  return `genesys/${stack}/${credentialKey}`;
}

/** The text that says whose object it is, inside the marker of its description: `<project>/<stack>/<key>`. */
export function ownerText(project: string, stack: string, key: string): string {
  return `${project}/${stack}/${key}`;
}

/** The logical Pulumi names of a credential's resources. They are part of every URN: a changed name would replace the resource. */
export function resourceNames(credentialKey: string) {
  return {
    /** The component, and the declared Role of the same key: their types keep them apart. */
    credential: credentialKey,
    /** The Secret and its ClientSecret. */
    secret: credentialKey,
    /** The IntegrationCredential, where one is declared. */
    integrationCredential: credentialKey,
    /** The OAuthClient of a slot. */
    client: (slot: SlotName): string => `${credentialKey}-${slot}`,
  };
}

/** The file that people edit, for messages. */
export function stackFileName(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}
