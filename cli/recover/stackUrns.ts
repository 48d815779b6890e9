// The URNs of a stack's resources, and what Pulumi's state names providers of ours by (pure).
import { type SlotName } from "../../common/slot";
import { resourceNames } from "../../declarations/naming";
import { recordedTypes } from "../world/stackState";

/** The type of the resource that everything else in a stack is below. */
export const rootType = "pulumi:pulumi:Stack";
/** The type of the provider that runs ours. */
export const providerType = "pulumi:providers:pulumi-nodejs";

/** PERMANENT texts in every state; resources/providerReference.ts writes the same ones. */
export const providerTexts = {
  identity: 'exports.handler=()=>require("./providers/load.js").StackIdentity',
  role: 'exports.handler=()=>require("./providers/load.js").Role',
  client: 'exports.handler=()=>require("./providers/load.js").OAuthClient',
} as const;

/** The URN of every resource that can be taken back into a state. */
export interface StackUrns {
  readonly root: string;
  readonly provider: string;
  readonly identity: string;
  role(key: string): string;
  credential(key: string): string;
  client(key: string, slot: SlotName): string;
}

export function stackUrns(project: string, stack: string): StackUrns {
  const urn = (type: string, name: string): string => `urn:pulumi:${stack}::${project}::${type}::${name}`;
  return {
    root: urn(rootType, `${project}-${stack}`),
    provider: urn(providerType, "default"),
    identity: urn(recordedTypes.identity, "identity"),
    role: (key) => urn(recordedTypes.role, key),
    credential: (key) => urn(recordedTypes.credential, resourceNames(key).credential),
    client: (key, slot) =>
      urn(`${recordedTypes.credential}$${recordedTypes.client}`, resourceNames(key).client(slot)),
  };
}
