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

/** Those of a stack. */
export type StackUrns = ReturnType<typeof stackUrns>;

/** The URN of every resource that can be taken back into a state. */
export function stackUrns(project: string, stack: string) {
  const urn = (type: string, name: string): string => `urn:pulumi:${stack}::${project}::${type}::${name}`;
  return {
    root: urn(rootType, `${project}-${stack}`),
    provider: urn(providerType, "default"),
    identity: urn(recordedTypes.identity, "identity"),
    role: (key: string): string => urn(recordedTypes.role, key),
    credential: (key: string): string => urn(recordedTypes.credential, resourceNames(key).credential),
    client: (key: string, slot: SlotName): string =>
      urn(`${recordedTypes.credential}$${recordedTypes.client}`, resourceNames(key).client(slot)),
  };
}
