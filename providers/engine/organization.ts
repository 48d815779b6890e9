// The organisation as resources carry it.

/** Both parts may be absent. */
export interface OrganizationInput {
  readonly id?: string;
  readonly region?: string;
}

/** Declarations write ids in small letters; Genesys may write them otherwise. */
export function isSameOrganization(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
