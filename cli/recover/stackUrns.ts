// The URNs of a stack's resources, and what Pulumi's state names providers of ours by (pure).
import { type SlotName } from "../../common/slot";
import { resourceNames } from "../../declarations/naming";
import { recordedTypes } from "../world/stackState";

/** What every URN of a stack has in it. */
export interface StackNames {
  readonly project: string;
  readonly stack: string;
}

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

/** Every resource that can be taken back into a state. */
export class StackUrns {
  private readonly prefix: string;

  constructor(private readonly names: StackNames) {
    this.prefix = `urn:pulumi:${names.stack}::${names.project}::`;
  }

  get root(): string {
    return `${this.prefix}${rootType}::${this.names.project}-${this.names.stack}`;
  }

  get provider(): string {
    return `${this.prefix}${providerType}::default`;
  }

  get identity(): string {
    return `${this.prefix}${recordedTypes.identity}::identity`;
  }

  role(key: string): string {
    return `${this.prefix}${recordedTypes.role}::${key}`;
  }

  credential(key: string): string {
    return `${this.prefix}${recordedTypes.credential}::${resourceNames(key).credential}`;
  }

  client(key: string, slot: SlotName): string {
    return `${this.prefix}${recordedTypes.credential}$${recordedTypes.client}::${resourceNames(key).client(slot)}`;
  }
}
