// The mistakes between the permissions of one role: wildcards that it does not allow, and conditions that another entry cancels.
import { covers, hasWildcard, parsePermission, type Permission } from "../common/permission";
import { type Notes } from "./notes";
import { isPlainMap } from "./plainValue";
import { permissionRule } from "./textRules";

/** One entry of a role's permissions whose text has the right form. */
export interface WrittenPermission {
  /** The text as written. */
  readonly text: string;
  readonly permission: Permission;
  readonly hasCondition: boolean;
  /** Its place in the list. */
  readonly index: number;
}

/** The entries of a raw role that can be read; the schema reports the others. */
export function writtenPermissions(role: unknown): readonly WrittenPermission[] {
  const list = isPlainMap(role) ? role["permissions"] : undefined;
  return Array.isArray(list)
    ? list.flatMap((entry: unknown, index) => {
        const written = isPlainMap(entry) ? entry["permission"] : entry;
        if (typeof written !== "string" || permissionRule(written) !== undefined) {
          return [];
        }
        const permission = parsePermission(written);
        const hasCondition = isPlainMap(entry) && entry["when"] !== undefined;
        return permission === undefined ? [] : [{ text: written, permission, hasCondition, index }];
      })
    : [];
}

/** Checks the permissions of one raw role; `path` leads to the role. */
export function checkPermissions(path: readonly PropertyKey[], role: unknown, notes: Notes): void {
  const permissions = writtenPermissions(role);
  const allowsWildcards = isPlainMap(role) && role["allowWildcards"] === true;
  for (const entry of permissions) {
    const entryPath = [...path, "permissions", entry.index];
    if (hasWildcard(entry.permission)) {
      checkWildcard(entryPath, entry, allowsWildcards, notes);
    } else if (entry.hasCondition) {
      checkCondition(entryPath, entry, permissions, notes);
    }
  }
}

function checkWildcard(
  path: readonly PropertyKey[],
  { text, hasCondition }: WrittenPermission,
  allowsWildcards: boolean,
  { note, show }: Notes,
): void {
  if (hasCondition) {
    note(
      [...path, "permission"],
      `${show(text)} holds a wildcard under a condition`,
      "name each permission with its condition: whether one is allowed differs from permission to permission",
    );
  } else if (!allowsWildcards) {
    note(
      path,
      `${show(text)} holds a wildcard`,
      "name each action, as analytics:conversationDetail:view: Genesys deprecates wildcards and expands them by itself, so that " +
        "what is granted would differ from what was reviewed; or set allowWildcards: true on the role, which expands them at the preview",
    );
  }
}

/** A permission that is also given without its condition is given always. */
function checkCondition(
  path: readonly PropertyKey[],
  entry: WrittenPermission,
  all: readonly WrittenPermission[],
  { note, show }: Notes,
): void {
  const stronger = all.find(
    (other) => other !== entry && !other.hasCondition && covers(other.permission, entry.permission),
  );
  if (stronger !== undefined) {
    note(
      path,
      `${show(entry.text)} under a condition is also given without one, by permissions[${stronger.index}]`,
      "remove one of the two",
    );
  }
}
