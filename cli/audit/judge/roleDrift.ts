// What of a live role differs from its record (pure).
import { covers, parsePermission, permissionText } from "../../../common/permission";
import { normalizeConditionNode } from "../../../common/conditionNode";
import { type ResolvedRole } from "../../../declarations/resolve";
import { generalPermissionsIn } from "../../../genesys/knowledge/generalPermissions";
import { type RoleEntity } from "../../../genesys/wire";
import { descriptionDifference, difference } from "./differences";
import { firstNames } from "../places";
import { type RecordedRole } from "../read/recordedStack";

/** Differences in words, and whether the live role allows more than the record. */
export interface RoleDrift {
  readonly differences: readonly string[];
  readonly isWider: boolean;
}

interface Policy {
  readonly domain: string;
  readonly entityName?: string | undefined;
  readonly actionSet?: readonly string[] | undefined;
  readonly resourceConditionNode?: unknown;
}

/** Compares with the record; without one, with the declaration, whose wildcards then cover whatever they can. */
export function roleDrift(
  role: ResolvedRole,
  recorded: RecordedRole | undefined,
  live: RoleEntity,
): RoleDrift {
  const expected = recorded ?? { ...role, marker: undefined, wildcards: undefined };
  const pinned = recorded?.wildcards ?? {};
  const open = recorded === undefined ? (role.wildcards ?? []) : [];
  // What one of the two does not tell is no difference.
  const wanted = entriesOf(expected.permissionPolicies ?? live.permissionPolicies ?? [], pinned);
  const found = entriesOf(live.permissionPolicies ?? expected.permissionPolicies ?? [], pinned);
  const extra = beyond(found, wanted).filter((entry) => !open.some((wildcard) => isCovered(entry, wildcard)));
  const missing = beyond(wanted, found);
  // A role is declared wholly: one that says nothing of general permissions has none.
  const wantedGeneral = new Set(expected.generalPermissions);
  const foundGeneral = new Set(generalPermissionsIn(live) ?? expected.generalPermissions);
  const extraGeneral = beyond(foundGeneral, wantedGeneral);
  const missingGeneral = beyond(wantedGeneral, foundGeneral);
  return {
    differences: [
      ...(extra.length === 0 ? [] : [`it also allows ${firstNames(extra)}`]),
      ...(missing.length === 0 ? [] : [`it does not allow ${firstNames(missing)}`]),
      ...(extraGeneral.length === 0
        ? []
        : [`it also has the general permission ${firstNames(extraGeneral)}`]),
      ...(missingGeneral.length === 0
        ? []
        : [`it lacks the general permission ${firstNames(missingGeneral)}`]),
      ...difference("name", expected.name, live.name),
      ...descriptionDifference(expected.description, expected.marker, live.description),
    ],
    isWider: extra.length + extraGeneral.length > 0,
  };
}

/** `domain:entity:action`, with its condition behind it where it has one. */
function entriesOf(
  policies: readonly Policy[],
  pinned: Readonly<Record<string, readonly string[]>>,
): ReadonlySet<string> {
  const entries = policies.flatMap(({ domain, entityName = "", actionSet = [], resourceConditionNode }) => {
    const condition = normalizeConditionNode(resourceConditionNode);
    const suffix = condition === undefined ? "" : ` when ${JSON.stringify(condition)}`;
    return actionSet.flatMap((action) => {
      const permission = permissionText({ domain, entityName, action });
      // A wildcard that Genesys did not expand stands for what it stood for when it was declared.
      return (pinned[permission] ?? [permission]).map((one) => `${one}${suffix}`);
    });
  });
  return new Set(entries);
}

function beyond(entries: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] {
  return [...entries].filter((entry) => !others.has(entry)).sort();
}

function isCovered(entry: string, wildcard: string): boolean {
  const [given, asked] = [parsePermission(wildcard), parsePermission(entry)];
  return given !== undefined && asked !== undefined && covers(given, asked);
}
