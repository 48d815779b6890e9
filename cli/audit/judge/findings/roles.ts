// Findings about the roles of a stack: changed by hand, and wildcards that would cover more by now.
import { covers, parsePermission, permissionText } from "../../../../common/permission";
import { type AuditFinding } from "../../auditReport";
import { type AuditFacts, type RoleFacts } from "../../read/auditFacts";
import { finding, ofRole } from "../finding";
import { counted } from "../../../terminal/counted";
import { firstNames, goneInWords, madeAgain, setBack } from "../../places";
import { roleDrift } from "../roleDrift";

/** Role drift and grown wildcards. */
export function roleFindings(facts: AuditFacts): readonly AuditFinding[] {
  return facts.organization.names === undefined
    ? []
    : facts.roles.flatMap((one) => [...driftFindings(one, facts), ...grownFindings(one, facts)]);
}

function driftFindings(
  { stack, role, recorded, live }: RoleFacts,
  { organization }: AuditFacts,
): readonly AuditFinding[] {
  if (live === undefined) {
    return recorded === undefined
      ? []
      : [
          finding("role-drift", {
            ...ofRole(recorded),
            stack: stack.stack,
            problem: goneInWords(
              organization.isIncomplete === true,
              "its holders may do nothing of what it allows",
            ),
            remedy: madeAgain(stack.stack, role.adopt === undefined ? undefined : `roles.${role.key}`),
            severity: "high",
          }),
        ];
  }
  const { differences, isWider } = roleDrift(role, recorded, live);
  return differences.length === 0
    ? []
    : [
        finding("role-drift", {
          ...ofRole(live),
          stack: stack.stack,
          problem: `was changed outside of Pulumi: ${differences.join("; ")}`,
          remedy: setBack(stack.stack),
          ...(isWider ? { severity: "high" } : {}),
        }),
      ];
}

/** What was pinned when the wildcard was declared is all that it gives; the catalogue has grown since. */
function grownFindings(
  { stack, role, recorded, live }: RoleFacts,
  facts: AuditFacts,
): readonly AuditFinding[] {
  const { catalogue } = facts.organization;
  if (recorded === undefined || live === undefined || catalogue === undefined) {
    return [];
  }
  const given = new Set(
    (recorded.permissionPolicies ?? []).flatMap(({ domain, entityName = "", actionSet = [] }) =>
      actionSet.map((action) => permissionText({ domain, entityName, action })),
    ),
  );
  return Object.entries(recorded.wildcards ?? {}).flatMap(([wildcard, pinned]) => {
    const asked = parsePermission(wildcard);
    const today = catalogue.permissions.filter((known) => asked !== undefined && covers(asked, known));
    const added = [...new Set(today.map(permissionText))]
      .filter((permission) => !pinned.includes(permission) && !given.has(permission))
      .sort();
    return added.length === 0 || pinned.length === 0
      ? []
      : [
          finding("wildcard-grown", {
            ...ofRole(live),
            stack: stack.stack,
            problem: `the wildcard ${wildcard} stood for ${counted(pinned.length, "permission")} when it was declared and would cover ${added.length} more by now: ${firstNames(added)}`,
            remedy: `nothing was widened; in roles.${role.key} write the permissions that are needed one by one in its place, so that none waits for the next expansion`,
          }),
        ];
  });
}
