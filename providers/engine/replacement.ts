// Which changes of a resource need a new object instead of an update (pure).
import { isSameOrganization, type OrganizationInput } from "./organization";

/** What decides about replacement, as recorded in outputs and as declared now. */
export interface ReplacementRecord {
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
  const replaces: string[] = [];
  if (isOtherOrganization(recorded, declared)) {
    replaces.push("organization");
  }
  if (declared.authorizedGrantType !== recorded.authorizedGrantType) {
    replaces.push("authorizedGrantType");
  }
  return replaces;
}

/**
 * Whether another object than the present one is to be adopted: that replaces it, while anything else of an adoption never does.
 * @param id The resource's id: the client id, or the role's.
 * @returns The names of the inputs that demand a new object.
 */
export function replacingAdoption(id: string, adoptedId: string | undefined): string[] {
  return adoptedId === undefined || adoptedId.toLowerCase() === id.toLowerCase() ? [] : ["adopt"];
}

/** By id where one is declared; a first id, or another spelling of the region, does not move anything. */
function isOtherOrganization(recorded: ReplacementRecord, declared: ReplacementRecord): boolean {
  const recordedId = recorded.organizationId ?? recorded.organization?.id;
  const declaredId = declared.organization?.id;
  return declaredId !== undefined && recordedId !== undefined && !isSameOrganization(declaredId, recordedId);
}
