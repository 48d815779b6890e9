// The part of a stack file that a plan adds, as values and as a piece of YAML.
import { configNamespace } from "../../declarations/naming";
import { type Additions } from "../stackFile/blockInsertion";
import { blockLines } from "../stackFile/yamlWriter";
import { usualIndent } from "../stackFile/textPositions";
import { type Adopted } from "./adoptedEntries";
import { type AdoptionPlan } from "./plan";

/** The entries below the config keys of the stack file; a key without entries is left out. */
export function additionsOf({ roles, clients }: AdoptionPlan): Additions {
  return {
    config: {
      ...section("roles", roles),
      ...section("credentials", clients),
    },
  };
}

/** The same as YAML. */
export function fragmentOf(plan: AdoptionPlan): string {
  return blockLines(additionsOf(plan), usualIndent).join("\n");
}

function section(name: string, adopted: readonly Adopted[]): Additions {
  return adopted.length === 0
    ? {}
    : { [`${configNamespace}:${name}`]: Object.fromEntries(adopted.map(({ key, entry }) => [key, entry])) };
}
