// The entry of a credential that takes over a live OAuth client.
import { defined } from "../../common/defined";
import { oneLine } from "../../common/oneLine";
import { clientFieldsOf } from "../../genesys/knowledge/oauthClientFields";
import { canonicalGrantType, clientCredentialsGrant } from "../../genesys/knowledge/grantTypes";
import { tokenValiditySeconds } from "../../genesys/knowledge/tokenValidity";
import { grantTypeRule } from "../../declarations/grantType";
import { clientName } from "../../declarations/naming";
import { type OAuthClientEntity } from "../../genesys/wire";
import { entryProblem } from "./entryProblem";
import { declarableDescription, nameProblem } from "./liveText";

/** What people chose for all clients of a run. */
export interface AdoptionChoices {
  readonly secret: "keep" | "regenerate";
  /** ISO 8601 duration. */
  readonly every?: string;
}

/** What is written of a client, but for its key. */
export interface ClientContent {
  /** Without roles and `adopt`. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly hasRoles: boolean;
  /** What differs from the live client, in words. */
  readonly notes: readonly string[];
}

/** Longest text of a grant type in a reason. */
const longestGrantType = 40;

/** Stands in for the roles, which are checked on their own. */
const someRole = { stub: { permissions: ["some:entity:view"] } };

/**
 * The settings of a client, or why it cannot be declared.
 * @param addressesField The field in which Genesys shows a client's allowed addresses; undefined where none is known.
 */
export function clientContent(
  live: OAuthClientEntity,
  { every }: AdoptionChoices,
  stack: string,
  addressesField?: string,
): ClientContent | string {
  const description = declarableDescription(live.description);
  const grantType = canonicalGrantType(live.authorizedGrantType ?? "");
  const mistake = grantTypeRule(grantType);
  if (mistake !== undefined) {
    return `its grant type ${oneLine(grantType, longestGrantType)} ${mistake.problem}`;
  }
  const hasRoles = grantType === clientCredentialsGrant;
  const redirectUris = [...new Set(live.registeredRedirectUri)];
  const scopes = [...new Set(live.scope)];
  const addresses = addressesField === undefined ? undefined : live[addressesField];
  const isLimited = hasRoles && Array.isArray(addresses) && addresses.length > 0;
  const isOfScim = (live.accessTokenValiditySeconds ?? 0) > tokenValiditySeconds.maximum;
  const settings = defined({
    description: description.text === "" ? undefined : description.text,
    grantType: hasRoles ? undefined : grantType,
    redirectUris: hasRoles || redirectUris.length === 0 ? undefined : redirectUris,
    scopes: hasRoles || scopes.length === 0 ? undefined : scopes,
    ...namedAlike(live, grantType),
    usedFor: isOfScim ? "scim" : undefined,
    allowedAddresses: isLimited ? (addresses as readonly unknown[]) : undefined,
    rotation: every === undefined ? undefined : { every },
  });
  const raw = hasRoles
    ? { roles: someRole, credentials: { entry: { ...settings, roles: ["stub"] } } }
    : { credentials: { entry: settings } };
  const dropped = hasRoles && redirectUris.length + scopes.length > 0;
  const losesRoles = !hasRoles && (live.roleDivisions ?? []).length > 0;
  const notes = [
    ...(isOfScim ? ["its tokens live as long as Genesys allows for SCIM alone, hence usedFor: scim"] : []),
    ...description.changes.map((change) => `description: ${change}`),
    ...(dropped ? ["its redirect URIs and scopes are left out: nobody signs in through such a client"] : []),
    ...(losesRoles
      ? ["its roles are left out: its tokens act with the roles of the person who signs in"]
      : []),
  ];
  return entryProblem(raw, "credentials.entry", stack) ?? { settings, hasRoles, notes };
}

/** Fields that a declaration calls otherwise than Genesys, or does not have. */
const namedOtherwise = [
  "name",
  "description",
  "authorizedGrantType",
  "state",
  "registeredRedirectUri",
  "scope",
];

/** The fields that a declaration calls as Genesys does, where they are not as they would be without a word. */
function namedAlike(live: OAuthClientEntity, grantType: string): Record<string, unknown> {
  const fields = Object.entries(clientFieldsOf(grantType)).filter(([name]) => !namedOtherwise.includes(name));
  return Object.fromEntries(
    fields.map(([name, { input }]) => {
      const value = live[name];
      return [name, value === input.safeParse(undefined).data ? undefined : value];
    }),
  );
}

/** What to call the client when its key is made: without what a stack would add to the key. */
export function nameForKey({ id, name = "" }: OAuthClientEntity, stack: string): string {
  const usualEnd = clientName(stack, "", "a");
  return name.endsWith(usualEnd) && name !== usualEnd ? name.slice(0, -usualEnd.length) : name || id;
}

/** The `adopt` of a client, and what is to be said about it. */
export function adoptionOf(
  { id, name = "" }: OAuthClientEntity,
  key: string,
  { secret }: AdoptionChoices,
  stack: string,
): { readonly adopt: Readonly<Record<string, string>>; readonly notes: readonly string[] } {
  const usual = clientName(stack, key, "a");
  const mistake = name === usual ? undefined : nameProblem(name);
  return mistake === undefined
    ? { adopt: { clientId: id, secret, ...(name === usual ? {} : { name }) }, notes: [] }
    : {
        adopt: { clientId: id, secret },
        notes: [`its name ${mistake}: the first \`pulumi up\` renames it to ${usual}`],
      };
}
