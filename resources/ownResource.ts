// What our custom resources have in common: how Pulumi finds their provider, and outputs that only the provider knows.
import * as pulumi from "@pulumi/pulumi";

import { providerReferences } from "./providerReference";

/**
 * A resource of ours as Pulumi's dynamic provider knows it: its type is `pulumi-nodejs:dynamic/genesys:<kind>`, and its property
 * `__provider` is the constant text that loads our provider, where Pulumi would put the serialised code.
 */
export abstract class OwnResource extends pulumi.CustomResource {
  /**
   * @param kind Part of the type, so that it is in every existing state.
   * @param outputs Names of what the provider tells besides the inputs: passed as undefined, since Pulumi gives the resource an output only
   * for properties that it was made with.
   */
  protected constructor(
    kind: keyof typeof providerReferences,
    name: string,
    inputs: object,
    outputs: readonly string[],
    options: pulumi.CustomResourceOptions | undefined,
  ) {
    const untold = Object.fromEntries(outputs.map((output) => [output, undefined] as const));
    const properties = { ...inputs, ...untold, __provider: providerReferences[kind] };
    super(`pulumi-nodejs:dynamic/genesys:${kind}`, name, properties, options);
  }
}
