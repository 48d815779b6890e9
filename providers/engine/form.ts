// The form of inputs: each property against its rule, every failure kept.
import { unknownValue } from "@pulumi/pulumi/runtime";

import type { CheckFailure } from "./checked";

/** Says what a property must be; what a preview does not know yet is left alone. */
export type Requirement = (property: string, isValid: (value: unknown) => boolean, reason: string) => void;

/** The rules of one set of inputs, and the failures so far. */
export function formOf(inputs: Readonly<Record<string, unknown>>): {
  readonly require: Requirement;
  readonly failures: CheckFailure[];
} {
  const failures: CheckFailure[] = [];
  return {
    failures,
    require: (property, isValid, reason) => {
      if (inputs[property] !== unknownValue && !isValid(inputs[property])) {
        failures.push({ property, reason });
      }
    },
  };
}
