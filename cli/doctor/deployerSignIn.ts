// Whether the deployer's pair is accepted, and whose it is.
import { type Endpoints } from "../../declarations/endpoints";
import { type GenesysClient } from "../../genesys/client";
import { GenesysApiError, GenesysAuthenticationError, GenesysUnreachableError } from "../../genesys/errors";
import { tokenPath } from "../../genesys/http";
import { Identity, type TokenIdentity } from "../../genesys/identity";
import {
  canonicalGrantType,
  clientCredentialsGrant,
  isClientCredentials,
} from "../../genesys/knowledge/grantTypes";
import { isTokenRateLimit } from "../../genesys/retry";
import { type Known, messageOf } from "../../common/known";
import { type Line, linesOn, type LinesOn, type Purpose, whose } from "./line";

/** The deployer, and the line about its sign-in. */
export interface SignInResult {
  readonly identity: Known<TokenIdentity>;
  readonly line: Line;
}

/** The login host's status for an id that it does not know (docs/genesys-api.md 2). */
const unknownIdStatus = 400;

/** Signs in and asks whose token it is: two requests. Never rejects. */
export async function signInDeployer(
  client: Known<GenesysClient>,
  endpoints: Endpoints | undefined,
  purpose: Purpose,
): Promise<SignInResult> {
  const lines = linesOn("Genesys", "sign-in", `${whose[purpose]} pair`);
  const { pass, notChecked } = lines;
  if (!("value" in client)) {
    return { identity: client, line: notChecked(client.reason) };
  }
  try {
    const identity = await new Identity(client.value).read();
    const name = identity.clientName === undefined ? "" : ` "${identity.clientName}"`;
    const found = `signs in as OAuth client ${identity.clientId ?? "(not told)"}${name}`;
    return { identity: { value: identity }, line: pass(found) };
  } catch (error) {
    return { identity: { reason: "the sign-in failed" }, line: refusalLine(error, endpoints, lines) };
  }
}

function refusalLine(error: unknown, endpoints: Endpoints | undefined, { fail }: LinesOn): Line {
  const found = messageOf(error);
  if (isTokenRateLimit(error)) {
    return fail(found, "too many tokens were asked for: wait a minute and run this again");
  }
  if (error instanceof GenesysAuthenticationError) {
    const { region, tokenUrl = "" } = endpoints ?? {};
    const host = region === undefined ? tokenUrl : `region ${region} (${tokenUrl})`;
    const likely =
      error.status === unknownIdStatus
        ? `${host} knows no such client`
        : "the id is known there, so the secret is probably wrong or the client inactive";
    const remedy = `wrong region? ${likely}; check GENESYSCLOUD_REGION or organization.region, then the id and the secret`;
    return fail(found, remedy);
  }
  if (error instanceof GenesysUnreachableError) {
    const remedy =
      "check the region, GENESYSCLOUD_API_URL and GENESYSCLOUD_LOGIN_URL, the proxy and the firewall";
    return fail(found, remedy);
  }
  const isOfLogin = error instanceof GenesysApiError && error.details.path === tokenPath;
  const remedy = isOfLogin
    ? "the login host fails or is busy: run this again later"
    : "the pair was accepted, but the API did not say whose it is: check GENESYSCLOUD_API_URL, or run this again later";
  return fail(found, remedy);
}

/** Whether the client belongs to the declared organisation. */
export function checkOrganization(identity: TokenIdentity, declaredId: string | undefined): Line {
  const { pass, fail } = linesOn("Genesys", "organization", "organisation");
  const { organizationId: id, organizationName } = identity;
  const found = `${id}${organizationName === undefined ? "" : ` (${organizationName})`}`;
  if (declaredId === undefined || declaredId.toLowerCase() === id.toLowerCase()) {
    return pass(found);
  }
  return fail(
    `the OAuth client belongs to ${found}, but the stack is for ${declaredId}`,
    "use the credentials of that organisation, or correct genesys-credentials:organization.id",
  );
}

/** Whether it is a client of its own that signs in, not a person's token. */
export function checkGrantType({ clientId, authorizedGrantType }: TokenIdentity, purpose: Purpose): Line {
  const { pass, warn, fail } = linesOn("Genesys", "grant-type", `${whose[purpose]} grant type`);
  const remedy = `sign in with an OAuth client of grant type ${clientCredentialsGrant}`;
  if (clientId === undefined) {
    return fail("Genesys does not tell which OAuth client the token belongs to", remedy);
  }
  if (authorizedGrantType === undefined) {
    return warn("is not told by Genesys", `make sure that it is ${clientCredentialsGrant}`);
  }
  const spelt = canonicalGrantType(authorizedGrantType);
  return isClientCredentials(spelt)
    ? pass(spelt)
    : fail(`is ${spelt}, so no token can be minted without a person`, remedy);
}
