// Which changes of a resource need a new object instead of an update (pure).
import { isNew } from "./changes";
import type { Inputs } from "./checked";
import { isSameOrganization, type OrganizationInput } from "./organization";

/** What decides about replacement, as recorded in outputs and as declared now. */
interface ReplacementRecord {
  readonly organization?: OrganizationInput;
  /** The organisation in which the object was made. */
  readonly organizationId?: string;
  readonly authorizedGrantType?: string;
}

/**
 * The names of the inputs that demand a new object. `changes` is left to the engine, which then compares old and new inputs by
 * itself and shows them property by property (docs/platform-facts.md 1.4).
 */
export function replacingInputs(recorded: ReplacementRecord, declared: ReplacementRecord): string[] {
  return [
    ...(isOtherOrganization(recorded, declared) ? ["organization"] : []),
    ...(declared.authorizedGrantType === recorded.authorizedGrantType ? [] : ["authorizedGrantType"]),
  ];
}

/**
 * Whether another object than the present one is to be adopted: that replaces it, while anything else of an adoption never does.
 * @param id The resource's id, which is that of the object.
 * @param input The input that names the other one.
 * @returns The names of the inputs that demand a new object.
 */
export function replacingAdoption(id: string, adoptedId: string | undefined, input = "adopt"): string[] {
  return adoptedId === undefined || adoptedId.toLowerCase() === id.toLowerCase() ? [] : [input];
}

/**
 * What a change of inputs does, as far as a check can tell. The id of the present object is not known to it: that another one is to be
 * taken over is taken for a replacement.
 * @param adoptedIdIn The id of the object that is taken over, as inputs name it.
 */
export function kindOfChange(
  olds: Inputs,
  inputs: Inputs,
  adoptedIdIn: (inputs: Inputs) => unknown,
): "create" | "replace" | "update" {
  if (isNew(olds)) {
    return "create";
  }
  const adoptedId = adoptedIdIn(inputs);
  const isOtherAdopted = adoptedId !== undefined && adoptedId !== adoptedIdIn(olds);
  return isOtherAdopted || replacingInputs(olds, inputs).length > 0 ? "replace" : "update";
}

/** By id where one is declared; a first id, or another spelling of the region, does not move anything. */
function isOtherOrganization(recorded: ReplacementRecord, declared: ReplacementRecord): boolean {
  const recordedId = recorded.organizationId ?? recorded.organization?.id;
  const declaredId = declared.organization?.id;
  return declaredId !== undefined && recordedId !== undefined && !isSameOrganization(declaredId, recordedId);
}
