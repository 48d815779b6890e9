// Signing in with a stored pair, as a consumer would.
import { type SecretPayload } from "../../secrets/payload";
import { type GenesysClient } from "../../genesys/client";
import { GenesysApiError, GenesysAuthenticationError } from "../../genesys/errors";
import { Identity, type TokenIdentity } from "../../genesys/identity";
import { tokenPath } from "../../genesys/http";

/** Who signed in, or why nobody could. */
export type SignIn = { readonly identity: TokenIdentity } | { readonly refusal: string };

/** Statuses with which a login host refuses a pair (docs/genesys-api.md 2). */
const refusalStatuses: readonly number[] = [400, 401, 403];

/** Too many tokens were asked for: that says nothing about the pair (docs/genesys-api.md 2). */
const rateLimitPattern = /^rate limit exceeded/i;

/**
 * Mints a token and asks whose it is: two requests.
 * @throws the errors of `genesys/errors.ts` when Genesys fails; a refusal of the pair is an answer.
 */
export async function signIn(
  client: GenesysClient,
  { clientId, clientSecret }: SecretPayload,
): Promise<SignIn> {
  try {
    const { accessToken } = await client.mint({ clientId, clientSecret });
    return { identity: await new Identity(client).read(accessToken) };
  } catch (error) {
    if (isRefused(error)) {
      return { refusal: error.message };
    }
    throw error;
  }
}

function isRefused(error: unknown): error is Error {
  if (error instanceof GenesysAuthenticationError) {
    return refusalStatuses.includes(error.status) && !rateLimitPattern.test(error.description);
  }
  const isOfSignIn =
    error instanceof GenesysApiError && (error.details.path === tokenPath || error.details.method === "GET");
  return isOfSignIn && refusalStatuses.includes(error.details.status);
}
