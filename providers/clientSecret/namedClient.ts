// Which client the stored secret names: told to the clients' own resources, which ask before one of them loses its access.
import { unknownValue } from "@pulumi/pulumi/runtime";

import { undefinedWhenScheduled } from "../../secrets/failure";
import { namedClientId } from "../../secrets/storedPayload";
import { currentLabel } from "../../secrets/store";
import type { Inputs } from "../engine/checked";
import type { StoreFinder } from "../run/secretStores";
import type { SessionFinder } from "../run/sessions";
import type { ClientSecretInputs } from "./record";

/** Notes where to look: an unchanged secret is not looked at, and may name another client than its record says. */
export function noteStoredSecret(
  sessionFor: SessionFinder,
  storeFor: StoreFinder,
  declared: Partial<ClientSecretInputs>,
): void {
  const { organization, owner, secretArn, state, aws } = declared;
  if (typeof owner !== "string" || typeof secretArn !== "string") {
    return;
  }
  // Of an inactive client nobody reads a pair that works, and its revocation must not depend on AWS.
  const isRead = state === "active" && secretArn !== unknownValue;
  const { clients, redactor } = sessionFor(organization);
  const findClient = async (): Promise<string | undefined> =>
    namedClientId(storeFor(aws), redactor, secretArn, { label: currentLabel }).catch(undefinedWhenScheduled);
  clients.storedClientFinders.set(owner, isRead ? findClient : undefined);
}

/** Notes which client the record names; of a replacement the engine asks once more without it. */
export function noteRecordedClient(
  sessionFor: SessionFinder,
  { clientId }: Inputs,
  { organization, owner }: Partial<ClientSecretInputs>,
): void {
  if (typeof clientId === "string" && typeof owner === "string") {
    sessionFor(organization).clients.recordedClients.set(owner, clientId);
  }
}
