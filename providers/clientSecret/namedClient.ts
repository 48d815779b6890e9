// Which client the stored secret names: told to the clients' own resources, which ask before one of them loses its access.
import { unknownValue } from "@pulumi/pulumi/runtime";

import type { Redactor } from "../../common/redact";
import { hasSecretsCode } from "../../secrets/failure";
import { namedClientId } from "../../secrets/storedPayload";
import { currentLabel, type SecretStore } from "../../secrets/store";
import type { SessionFinder } from "../run/sessions";
import type { ClientSecretInputs } from "./record";

/** Notes where to look: an unchanged secret is not looked at, and may name another client than its record says. */
export function noteStoredSecret(
  sessionFor: SessionFinder,
  storeFor: (aws: ClientSecretInputs["aws"]) => SecretStore,
  declared: Partial<ClientSecretInputs>,
): void {
  const { organization, owner, secretArn, state, aws = {} } = declared;
  if (typeof owner !== "string" || typeof secretArn !== "string") {
    return;
  }
  // Of an inactive client nobody reads a pair that works, and its revocation must not depend on AWS.
  const isRead = state === "active" && secretArn !== unknownValue;
  const { clients, redactor } = sessionFor(organization);
  clients.noteStored(owner, isRead ? () => namedClient(storeFor(aws), redactor, secretArn) : undefined);
}

/** Notes which client the record names; of a replacement the engine asks once more without it. */
export function noteRecordedClient(
  sessionFor: SessionFinder,
  { clientId }: Readonly<Record<string, unknown>>,
  { organization, owner }: Partial<ClientSecretInputs>,
): void {
  if (typeof clientId === "string" && typeof owner === "string") {
    sessionFor(organization).clients.noteRecorded(owner, clientId);
  }
}

async function namedClient(
  store: SecretStore,
  redactor: Redactor,
  secretArn: string,
): Promise<string | undefined> {
  try {
    return await namedClientId(store, redactor, secretArn, { label: currentLabel });
  } catch (error) {
    if (hasSecretsCode(error, "SECRET_SCHEDULED_FOR_DELETION")) {
      return undefined; // nobody can read it
    }
    throw error;
  }
}
