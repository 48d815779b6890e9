// What consumers use is replaced without a gap: the new one is made before the former one is deleted.
import { type ResourceValidationPolicy } from "@pulumi/policy";
import { clientSecretType, clientType, knownOf, secretType, textsOf } from "./resourceTypes";

const usedTypes: Readonly<Record<string, string>> = {
  [clientType]: "OAuth client",
  [clientSecretType]: "client secret",
  [secretType]: "secret",
};

export const madeBeforeDeleted: ResourceValidationPolicy = {
  name: "made-before-deleted",
  description: "OAuth clients and secrets are made before those that they replace are deleted.",
  enforcementLevel: "mandatory",
  validateResource: ({ type, name, opts, props }, report) => {
    const kind = usedTypes[type];
    if (kind === undefined) {
      return;
    }
    // Pulumi's AWS provider deletes a secret first whose name it has not chosen itself, unless it is told not to.
    const isNamedSecret =
      type === secretType && "name" in props && !textsOf(knownOf(props, "__defaults")).includes("name");
    if (opts.deleteBeforeReplace === true || (isNamedSecret && opts.deleteBeforeReplace !== false)) {
      report(
        `The ${kind} "${name}" would be deleted before another one takes its place, and a refused one would leave none; ` +
          `set ${type === secretType ? "deleteBeforeReplace: false" : "no deleteBeforeReplace"}.`,
      );
    }
  },
};
