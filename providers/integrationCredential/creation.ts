// How an integration credential comes to be: made exactly once, found again after an interruption, or taken over by its id.
import { isConflict } from "../../genesys/errors";
import {
  clientIdOf,
  credentialRequestFrom,
  type IntegrationCredentialEntity,
  type IntegrationCredentialRequest,
  isOfType,
} from "../../genesys/integrationCredentials";
import { findNamesakes, liveCredential, takeOverProblem } from "./ownership";
import {
  type IntegrationCredentialInputs,
  type IntegrationCredentialOutputs,
  storedProperties,
} from "./record";
import { explain, InitializationError, ProviderError } from "../engine/providerError";
import { integrationCredentialKind } from "../live/objectKind";
import { createExactlyOnce } from "../live/reconciliation";
import { remove } from "../live/removal";
import type { Session } from "../run/session";

/**
 * @param request Holds the pair. Secret.
 * @param knownIds Those that state is known to hold.
 * @param outputsOf What is recorded of one with this id when only its values could not be written.
 * @returns its id
 */
export async function makeIntegrationCredential(
  session: Session,
  action: string,
  inputs: IntegrationCredentialInputs,
  request: IntegrationCredentialRequest,
  knownIds: ReadonlySet<string>,
  outputsOf: (id: string) => IntegrationCredentialOutputs,
): Promise<string> {
  if (inputs.existingId !== undefined) {
    return takeOver(session, action, inputs.existingId, inputs, request);
  }
  const { name, credentialType, owner, clientId } = inputs;
  const present = new Set((await session.integrationCredentialsAtStart()).map(({ id }) => id)); // those of before
  const { object } = await createExactlyOnce<IntegrationCredentialEntity>(session.clock, {
    create: () => session.integrationCredentials.create(request),
    findCreated: async () => {
      const fresh = (await session.integrationCredentials.list()).filter(
        (one) => one.name === name && !present.has(one.id),
      );
      const live = await Promise.all(fresh.map(({ id }) => liveCredential(session, id)));
      // Where Genesys does not tell the client id, the name and the moment have to do.
      return live
        .filter((one) => one !== undefined)
        .filter((one) => one.type === undefined || isOfType(one, credentialType))
        .filter((one) => (clientIdOf(one) ?? clientId) === clientId);
    },
    findOrphans: async () => {
      const claim = { name, credentialType, owner, clientIds: [clientId] };
      const { leftovers, refusals } = await findNamesakes(session, claim, knownIds);
      if (refusals[0] !== undefined) {
        throw new ProviderError("INTEGRATION_CREDENTIAL_NAME_TAKEN", `${action}: ${refusals[0]}`);
      }
      return leftovers;
    },
    adopt: async (found) => {
      session.adoptedIds.add(found.id);
      try {
        return await session.integrationCredentials.update(found.id, credentialRequestFrom(found, request));
      } catch (error) {
        // It is ours and it is there: on record, the next update goes on with it.
        const failure = explain(action, nameTaken(action, error), session.redactor);
        throw new InitializationError(found.id, storedProperties(outputsOf(found.id)), failure);
      }
    },
    remove: async (found) => {
      if (clientIdOf(found) === undefined) {
        session.notify(
          `There is another integration credential "${inputs.name}" (${found.id}), and Genesys does not tell whose client it ` +
            "holds: look at it, and delete it in Genesys if no integration uses it.",
        );
        return;
      }
      await remove(session, integrationCredentialKind, found.id, inputs);
    },
  });
  return object.id;
}

async function takeOver(
  session: Session,
  action: string,
  existingId: string,
  inputs: IntegrationCredentialInputs,
  request: IntegrationCredentialRequest,
): Promise<string> {
  const live = await liveCredential(session, existingId);
  const problem = takeOverProblem(existingId, live, inputs.credentialType);
  if (live === undefined || problem !== undefined) {
    throw new ProviderError("INTEGRATION_CREDENTIAL_UNUSABLE", `${action}: ${problem ?? ""}`);
  }
  session.adoptedIds.add(live.id);
  await session.integrationCredentials.update(live.id, credentialRequestFrom(live, request));
  return live.id;
}

/** A conflict in words; any other error as it is. */
export function nameTaken(action: string, error: unknown): unknown {
  return isConflict(error)
    ? new ProviderError(
        "INTEGRATION_CREDENTIAL_NAME_TAKEN",
        `${action}: the organisation already has an integration credential of this name; add its id to take it over, ` +
          `or write another name (${error.message})`,
      )
    : error;
}
