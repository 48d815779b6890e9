// Access tokens by the client-credentials grant.
import { type Clock, msPerSecond } from "../common/clock";
import type { Redactor } from "../common/redact";
import { GenesysResponseError } from "./errors";
import { tokenPath, type Transport } from "./http";
import { tokenValiditySeconds } from "./knowledge/tokenValidity";
import { tokenSchema } from "./wire";

/** A client id and its secret. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A token and the moment from which it is no longer used. */
export interface AccessToken {
  readonly accessToken: string;
  readonly renewAtMs: number;
}

/** A token is renewed this long before its end, but never in the first half of its life. */
const renewalMarginMs = 60_000;

/** However short its validity is said to be, a token carries the request for which it was minted. */
const shortestUseMs = 1000;

/** Sends `POST /oauth/token` once; no repetition here. */
export class TokenEndpoint {
  constructor(
    private readonly transport: Transport,
    readonly loginUrl: string,
    private readonly clock: Clock,
    private readonly redactor: Redactor,
  ) {}

  /** @throws GenesysAuthenticationError when the pair is refused, and what {@link HttpTransport.send} throws. */
  async mint(credentials: ClientCredentials): Promise<AccessToken> {
    this.redactor.addClientCredentials(credentials.clientId, credentials.clientSecret);
    const basic = Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString("base64");
    const answer = await this.transport.send({
      method: "POST",
      origin: this.loginUrl,
      path: tokenPath,
      authorization: `Basic ${basic}`,
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    const token = tokenSchema.safeParse(answer.body);
    if (!token.success) {
      const request = { method: "POST", path: tokenPath };
      const problem = "no access token in it";
      throw new GenesysResponseError(request, answer.status, problem, answer.correlationId, true);
    }
    this.redactor.add(token.data.access_token);
    const validityMs = (token.data.expires_in ?? tokenValiditySeconds.standard) * msPerSecond;
    const marginMs = Math.min(renewalMarginMs, validityMs / 2);
    const useMs = Math.max(shortestUseMs, validityMs - marginMs);
    return { accessToken: token.data.access_token, renewAtMs: this.clock.now() + useMs };
  }
}
