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
import { fail, type Line, notChecked, pass, type Subject, warn } from "./line";

/** The deployer, and the lines about its sign-in. */
export interface SignInResult {
  readonly identity: Known<TokenIdentity>;
  readonly lines: readonly Line[];
}

/** The login host's status for an id that it does not know (docs/genesys-api.md 2). */
const unknownIdStatus = 400;

/** Signs in and asks whose token it is: two requests. Never rejects. */
export async function signInDeployer(
  client: Known<GenesysClient>,
  endpoints: Endpoints | undefined,
): Promise<SignInResult> {
  const subject: Subject = { area: "Genesys", check: "sign-in", place: "the deployer's pair" };
  if (!("value" in client)) {
    return { identity: client, lines: [notChecked(subject, client.reason)] };
  }
  try {
    const identity = await new Identity(client.value).read();
    const name = identity.clientName === undefined ? "" : ` "${identity.clientName}"`;
    const found = `signs in as OAuth client ${identity.clientId ?? "(not told)"}${name}`;
    return { identity: { value: identity }, lines: [pass(subject, found)] };
  } catch (error) {
    return { identity: { reason: "the sign-in failed" }, lines: [refusalLine(subject, error, endpoints)] };
  }
}

function refusalLine(subject: Subject, error: unknown, endpoints: Endpoints | undefined): Line {
  const found = messageOf(error);
  if (isTokenRateLimit(error)) {
    return fail(subject, found, "too many tokens were asked for: wait a minute and run this again");
  }
  if (error instanceof GenesysAuthenticationError) {
    const { region, tokenUrl = "" } = endpoints ?? {};
    const host = region === undefined ? tokenUrl : `region ${region} (${tokenUrl})`;
    const likely =
      error.status === unknownIdStatus
        ? `${host} knows no such client`
        : "the id is known there, so the secret is probably wrong or the client inactive";
    const remedy = `wrong region? ${likely}; check GENESYSCLOUD_REGION or organization.region, then the id and the secret`;
    return fail(subject, found, remedy);
  }
  if (error instanceof GenesysUnreachableError) {
    const remedy =
      "check the region, GENESYSCLOUD_API_URL and GENESYSCLOUD_LOGIN_URL, the proxy and the firewall";
    return fail(subject, found, remedy);
  }
  const isOfLogin = error instanceof GenesysApiError && error.details.path === tokenPath;
  const remedy = isOfLogin
    ? "the login host fails or is busy: run this again later"
    : "the pair was accepted, but the API did not say whose it is: check GENESYSCLOUD_API_URL, or run this again later";
  return fail(subject, found, remedy);
}

/** Whether the deployer belongs to the declared organisation. */
export function checkOrganization(identity: TokenIdentity, declaredId: string | undefined): readonly Line[] {
  const subject: Subject = { area: "Genesys", check: "organization", place: "organisation" };
  const { organizationId: id, organizationName } = identity;
  const found = `${id}${organizationName === undefined ? "" : ` (${organizationName})`}`;
  if (declaredId === undefined || declaredId.toLowerCase() === id.toLowerCase()) {
    return [pass(subject, found)];
  }
  return [
    fail(
      subject,
      `the deployer belongs to ${found}, but the stack is for ${declaredId}`,
      "use the credentials of that organisation, or correct genesys-credentials:organization.id",
    ),
  ];
}

/** Whether the deployer is a client of its own, not a person's token. */
export function checkGrantType({ clientId, authorizedGrantType }: TokenIdentity): readonly Line[] {
  const subject: Subject = { area: "Genesys", check: "grant-type", place: "the deployer's grant type" };
  const remedy = `deploy with an OAuth client of grant type ${clientCredentialsGrant}`;
  if (clientId === undefined) {
    return [fail(subject, "Genesys does not tell which OAuth client the token belongs to", remedy)];
  }
  if (authorizedGrantType === undefined) {
    return [warn(subject, "is not told by Genesys", `make sure that it is ${clientCredentialsGrant}`)];
  }
  const spelt = canonicalGrantType(authorizedGrantType);
  return isClientCredentials(spelt)
    ? [pass(subject, spelt)]
    : [fail(subject, `is ${spelt}, so no token can be minted without a person`, remedy)];
}
