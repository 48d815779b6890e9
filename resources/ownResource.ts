// What our custom resources have in common: how Pulumi finds their provider, and outputs that only the provider knows.
import * as pulumi from "@pulumi/pulumi";

import { providerReferences } from "./providerReference";

export abstract class OwnResource extends pulumi.CustomResource {
  /** @param outputs Names of what the provider tells besides the inputs. */
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
