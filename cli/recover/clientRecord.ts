// The record of a live OAuth client as its provider would have written it: in the form of the declaration, with what is live in it (pure).
import { defined } from "../../common/defined";
import { adoptionIn } from "../../declarations/adoption";
import { canonicalId } from "../../declarations/canonicalId";
import { type DeclaredRoleDivision } from "../../declarations/roleReferences";
import { type ResolvedCredential } from "../../declarations/resolve";
import { type Slot } from "../../declarations/rotation/slots";
import { liveFields } from "../../genesys/knowledge/oauthClientFields";
import { isClientCredentials } from "../../genesys/knowledge/grantTypes";
import { pairKey, type RoleDivision } from "../../genesys/knowledge/roleDivisions";
import { descriptionWithoutMarker, type Marker, markerText } from "../../genesys/marker";
import { type AllowedAddressesSwitch, shownAddresses } from "../../genesys/knowledge/allowedAddressesField";
import { type OAuthClientEntity } from "../../genesys/wire";
import {
  compareGrants,
  divisionIdsOf,
  type OrganizationNames,
  pairsOf,
  rolesMeantBy,
} from "../world/declaredGrants";
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
    ...liveFields({ ...credential, name: "", state: slot.state }, live),
    description: declaredDescription(live, marker),
    roleDivisions: grants.map(({ input }) => input),
    ...addresses(credential, live, context.allowedAddresses),
    ...defined({
      type: credential.type === "general" ? undefined : credential.type,
      allow: credential.allow,
      usedFor: credential.usedFor,
    }),
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
      ...defined({ dateCreated: live.dateCreated }),
      ...(isKept ? { isSecretKept: true } : {}),
    },
  };
}

/** What the marker says of the maker. Without one the next update sees another maker, and writes the marker. */
export function madeBy(
  marker: Marker | undefined,
  owner: string,
): { readonly owner: string; readonly identity?: string } {
  return { owner: marker?.owner ?? owner, ...defined({ identity: marker?.identity }) };
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
  const expected = roleDivisions.map((entry) => ({
    entry,
    pairs: pairsOf(roleIdsOf(entry, context), divisionIdsOf(entry.division, context.names)),
  }));
  const { present, extra } = compareGrants(expected, live.roleDivisions ?? []);
  const added = [...extra].sort((one, other) => pairKey(one).localeCompare(pairKey(other)));
  return [
    ...present.map(({ expected: { entry }, pair }) => ({ input: inputOf(entry, pair), resolved: pair })),
    ...added.map((pair) => ({ input: { roleId: pair.roleId, division: pair.divisionId }, resolved: pair })),
  ];
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
  return rolesMeantBy(roleName ?? "", names).map(({ id }) => id);
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
  const shown = shownAddresses(live, setting.field);
  if (shown === undefined) {
    return stored;
  }
  return shown.length === 0 ? {} : { allowedAddresses: shown, allowedAddressesField: setting.field };
}
