// Whether a check belongs to a preview: the engine does not say, so the program, which knows, tells every check, and nobody keeps it.
import type { OrganizationInput } from "../engine/organization";
import type { Inputs } from "../engine/checked";
import type { SessionFinder } from "./sessions";

/** Notes it for the session. @returns The inputs without it. */
export function withoutPreviewHint(sessionFor: SessionFinder, told: Inputs): Inputs {
  const { isPreview, ...declared } = told;
  sessionFor(told["organization"] as OrganizationInput | undefined).isPreview = isPreview === true;
  return declared;
}
