// The setting `permissions` of a role: its shape, the mistakes between its entries, and the policies that it means.
import { z } from "zod";
import { defined } from "../common/defined";
import { covers, hasWildcard, parsePermission, type Permission } from "../common/permission";
import {
  normalizePermissionPolicies,
  type PermissionPolicyRequest,
} from "../genesys/knowledge/permissionPolicies";
import { conditionNodeOf, conditionSchema, type WrittenCondition } from "./condition";
import { field, flag, text } from "./field";
import { type Notes } from "./notes";
import { sorted } from "./order";
import { permissionRule } from "./permissionRule";
import { isPlainMap, settingIn } from "./plainValue";

/** What the editor can check of a permission, with and without wildcards. */
const permissionPattern = "^[A-Za-z0-9_.-]+:(\\*|[A-Za-z0-9_.-]+):(\\*|[A-Za-z0-9_.-]+)$";
const explicitPattern = "^[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+$";

const permissionRemedy = "write domain:entity:action, without spaces, as analytics:conversationDetail:view";

/** One permission: its name, or a map that adds a condition, or says that the catalogue does not list it. */
const permissionSchema = field(
  z.union([
    field(
      text(permissionRule),
      "One permission, `domain:entity:action`, as `analytics:conversationDetail:view`. Wildcards (`domain:*:*`, `domain:entity:*`, " +
        "`domain:*:action`) only with `allowWildcards: true`.",
      permissionRemedy,
      { pattern: permissionPattern },
    ),
    z.strictObject({
      permission: field(
        text(permissionRule),
        "One permission, `domain:entity:action`, without a wildcard.",
        permissionRemedy,
        { pattern: explicitPattern },
      ),
      when: conditionSchema.optional(),
      unlisted: flag(
        "`true` lets this one through although the organisation's catalogue does not list it, as while Genesys rolls a product out: " +
          "nothing tells then whether it is misspelt. To be taken out once it is listed.",
        false,
      ),
    }),
  ]),
  "A permission of the role.",
  `${permissionRemedy}, or { permission: …, when: … } for one under a condition, { permission: …, unlisted: true } for one that the ` +
    "catalogue does not list",
);

export const permissionsRemedy =
  "write a list of at least one permission, as [analytics:conversationDetail:view]";

export const permissionsSchema = field(
  z.array(permissionSchema).min(1),
  "What the role allows: every action by its name. The order does not matter. Checked against the organisation's own catalogue " +
    "when it changes. Required unless `generalPermissions` says what the role allows.",
  permissionsRemedy,
);

/** One entry of a role's permissions whose text has the right form. */
export interface WrittenPermission {
  /** The text as written. */
  readonly text: string;
  readonly permission: Permission;
  /** Its condition; undefined where it applies always. */
  readonly when: unknown;
  /** Whether it is let through although the catalogue does not list it. */
  readonly isUnlisted: boolean;
  /** Its place in the list. */
  readonly index: number;
}

/** The entries of a role, raw or checked, that can be read; the schema reports the others. */
export function writtenPermissions(role: unknown): readonly WrittenPermission[] {
  const list = settingIn(role, "permissions");
  return Array.isArray(list)
    ? list.flatMap((entry: unknown, index) => {
        const written = isPlainMap(entry) ? entry["permission"] : entry;
        const isRight = typeof written === "string" && permissionRule(written) === undefined;
        const permission = isRight ? parsePermission(written) : undefined;
        return permission === undefined
          ? []
          : [
              {
                text: written as string,
                permission,
                when: settingIn(entry, "when"),
                isUnlisted: settingIn(entry, "unlisted") === true,
                index,
              },
            ];
      })
    : [];
}

/** Checks the permissions of one raw role; `path` leads to the role. */
export function checkPermissions(path: readonly PropertyKey[], role: unknown, notes: Notes): void {
  const permissions = writtenPermissions(role);
  const allowsWildcards = settingIn(role, "allowWildcards") === true;
  for (const entry of permissions) {
    const entryPath = [...path, "permissions", entry.index];
    if (hasWildcard(entry.permission)) {
      checkWildcard(entryPath, entry, allowsWildcards, notes);
    } else if (entry.when !== undefined) {
      checkCondition(entryPath, entry, permissions, notes);
    }
  }
}

function checkWildcard(
  path: readonly PropertyKey[],
  { text, when, isUnlisted }: WrittenPermission,
  allowsWildcards: boolean,
  { note, show }: Notes,
): void {
  if (isUnlisted) {
    note(
      [...path, "permission"],
      `${show(text)} holds a wildcard, of which none can be unlisted`,
      "name each permission that the catalogue does not list",
    );
  } else if (when !== undefined) {
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
    (other) => other !== entry && other.when === undefined && covers(other.permission, entry.permission),
  );
  if (stronger !== undefined) {
    note(
      path,
      `${show(entry.text)} under a condition is also given without one, by permissions[${stronger.index}]`,
      "remove one of the two",
    );
  }
}

/** What a role allows. */
export interface RolePermissions {
  /** One for each domain, entity and condition, normalised; without the wildcards. */
  readonly permissionPolicies: readonly PermissionPolicyRequest[];
  /** The declared wildcards, `domain:entity:action`, sorted, unique; absent where there are none. */
  readonly wildcards?: readonly string[];
  /** Those of the permissions that the catalogue need not list, `domain:entity:action`, sorted, unique; absent where there are none. */
  readonly unlisted?: readonly string[];
}

/** The permissions of a checked role. The order in which they are written makes no difference. */
export function permissionsOf(role: unknown): RolePermissions {
  const permissions = writtenPermissions(role);
  const wildcards = permissions.filter(({ permission }) => hasWildcard(permission)).map(({ text }) => text);
  const unlisted = permissions.filter(({ isUnlisted }) => isUnlisted).map(({ text }) => text);
  return {
    permissionPolicies: normalizePermissionPolicies(
      permissions
        .filter(({ permission }) => !hasWildcard(permission))
        .map(({ permission: { domain, entityName, action }, when }) => ({
          domain,
          entityName,
          actionSet: [action],
          resourceConditionNode: when === undefined ? undefined : conditionNodeOf(when as WrittenCondition),
        })),
    ),
    ...defined({
      wildcards: wildcards.length === 0 ? undefined : sorted(wildcards),
      unlisted: unlisted.length === 0 ? undefined : sorted(unlisted),
    }),
  };
}
