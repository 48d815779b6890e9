// The resources that a recovery puts into a state, in an order in which none comes before what it needs (pure).
import { defined } from "../../common/defined";
import { identityEntries } from "../../declarations/identityEntries";
import { writtenNames } from "../../declarations/writtenNames";
import { type NamedId, type NamedIds } from "../../genesys/knowledge/recordedNames";
import { resourceNames } from "../../declarations/naming";
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { divisionIdsOf, type OrganizationNames, rolesMeantBy } from "../world/declaredGrants";
import { keysOf, logicalNameOf } from "../world/recordOf";
import { recordedTypes, type StackState } from "../world/stackState";
import { type OwnClient } from "./clientPlan";
import { type RecordedProperties } from "./clientRecord";
import { type WrittenResource } from "./exportedState";
import { type CredentialPlan, type RecoveryPlan } from "./plan";
import { providerTexts, providerType, rootType, type StackUrns } from "./stackUrns";

/** The records of what is taken back, by the id of the live object. */
export interface TakenRecords {
  readonly roles: ReadonlyMap<string, RecordedProperties>;
  readonly clients: ReadonlyMap<string, RecordedProperties>;
  /** Who takes them back; undefined where its token does not tell. */
  readonly deployerClientId: string | undefined;
}

/** @param providerId For the provider of ours, where the state has none. */
export function addedResources(
  plan: RecoveryPlan,
  records: TakenRecords,
  declarations: ResolvedDeclarations,
  { resources }: StackState,
  urns: StackUrns,
  providerId: string,
  names: OrganizationNames,
): readonly WrittenResource[] {
  const held = resources.filter(({ isPendingDeletion }) => !isPendingDeletion);
  const root = held.find(({ type }) => type === rootType);
  const provider = held.find(({ type }) => type === providerType);
  const rootUrn = root?.urn ?? urns.root;
  const reference = `${provider?.urn ?? urns.provider}::${provider?.id ?? providerId}`;
  const identityUrn = held.find(({ type }) => type === recordedTypes.identity)?.urn;
  const writesIdentity = identityUrn === undefined && plan.belonging.lost !== undefined;
  const identity = identityUrn ?? (writesIdentity ? urns.identity : undefined);
  const needed = identity === undefined ? [] : [identity];

  const roles = plan.roles.flatMap((taken) =>
    taken.outcome === "take"
      ? [
          {
            ...customResource(urns.role(taken.role.key), recordedTypes.role, taken.entity.id, reference),
            ...records.roles.get(taken.entity.id),
            parent: rootUrn,
            dependencies: needed,
          },
        ]
      : [],
  );
  const roleUrns = new Map([
    ...held.flatMap(({ type, urn, id }) =>
      type === recordedTypes.role && id !== undefined ? [[id, urn] as const] : [],
    ),
    ...roles.map(({ id, urn }) => [id, urn] as const),
  ]);
  const credentials = plan.credentials.filter(isWritten);
  return [
    ...(root === undefined ? [{ urn: urns.root, custom: false, type: rootType }] : []),
    ...(provider === undefined
      ? [{ urn: urns.provider, custom: true, type: providerType, id: providerId }]
      : []),
    ...(writesIdentity
      ? [
          identityResource(
            plan.belonging.lost,
            { declarations, names, deployerClientId: records.deployerClientId },
            urns,
            rootUrn,
            reference,
          ),
        ]
      : []),
    ...roles,
    ...credentials.flatMap(({ credential, component }) =>
      component === undefined
        ? [
            {
              urn: urns.credential(credential.key),
              custom: false,
              type: recordedTypes.credential,
              parent: rootUrn,
            },
          ]
        : [],
    ),
    ...credentials.flatMap((taken) =>
      takenClients(taken).map((client) => {
        const record = records.clients.get(client.entity.id);
        return {
          ...customResource(
            urns.client(recordKeyOf(taken), client.slot),
            recordedTypes.client,
            client.entity.id,
            reference,
          ),
          ...record,
          parent: componentOf(taken, urns),
          dependencies: [...rolesIn(record, roleUrns), ...needed],
        };
      }),
    ),
  ];
}

/** The clients of a credential that are taken back. */
export function takenClients({ slots }: CredentialPlan): readonly OwnClient[] {
  return slots.flatMap((plan) => (plan.outcome === "take" ? [plan.client] : []));
}

/** The component below which a credential is, in the state as it will be. */
export function componentOf({ component, credential }: CredentialPlan, urns: StackUrns): string {
  return component ?? urns.credential(credential.key);
}

/** The name of a credential's secret in the state. */
export function secretNameOf(plan: CredentialPlan): string {
  return resourceNames(recordKeyOf(plan)).secret;
}

/** Whether anything of a credential goes into the state, so that its component must be there. */
function isWritten(plan: CredentialPlan): boolean {
  return takenClients(plan).length > 0 || plan.secret?.outcome === "take";
}

/** The key under which the state has the credential: the former one until the next update has renamed it. */
function recordKeyOf({ component, credential }: CredentialPlan): string {
  const recorded = component === undefined ? undefined : logicalNameOf(component);
  return recorded !== undefined && keysOf(credential).includes(recorded) ? recorded : credential.key;
}

function customResource(urn: string, type: string, id: string, provider: string) {
  return { urn, custom: true, type, id, provider };
}

function identityResource(
  identity = "",
  {
    declarations,
    names,
    deployerClientId,
  }: Pick<TakenRecords, "deployerClientId"> & {
    readonly declarations: ResolvedDeclarations;
    readonly names: OrganizationNames;
  },
  urns: StackUrns,
  parent: string,
  provider: string,
): WrittenResource {
  const properties = {
    __provider: providerTexts.identity,
    organization: declarations.organization,
    ...identityEntries(declarations),
    ...recordedNames(declarations, names),
  };
  return {
    ...customResource(urns.identity, recordedTypes.identity, identity, provider),
    inputs: properties,
    outputs: { ...properties, ...defined({ deployerClientId }) },
    parent,
  };
}

/** What the names mean now, which is what the next update would record: each that is one object's. */
function recordedNames(declarations: ResolvedDeclarations, names: OrganizationNames): NamedIds {
  const { divisions = [], existingRoles = [] } = writtenNames(declarations);
  const entries = (written: typeof divisions, idsOf: (name: string) => readonly string[]): NamedId[] =>
    written.flatMap(({ name }) => {
      const [id, ...others] = idsOf(name);
      return id === undefined || others.length > 0 ? [] : [{ name, id }];
    });
  const ofDivisions = entries(divisions, (name) => divisionIdsOf(name, names));
  const ofRoles = entries(existingRoles, (name) => rolesMeantBy(name, names).map(({ id }) => id));
  return {
    ...(ofDivisions.length === 0 ? {} : { divisions: ofDivisions }),
    ...(ofRoles.length === 0 ? {} : { existingRoles: ofRoles }),
  };
}

function rolesIn(
  record: RecordedProperties | undefined,
  urns: ReadonlyMap<string, string>,
): readonly string[] {
  const entries = (record?.inputs["roleDivisions"] ?? []) as readonly { readonly roleId?: string }[];
  return [
    ...new Set(entries.flatMap(({ roleId }) => (roleId === undefined ? [] : (urns.get(roleId) ?? [])))),
  ];
}
