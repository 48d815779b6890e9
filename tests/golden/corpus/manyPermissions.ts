// A role that is far too long to read, with a dozen misspelt names somewhere in it.
import { defaultCatalogue } from "../../../sandbox/genesys/permissionCatalogue";

const wellSpeltOnes = 120;
const everyTenth = 10;

const known = defaultCatalogue
  .slice(0, wellSpeltOnes)
  .map(({ domain, entityType, action }) => `${domain}:${entityType}:${action}`);

/** Twelve names that the catalogue does not have: the last letter is missing. */
export const misspeltPermissions: readonly string[] = known
  .filter((_, index) => index % everyTenth === 0)
  .map((name) => name.slice(0, -1));

/** What is meant by one of them. */
export const wellSpelt = (misspelt: string): string =>
  known.find((name) => name.slice(0, -1) === misspelt) ?? "";

/** The list as it stands in the stack file: 132 names. */
export const permissionList = `[${known
  .flatMap((name, index) =>
    index % everyTenth === 0 ? [name, misspeltPermissions[index / everyTenth] ?? ""] : [name],
  )
  .join(", ")}]`;
