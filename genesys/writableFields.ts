// What a PUT sends back of a live object: it replaces, so that every field goes back as it was, those included that are not known here.

/** @param readOnly Fields that only Genesys sets: requests do not have them. */
export function writableFields(live: object, readOnly: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(live).filter(([field, value]) => !readOnly.has(field) && value !== undefined),
  );
}
