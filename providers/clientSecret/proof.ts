// Proof of a pair before it is published: it signs in, as the declared client, with the declared roles.
import { isClientCredentials } from "../../genesys/knowledge/grantTypes";
import type { ClientCredentials } from "../../genesys/token";
import { ProviderError } from "../engine/providerError";
import {
  RefusedPairError,
  unproven,
  type Unproven,
  type Verification,
  verifyCredentials,
} from "../live/verification";
import type { ClientFacts } from "../run/clientMemory";
import { atMost } from "../run/patience";
import type { Session } from "../run/session";
import type { ClientSecretInputs } from "./record";

/** How long a stored pair may be refused before it counts as one that does not work any more: it has signed in before. */
const storedPairWaitMs = 30_000;

type Proof = Verification | Unproven;

/** @throws ProviderError VERIFICATION_FAILED; network errors as they are. */
export async function proveNewPair(
  session: Session,
  what: string,
  pair: ClientCredentials,
  inputs: ClientSecretInputs,
): Promise<Proof> {
  const { authorizedGrantType } = inputs;
  return isClientCredentials(authorizedGrantType)
    ? verifyCredentials(session, what, pair, { authorizedGrantType, ...(await factsOf(session, inputs)) })
    : unproven(pair.clientId, authorizedGrantType);
}

/**
 * Undefined when the pair is refused for good although its client is active: somebody has given the client another secret.
 * @throws ProviderError VERIFICATION_FAILED, CLIENT_INACTIVE; network errors as they are.
 */
export async function proveStoredPair(
  session: Session,
  what: string,
  pair: ClientCredentials,
  inputs: ClientSecretInputs,
): Promise<Proof | undefined> {
  const { authorizedGrantType, clientId } = inputs;
  if (!isClientCredentials(authorizedGrantType)) {
    return unproven(clientId, authorizedGrantType);
  }
  const facts = await factsOf(session, inputs);
  try {
    const patience = atMost(storedPairWaitMs, session);
    return await verifyCredentials(session, what, pair, { authorizedGrantType, ...facts }, patience);
  } catch (error) {
    // Where tokens are limited to addresses, a refusal says nothing about the secret.
    if (!(error instanceof RefusedPairError) || facts.refusalHint !== undefined) {
      throw error;
    }
    const { state } = await session.oauthClients.get(clientId);
    if (state !== undefined && state !== "active") {
      throw new ProviderError(
        "CLIENT_INACTIVE",
        `Verifying ${what}: OAuth client ${clientId} is ${state} in Genesys, so nobody can sign in with it; the stored secret was not changed. ` +
          "Run `pulumi up --refresh`, which makes it what is declared",
      );
    }
    return undefined;
  }
}

/** From the client's own resource of this run; where that was left out (`--target`), as Genesys shows the client. */
async function factsOf(session: Session, { clientId }: ClientSecretInputs): Promise<ClientFacts> {
  return (
    session.clients.factsOf(clientId) ?? {
      roleDivisions: (await session.oauthClients.get(clientId)).roleDivisions ?? [],
    }
  );
}
