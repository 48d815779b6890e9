// What every resource type of the plugin can do, and what it is given to do it with.
import { type Clock } from "../../common/clock";
import { type AwsConnection } from "./awsConnection";
import { type Comparison } from "./propertyDiff";
import { type ProviderConfig } from "./providerConfig";
import { type PropertyMap } from "./propertyValues";

/** What operations on a resource need from outside. */
export interface ResourceContext {
  readonly config: ProviderConfig;
  readonly connection: AwsConnection;
  readonly clock: Clock;
  /** Aborted when the engine cancels. */
  readonly signal: AbortSignal;
  /** How long a state may take to be reached, in milliseconds. */
  readonly timeLimitMs: number;
}

/** A request to check inputs. */
export interface CheckOrder {
  /** Logical name of the resource. */
  readonly name: string;
  readonly olds: PropertyMap;
  readonly news: PropertyMap;
  /** Bytes that are the same in preview and update: the seed of generated names. */
  readonly seed: Uint8Array;
  readonly config: ProviderConfig;
}

/** Checked inputs, or the reasons why they cannot be used. Reasons never repeat a value that may be secret. */
export interface CheckOutcome {
  readonly inputs: PropertyMap;
  readonly failures: readonly string[];
}

/** A resource as it is now: outputs, and the inputs that would make it so. */
export interface LiveResource {
  readonly id: string;
  readonly outputs: PropertyMap;
  readonly inputs: PropertyMap;
}

/**
 * A creation or an update that did not end well, of a resource that exists: `outputs` must reach the state. As the real
 * provider does it, they are what was wanted, done or not; the next update changes nothing, and reads what there really is.
 */
export class PartialChange extends Error {
  override readonly name = "PartialChange";

  constructor(
    readonly id: string,
    readonly outputs: PropertyMap,
    message: string,
  ) {
    super(message);
  }
}

/** One resource type. Methods that call AWS throw {@link AwsFailure}. */
export interface ResourceType {
  check(order: CheckOrder): CheckOutcome;
  compare(olds: PropertyMap, news: PropertyMap, config: ProviderConfig): Comparison[];
  /** True when a replacement deletes the old object first, unless the program says otherwise. */
  deletesBeforeReplace(news: PropertyMap): boolean;
  /** Outputs as a preview shows them: what is not known yet is {@link unknownValue}. Calls nothing. */
  preview(news: PropertyMap, olds: PropertyMap | undefined, config: ProviderConfig): PropertyMap;
  create(news: PropertyMap, context: ResourceContext): Promise<Omit<LiveResource, "inputs">>;
  /** Undefined when it is gone. `inputs` are empty in an import. */
  read(
    id: string,
    inputs: PropertyMap,
    olds: PropertyMap,
    context: ResourceContext,
  ): Promise<LiveResource | undefined>;
  update(id: string, olds: PropertyMap, news: PropertyMap, context: ResourceContext): Promise<PropertyMap>;
  delete(id: string, olds: PropertyMap, context: ResourceContext): Promise<void>;
}
