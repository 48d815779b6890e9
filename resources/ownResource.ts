// What our custom resources have in common: how Pulumi finds their provider.
import * as pulumi from "@pulumi/pulumi";

import { providerReferences } from "./providerReference";
import { readOutputs } from "./readOutputs";

/**
 * A resource of ours as Pulumi's dynamic provider knows it: its type is `pulumi-nodejs:dynamic/genesys:<kind>`, and its property
 * `__provider` is the constant text that loads our provider, where Pulumi would put the serialised code.
 */
export abstract class OwnResource extends pulumi.CustomResource {
  /**
   * @param kind Part of the type, so that it is in every existing state.
   * @param outputs Names of what the provider tells and the program reads.
   */
  protected constructor(
    kind: keyof typeof providerReferences,
    name: string,
    inputs: object,
    outputs: readonly string[],
    options: pulumi.CustomResourceOptions | undefined,
  ) {
    super(
      `pulumi-nodejs:dynamic/genesys:${kind}`,
      name,
      {
        ...inputs,
        // Told to the check and kept by nobody: what refuses an update is a warning in a preview, whose client may be one that only looks.
        ...(pulumi.runtime.isDryRun() ? { isPreview: true } : {}),
        __provider: providerReferences[kind],
      },
      { ...options, transformations: [...(options?.transformations ?? []), readOutputs(...outputs)] },
    );
  }
}
