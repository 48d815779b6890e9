// The name of the field in which OAuth clients show their allowed addresses: Genesys has announced the list and not the field (pure).
import { canonicalAddresses } from "../../common/addressRange";
import { clientFields, readOnlyClientFields } from "./oauthClientFields";

/** How allowed addresses are sent. */
export type AllowedAddressesSwitch =
  /** Nothing is said: Genesys has not published the field yet. */
  | { readonly kind: "unset" }
  /** Said outright that they are not sent. */
  | { readonly kind: "off" }
  /** Sent as the field of this name. */
  | { readonly kind: "on"; readonly field: string };

/** Genesys's field names are camel case; an underscore does no harm. */
const fieldNamePattern = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** Fields that OAuth clients have already (docs/genesys-api.md 3.3), and names that every object has. */
const takenFieldNames = new Set([
  ...Object.keys(clientFields),
  ...readOnlyClientFields,
  "roleDivisions",
  "dateToDelete",
  ...Object.getOwnPropertyNames(Object.prototype),
]);

/** Why a text cannot be the name of that field; undefined when it can. */
export function fieldNameProblem(field: string): string | undefined {
  if (takenFieldNames.has(field)) {
    return `is "${field}", which is another field of OAuth clients`;
  }
  return fieldNamePattern.test(field)
    ? undefined
    : "must be the name of a field: a letter, then letters, digits and _";
}

/** The list that a live client has in that field, in one form; undefined when the answer does not tell it. */
export function shownAddresses(live: Readonly<Record<string, unknown>>, field: string): string[] | undefined {
  const value = Object.hasOwn(live, field) ? live[field] : undefined;
  return Array.isArray(value) && value.every((entry): entry is string => typeof entry === "string")
    ? canonicalAddresses(value)
    : undefined;
}
