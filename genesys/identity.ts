// Who a token belongs to: /api/v2/tokens/me and /api/v2/organizations/me (docs/genesys-api.md 5). No permission is needed.
import { unreadEntryCount } from "./answered";
import type { GenesysClient } from "./client";
import { organizationSchema, tokenInfoSchema } from "./wire";
import type { RoleDivision } from "./knowledge/roleDivisions";

/** The OAuth client and organisation behind a token. */
export interface TokenIdentity {
  readonly clientId: string | undefined;
  readonly clientName: string | undefined;
  readonly authorizedGrantType: string | undefined;
  readonly organizationId: string;
  readonly organizationName: string | undefined;
  /** Undefined when the answer does not say. */
  readonly roleDivisions: readonly RoleDivision[] | undefined;
  /** How many more roles it has, in a form that cannot be read; absent where that is none. */
  readonly unreadableRoleCount?: number;
}

export class Identity {
  constructor(private readonly client: GenesysClient) {}

  /** The identity of the deployer's token, or of the one given. */
  async read(accessToken?: string): Promise<TokenIdentity> {
    const token = accessToken === undefined ? {} : { accessToken };
    const info = await this.client.request(
      { method: "GET", path: "/api/v2/tokens/me", ...token },
      tokenInfoSchema,
    );
    const organization =
      info.organization ??
      info.OAuthClient?.organization ??
      (await this.client.request(
        { method: "GET", path: "/api/v2/organizations/me", ...token },
        organizationSchema,
      ));
    const unreadableRoleCount =
      info.OAuthClient === undefined ? 0 : unreadEntryCount(info.OAuthClient, "roleDivisions");
    return {
      clientId: info.OAuthClient?.id,
      clientName: info.OAuthClient?.name,
      authorizedGrantType: info.OAuthClient?.authorizedGrantType,
      organizationId: organization.id,
      organizationName: organization.name,
      roleDivisions: info.OAuthClient?.roleDivisions,
      ...(unreadableRoleCount === 0 ? {} : { unreadableRoleCount }),
    };
  }
}
