// Whom a URN concerns, as findings name it: a role, or the credential to which a part belongs (pure).
import { recordedTypes } from "../../world/stackState";

/** Slots end a client's logical name. */
const slotSuffix = /-[ab]$/;

/** @param urn `urn:pulumi:<stack>::<project>::<types>::<name>`. @returns Undefined for what belongs to the stack itself. */
export function subjectOfUrn(urn: string): string | undefined {
  const [, , types = "", ...names] = urn.split("::");
  const name = names.join("::");
  const type = types.split("$").at(-1) ?? "";
  if (name === "" || type.startsWith("pulumi:") || type === recordedTypes.identity) {
    return undefined;
  }
  return type === recordedTypes.role
    ? `role ${name}`
    : type === recordedTypes.client
      ? name.replace(slotSuffix, "")
      : name;
}
