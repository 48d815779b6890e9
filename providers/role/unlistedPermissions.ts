// Permissions that a role declares as not listed in the organisation's catalogue: which of them that is true of, and the lines that say it.
import { listed } from "../../common/listed";
import { permissionText } from "../../common/permission";
import { findPermission, type PermissionCatalogue } from "../../genesys/knowledge/catalogueRules";
import type { PolicyEntry } from "../../genesys/knowledge/permissionPolicies";
import type { Session } from "../run/session";

/** What a catalogue says of the permissions that it need not list; each sorted, each once. */
export interface UnlistedPermissions {
  readonly unknown: readonly string[];
  /** These are listed by now. */
  readonly known: readonly string[];
  /** False where the answer could not be read in full. */
  readonly isCatalogueComplete: boolean;
}

/** Permissions that one line lists. */
const listedPermissions = 10;

/** @param unlisted Those that are declared so, `domain:entity:action`. */
export function unlistedAmong(
  catalogue: PermissionCatalogue,
  entries: readonly PolicyEntry[],
  unlisted: ReadonlySet<string>,
): UnlistedPermissions {
  const declared = entries
    .map(({ permission }) => permission)
    .filter((one) => unlisted.has(permissionText(one)));
  const namesOf = (isKnown: boolean): readonly string[] =>
    [
      ...new Set(
        declared
          .filter((one) => (findPermission(catalogue, one) !== undefined) === isKnown)
          .map(permissionText),
      ),
    ].sort();
  return {
    unknown: namesOf(false),
    known: namesOf(true),
    isCatalogueComplete: catalogue.isComplete,
  };
}

/** What slips past the catalogue is told in one line, and so is what need not any more. */
export function tellUnlisted(
  session: Pick<Session, "notify">,
  role: string,
  { unknown, known, isCatalogueComplete }: UnlistedPermissions,
): void {
  if (unknown.length > 0) {
    const reach = isCatalogueComplete ? "" : ", as far as it could be read,";
    session.notify(
      `Notice: role "${role}" allows ${listed(unknown, listedPermissions)}, which the permission catalogue of this organisation${reach} ` +
        "does not list (unlisted: true): Genesys takes it without a word, whether or not it means anything there.",
    );
  }
  if (known.length > 0) {
    session.notify(
      `Notice: the permission catalogue of this organisation lists ${listed(known, listedPermissions)} by now: take unlisted: true out of role "${role}".`,
    );
  }
}
