// Access tokens: minting, checking, and what makes them die.
import { msPerSecond, msPerDay } from "../../common/clock";
import { defined } from "../../common/defined";
import { httpStatus } from "../server/httpStatus";
import { requireAdmitted } from "./allowedAddresses";
import { clientCredentialsGrant } from "./clientRequest";
import { newAccessToken } from "./secretValues";
import { TokenRefusal, unauthorized } from "./simulatorError";
import { SlidingMinute } from "./slidingMinute";
import { type ClientVersion, type RoleDivision, type StoredClient, type StoredToken } from "./state";
import { type Store } from "./store";

/** How long an expired token is remembered, so that its owner is told that it expired. */
const expiredRememberedMs = msPerDay;

/** Who holds the token of a request: on whose behalf it is made. */
export interface Caller {
  readonly clientId: string;
  /** The access token itself: rate limits count per token, and `DELETE /tokens/me` revokes it. */
  readonly token: string;
  /** Set when the token outlived its client: what it can still do. */
  readonly retained?: readonly RoleDivision[];
}

/** The token of a Bearer header; undefined when there is none. */
export function bearerToken(authorization = ""): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
}

/** The access tokens of the organisation. */
export class Tokens {
  private readonly minting = new SlidingMinute();

  constructor(private readonly store: Store) {}

  /**
   * Mints a token. The status of an unknown client (400) and of a wrong secret (401) were seen on the real login host;
   * those of inactive clients, other grant types and addresses are guesses behind switches.
   * @param address IP address of the caller; undefined where it does not matter
   * @throws TokenRefusal
   */
  mint(clientId: string, secret: string, grantType: string | undefined, address?: string): StoredToken {
    const now = this.store.now();
    const client = this.store.state.clients.find((one) => one.id === clientId && one.deleted === undefined);
    if (client === undefined || client.createdAt + this.store.consistency.clientMintsAfterMs > now) {
      throw new TokenRefusal(httpStatus.badRequest, "invalid_client", "client not found");
    }
    if (!this.isSecretOf(client, secret, now)) {
      throw new TokenRefusal(httpStatus.unauthorized, "invalid_client", "authentication failed");
    }
    this.requireMintable(client.version, grantType);
    requireAdmitted(client.version.allowedAddresses, address, this.store.switches);
    const wait = this.minting.take(clientId, this.store.switches.mintingLimitPerMinute, now);
    if (wait > 0) {
      const text = `rate limit exceeded; retry in ${wait} seconds`;
      throw new TokenRefusal(httpStatus.badRequest, "invalid_request", text);
    }
    const token: StoredToken = {
      value: newAccessToken(),
      clientId,
      issuedAt: now,
      expiresAt: now + client.version.accessTokenValiditySeconds * msPerSecond,
    };
    this.keep((one) => one.expiresAt + expiredRememberedMs > now);
    this.store.state.tokens.push(token);
    this.store.changed();
    return token;
  }

  /** Nobody has minted anything in the last minute. */
  forgetMinting(): void {
    this.minting.forget();
  }

  private isSecretOf(client: StoredClient, secret: string, now: number): boolean {
    const oldest = now - this.store.consistency.oldSecretDiesAfterMs;
    return (
      client.secret === secret ||
      client.formerSecrets.some((former) => former.secret === secret && former.replacedAt > oldest)
    );
  }

  private requireMintable(version: ClientVersion, grantType: string | undefined): void {
    const { refusedInactiveStatus, refusedGrantTypeStatus } = this.store.switches;
    if (grantType !== "client_credentials") {
      const text = `grant type ${grantType ?? "(none)"} is not supported here`;
      throw new TokenRefusal(httpStatus.badRequest, "unsupported_grant_type", text);
    }
    if (version.authorizedGrantType !== clientCredentialsGrant) {
      const text = "client is not authorized for this grant type";
      throw new TokenRefusal(refusedGrantTypeStatus, "unauthorized_client", text);
    }
    if (version.state !== "active") {
      throw new TokenRefusal(refusedInactiveStatus, "invalid_client", `client is ${version.state}`);
    }
  }

  /** Who holds a token; undefined when it is not known. Expired tokens count. */
  holderOf(value: string): StoredToken | undefined {
    return this.store.state.tokens.find((token) => token.value === value);
  }

  /** The caller behind an `Authorization` header. @throws SimulatorError 401 */
  authenticate(authorization: string | undefined): Caller {
    const value = bearerToken(authorization);
    if (value === undefined) {
      const text = "No authentication bearer token specified in authorization header.";
      throw unauthorized("authentication.required", text);
    }
    const token = this.holderOf(value);
    if (token === undefined) {
      throw unauthorized("bad.credentials", "Invalid login credentials.");
    }
    if (token.expiresAt <= this.store.now()) {
      throw unauthorized("credentials.expired", "The supplied token has expired.");
    }
    const { clientId, retained } = token;
    return { clientId, token: value, ...defined({ retained }) };
  }

  /** Revokes one token. */
  revoke(value: string): void {
    this.keep((token) => token.value !== value);
    this.store.changed();
  }

  private revokeAllOf(clientId: string): void {
    this.keep((token) => token.clientId !== clientId);
  }

  private keep(isKept: (token: StoredToken) => boolean): void {
    this.store.state.tokens = this.store.state.tokens.filter(isKept);
  }

  /** Disabled kills live tokens, as documented; inactive does where the switch says so. */
  afterStateChange(clientId: string, state: ClientVersion["state"]): void {
    if (state === "disabled" || (state === "inactive" && !this.store.switches.tokenSurvives.inactive)) {
      this.revokeAllOf(clientId);
    }
  }

  /** Live tokens outlive the change where the switch says so. */
  after(change: "secretReset" | "roleRemoval", clientId: string): void {
    if (!this.store.switches.tokenSurvives[change]) {
      this.revokeAllOf(clientId);
    }
  }

  /** Live tokens die with their client, or keep what it could do last. */
  beforeDelete(clientId: string, pairs: readonly RoleDivision[]): void {
    if (!this.store.switches.tokenSurvives.delete) {
      this.revokeAllOf(clientId);
      return;
    }
    this.store.state.tokens = this.store.state.tokens.map((token) =>
      token.clientId === clientId ? { ...token, retained: pairs } : token,
    );
  }
}
