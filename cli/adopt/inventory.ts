// What an adoption has to know of the organisation: its clients, roles, divisions and permissions, and who asks.
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { type Division, Divisions } from "../../genesys/divisions";
import { isForbidden, isNotFound } from "../../genesys/errors";
import { type TokenIdentity } from "../../genesys/identity";
import { isDeleted, OAuthClients } from "../../genesys/oauthClients";
import { Permissions } from "../../genesys/permissions";
import { type PermissionCatalogue } from "../../genesys/knowledge/catalogueRules";
import { type RecordedNames } from "../../genesys/knowledge/recordedNames";
import { Roles } from "../../genesys/roles";
import { readAllowedAddressesSwitch } from "../../genesys/settings";
import { type OAuthClientEntity, type RoleEntity } from "../../genesys/wire";
import { OutsideError, UsageError } from "../terminal/cliError";
import { connectDeployer, requireOrganization } from "../world/deployer";
import { type Surroundings } from "../terminal/surroundings";

/** The organisation as it is now. */
export interface Inventory {
  /** The deployer. */
  readonly identity: TokenIdentity;
  readonly clients: readonly OAuthClientEntity[];
  readonly roles: readonly RoleEntity[];
  readonly divisions: readonly Division[];
  readonly homeDivisionId: string;
  readonly catalogue: PermissionCatalogue;
  /** The field in which clients show their allowed addresses; undefined while Genesys has not published one. */
  readonly addressesField: string | undefined;
  /** What the stack has on record of the names that it writes: they mean that, whatever has the name now. */
  readonly recorded?: RecordedNames | undefined;
}

/**
 * Reads all of it: one token, and one request for each list and page. Nothing is written.
 * @throws UsageError for another organisation than the declared one; OutsideError naming what could not be read and what that needs.
 */
export async function readInventory(
  declarations: ResolvedDeclarations,
  surroundings: Surroundings,
): Promise<Inventory> {
  const client = connectDeployer(declarations, surroundings);
  const identity = await reading("Signing in", undefined, () =>
    requireOrganization(client, declarations, "Adopting"),
  );
  const divisions = new Divisions(client);
  const [clients, roles, everyDivision, home, catalogue] = await Promise.all([
    reading("Listing the OAuth clients", "oauth:client:view", () => listClients(new OAuthClients(client))),
    reading("Listing the roles", "authorization:role:view", () => new Roles(client).list()),
    reading("Listing the divisions", undefined, () => divisions.list()),
    reading("Asking for the home division", undefined, () => divisions.home()),
    reading("Reading the permission catalogue", undefined, () => new Permissions(client).catalogue()),
  ]);
  const { environment, redactor } = surroundings;
  const addresses = readAllowedAddressesSwitch(environment);
  /** What people wrote into a description must not carry the deployer's secret into a file. */
  const withoutSecrets = <T extends { description?: string | undefined }>(object: T): T =>
    object.description === undefined
      ? object
      : { ...object, description: redactor.redact(object.description) };
  return {
    identity: { ...identity, clientId: identity.clientId ?? environment["GENESYSCLOUD_OAUTHCLIENT_ID"] },
    clients: clients.map(withoutSecrets),
    roles: roles.map(withoutSecrets),
    divisions: everyDivision,
    homeDivisionId: home.id,
    catalogue,
    addressesField: addresses.kind === "on" ? addresses.field : undefined,
  };
}

/** The list may show clients without their grant type, and then perhaps without their roles (docs/genesys-api.md 3.2): each of those is asked for. */
async function listClients(oauthClients: OAuthClients): Promise<OAuthClientEntity[]> {
  const listed = await oauthClients.list();
  return Promise.all(
    listed.map(async (client) => {
      if (client.authorizedGrantType !== undefined || isDeleted(client)) {
        return client;
      }
      try {
        return await oauthClients.get(client.id);
      } catch (error) {
        if (isNotFound(error)) {
          return client; // deleted meanwhile; it is left out with a reason
        }
        throw error;
      }
    }),
  );
}

async function reading<T>(action: string, permission: string | undefined, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof UsageError) {
      throw error;
    }
    const reason = error instanceof Error ? error.message : String(error);
    const remedy =
      permission !== undefined && isForbidden(error)
        ? `give the deployer a role with ${permission} (docs/security.md)`
        : "run it again; `npm run credentials -- doctor` says what is wrong";
    throw new OutsideError(`Adopting: ${action}: ${reason}; nothing was written. Remedy: ${remedy}.`);
  }
}
