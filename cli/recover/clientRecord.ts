// The record of a live OAuth client as its provider would have written it: in the form of the declaration, with what is live in it (pure).
import { canonicalAddresses } from "../../common/addressRange";
import { adoptionIn } from "../../declarations/adoption";
import { canonicalId } from "../../declarations/canonicalId";
import { type DeclaredRoleDivision, type ResolvedCredential } from "../../declarations/resolve";
import { type Slot } from "../../declarations/rotation";
import { isClientCredentials, isSameGrantType } from "../../genesys/knowledge/grantTypes";
import { pairKey, uniqueRoleDivisions } from "../../genesys/knowledge/roleDivisions";
import { descriptionWithoutMarker, type Marker, markerText } from "../../genesys/marker";
import { rolesCalled } from "../../genesys/roles";
import { type AllowedAddressesSwitch } from "../../genesys/settings";
import { type OAuthClientEntity, type RoleDivision } from "../../genesys/wire";
import { divisionIdsOf, type OrganizationNames } from "../world/declaredGrants";
import { type OwnClient } from "./clientPlan";
import { providerTexts } from "./stackUrns";

/** Inputs and outputs of a resource, as they are in a state. */
export interface RecordedProperties {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What a record has in it besides the client. */
export interface RecordContext {
  readonly organization: { readonly id?: string; readonly region?: string };
  readonly organizationId: string;
  readonly names: OrganizationNames;
  /** Ids of the stack's roles by key, as far as they are known. */
  readonly roleIds: ReadonlyMap<string, string>;
  readonly allowedAddresses: AllowedAddressesSwitch;
}

/** @param live As Genesys shows it when asked by its id. @param appliedGeneration Of the credential, as the stored secret says it. */
export function clientRecord(
  { marker, generation, labels }: OwnClient,
  live: OAuthClientEntity,
  slot: Slot,
  credential: ResolvedCredential,
  appliedGeneration: number,
  context: RecordContext,
): RecordedProperties {
  const { organization, organizationId } = context;
  const grants = liveGrants(credential, live, context);
  const adoption = adoptionIn(credential, slot);
  const adopt =
    adoption?.clientId === canonicalId(live.id)
      ? { adopt: { clientId: adoption.clientId, secret: adoption.secret } }
      : {};
  const inputs = {
    __provider: providerTexts.client,
    organization,
    name: live.name ?? "",
    description: declaredDescription(live, marker),
    authorizedGrantType: grantType(live.authorizedGrantType, credential.authorizedGrantType),
    accessTokenValiditySeconds: live.accessTokenValiditySeconds ?? credential.accessTokenValiditySeconds,
    roleDivisions: grants.map(({ input }) => input),
    ...ofPeople(credential, live),
    ...addresses(credential, live, context.allowedAddresses),
    ...(credential.type === "general" ? {} : { type: credential.type }),
    ...(credential.allow === undefined ? {} : { allow: credential.allow }),
    // A disabled client can do even less than an inactive one (genesys-api 3.3).
    state: live.state === "disabled" ? "inactive" : (live.state ?? slot.state),
    generation,
    ...(credential.rotation.clients === "keep"
      ? { rotation: { clients: "keep", generation: appliedGeneration } }
      : {}),
    ...madeBy(marker, credential.owner),
    ...adopt,
  };
  const isKept =
    credential.adopt?.secret === "keep" &&
    credential.adopt.clientId === canonicalId(live.id) &&
    labels.length === 0;
  return {
    inputs,
    outputs: {
      ...inputs,
      clientId: live.id,
      marker: marker === undefined ? "" : markerText(marker), // an empty one lets an update make one
      resolvedRoleDivisions: grants.map(({ resolved }) => resolved),
      organizationId,
      ...(live.dateCreated === undefined ? {} : { dateCreated: live.dateCreated }),
      ...(isKept ? { isSecretKept: true } : {}),
    },
  };
}

/** What the marker says of the maker. Without one the next update sees another maker, and writes the marker. */
export function madeBy(
  marker: Marker | undefined,
  owner: string,
): { readonly owner: string; readonly identity?: string } {
  return {
    owner: marker?.owner ?? owner,
    ...(marker?.identity === undefined ? {} : { identity: marker.identity }),
  };
}

/** The part of a live description that is declared. */
export function declaredDescription(
  { description = "" }: Pick<OAuthClientEntity, "description">,
  marker: Marker | undefined,
): string {
  return marker === undefined ? description : descriptionWithoutMarker(description, markerText(marker));
}

interface Grant {
  readonly input: Readonly<Record<string, string>>;
  readonly resolved: RoleDivision;
}

/** Declared entries that are there, in declared order, then what somebody added: as a refresh writes them. */
function liveGrants(
  { roleDivisions, authorizedGrantType }: ResolvedCredential,
  live: OAuthClientEntity,
  context: RecordContext,
): readonly Grant[] {
  if (!isClientCredentials(authorizedGrantType)) {
    return [];
  }
  const held = uniqueRoleDivisions(live.roleDivisions ?? []);
  const declared = roleDivisions.flatMap((entry): Grant[] => {
    const roleIds = roleIdsOf(entry, context);
    const divisionIds = divisionIdsOf(entry.division, context.names);
    const resolved = held.find(
      ({ roleId, divisionId }) => roleIds.includes(roleId) && divisionIds.includes(divisionId),
    );
    return resolved === undefined ? [] : [{ input: inputOf(entry, resolved), resolved }];
  });
  const known = new Set(declared.map(({ resolved }) => pairKey(resolved)));
  const added = held
    .filter((pair) => !known.has(pairKey(pair)))
    .sort((one, other) => pairKey(one).localeCompare(pairKey(other)))
    .map((resolved) => ({
      input: { roleId: resolved.roleId, division: resolved.divisionId },
      resolved,
    }));
  return [...declared, ...added];
}

function inputOf(
  { roleKey, roleName, division }: DeclaredRoleDivision,
  { roleId }: RoleDivision,
): Readonly<Record<string, string>> {
  return roleKey === undefined ? { roleName: roleName ?? "", division } : { roleId, division };
}

/** An existing role is written by its name, or by its id. */
function roleIdsOf(
  { roleKey, roleName }: DeclaredRoleDivision,
  { roleIds, names }: RecordContext,
): readonly string[] {
  if (roleKey !== undefined) {
    const id = roleIds.get(roleKey);
    return id === undefined ? [] : [id];
  }
  return rolesCalled(roleName ?? "", names.roles).map(({ id }) => id);
}

function ofPeople(
  { authorizedGrantType, registeredRedirectUri, scope }: ResolvedCredential,
  live: OAuthClientEntity,
): { readonly registeredRedirectUri?: readonly string[]; readonly scope?: readonly string[] } {
  return isClientCredentials(authorizedGrantType)
    ? {}
    : {
        registeredRedirectUri: sorted(live.registeredRedirectUri ?? registeredRedirectUri),
        scope: sorted(live.scope ?? scope),
      };
}

/** As declared where they are only stored; as live where Genesys's field for them is known. */
function addresses(
  { allowedAddresses }: ResolvedCredential,
  live: OAuthClientEntity,
  setting: AllowedAddressesSwitch,
): { readonly allowedAddresses?: readonly string[]; readonly allowedAddressesField?: string } {
  const stored = allowedAddresses === undefined ? {} : { allowedAddresses };
  if (setting.kind !== "on") {
    return stored;
  }
  const shown: unknown = live[setting.field];
  if (!Array.isArray(shown) || !shown.every((entry) => typeof entry === "string")) {
    return stored;
  }
  return shown.length === 0
    ? {}
    : { allowedAddresses: canonicalAddresses(shown), allowedAddressesField: setting.field };
}

/** The declared spelling where the live one means the same. */
function grantType(live: string | undefined, declared: string): string {
  return live === undefined || isSameGrantType(live, declared) ? declared : live;
}

function sorted(texts: readonly string[] = []): readonly string[] {
  return [...new Set(texts)].sort();
}
