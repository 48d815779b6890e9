// Which properties of a resource become outputs: only those that the program reads.
import type * as pulumi from "@pulumi/pulumi";

/**
 * Pulumi makes an output of each property that a resource is made with, read or not. One costs some twenty promises, and four stack
 * traces that are written out on the spot and kept: with a thousand resources of twenty properties that was most of the program's time
 * and memory. So a resource is made with the named properties alone, and gets the others before Pulumi reads the values: it does that
 * only when the constructor has ended, since a property may be a promise.
 * @param names Properties that the program reads, inputs or not.
 */
export function readOutputs(...names: readonly string[]): pulumi.ResourceTransformation {
  return ({ props, opts }) => {
    const all = props as Readonly<Record<string, unknown>>;
    const properties = Object.fromEntries(names.map((name) => [name, all[name]] as const));
    queueMicrotask(() => {
      Object.assign(properties, all);
    });
    return { props: properties, opts };
  };
}
