// Findings about what nobody uses: OAuth clients without requests, and permissions that no request needed.
import { dayOf } from "../../../../common/dayOf";
import { counted } from "../../../terminal/counted";
import { type AuditFinding } from "../../auditReport";
import { type AuditFacts } from "../../read/auditFacts";
import { finding, ofClient, ofCredential, ofRole } from "../finding";
import { isIdle, isUnusedCredential, unusedRoles } from "../idleness";
import { firstNames } from "../../places";
import { unownedEntities } from "../unmanaged";

/** Unused clients and unused permissions. */
export function unusedFindings(facts: AuditFacts): readonly AuditFinding[] {
  return [...managedFindings(facts), ...unmanagedFindings(facts), ...permissionFindings(facts)];
}

function managedFindings(facts: AuditFacts): readonly AuditFinding[] {
  return facts.credentials
    .filter((one) => isUnusedCredential(one, facts))
    .flatMap((one) => {
      const { stack, credential, clients } = one;
      const live = clients.find(({ isCurrent }) => isCurrent)?.live;
      const silence = silenceOf(facts);
      const former = clients.find(
        ({ isCurrent, clientId }) => !isCurrent && (facts.usage.get(clientId ?? "")?.total ?? 0) > 0,
      );
      const words =
        former === undefined
          ? {
              problem: silence,
              remedy: `ask its owner; then \`npm run credentials -- revoke ${credential.key} --stack ${stack.stack}\`, and remove it from ${stack.fileName} when nobody misses it`,
            }
          : {
              problem: `${silence}, and its former client ${former.clientId ?? ""} had: consumers have not taken the new secret, and the next rotation would cut them off`,
              remedy: "have the consumers read the secret again before the next rotation",
            };
      return live === undefined
        ? []
        : [finding("unused-client", { ...ofCredential(one), ...ofClient(live), ...words })];
    });
}

function unmanagedFindings(facts: AuditFacts): readonly AuditFinding[] {
  return unownedEntities(facts)
    .filter((entity) => isIdle(entity, entity.dateCreated, facts))
    .map((entity) =>
      finding("unused-client", {
        ...ofClient(entity),
        problem: `${silenceOf(facts)}, and no stack manages it`,
        remedy: "set it inactive in Genesys, and delete it there when nobody misses it",
      }),
    );
}

/** Until when is said: of today Genesys tells nothing yet. */
function silenceOf({ settings, window }: AuditFacts): string {
  const until = window === undefined ? "" : ` up to ${dayOf(window.to)} (UTC, without today)`;
  return `had no request in ${counted(settings.unusedDays, "day")}${until}`;
}

function permissionFindings(facts: AuditFacts): readonly AuditFinding[] {
  return unusedRoles(facts).map(({ role, unused, total, holders, managed }) => {
    const [only, ...others] = holders;
    const words = holders.map(({ credential }) => credential.key).join(", ");
    return finding("unused-permission", {
      ...(managed === undefined ? {} : { stack: managed.stack.stack }),
      ...(only !== undefined && others.length === 0 ? ofCredential(only) : {}),
      ...ofRole(role),
      problem: `${unused.length} of its ${total} permissions are used by nobody (held by ${words}): ${firstNames(unused)}`,
      remedy:
        managed === undefined
          ? "give the credential a role of its own with what it uses"
          : `remove them from roles.${managed.role.key} in ${managed.stack.fileName}`,
    });
  });
}
