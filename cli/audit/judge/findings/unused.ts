// Findings about what nobody uses: OAuth clients without requests, and permissions that no request needed.
import { type AuditFinding } from "../../auditReport";
import { type AuditFacts } from "../../read/auditFacts";
import { finding } from "../finding";
import { holdersOf, isUnusedCredential, isYoung, unusedRoles } from "../idleness";
import { clientPlace, firstNames, rolePlace } from "../../places";
import { unownedEntities } from "../unmanaged";

const active = "active";

/** Unused clients and unused permissions. */
export function unusedFindings(facts: AuditFacts): readonly AuditFinding[] {
  return [...managedFindings(facts), ...unmanagedFindings(facts), ...permissionFindings(facts)];
}

function managedFindings(facts: AuditFacts): readonly AuditFinding[] {
  return facts.credentials
    .filter((one) => isUnusedCredential(one, facts))
    .flatMap(({ stack, credential, clients }) => {
      const live = clients.find(({ isCurrent }) => isCurrent)?.live;
      const former = clients.find(
        ({ isCurrent, clientId }) => !isCurrent && (facts.usage.get(clientId ?? "")?.total ?? 0) > 0,
      );
      return live === undefined
        ? []
        : [
            finding("unused-client", {
              stack: stack.stack,
              credential: credential.key,
              clientId: live.id,
              place: clientPlace(live),
              problem:
                former === undefined
                  ? `had no request in ${facts.settings.unusedDays} days`
                  : `had no request in ${facts.settings.unusedDays} days, and its former client ${former.clientId ?? ""} had: consumers have not taken the new secret, and the next rotation would cut them off`,
              remedy:
                former === undefined
                  ? `ask its owner; then \`npm run credentials -- revoke ${credential.key} --stack ${stack.stack}\`, and remove it from ${stack.fileName} when nobody misses it`
                  : "have the consumers read the secret again before the next rotation",
            }),
          ];
    });
}

function unmanagedFindings(facts: AuditFacts): readonly AuditFinding[] {
  return unownedEntities(facts)
    .filter((entity) => (entity.state ?? active) === active && isIdle(facts, entity.id, entity.dateCreated))
    .map((entity) =>
      finding("unused-client", {
        clientId: entity.id,
        place: clientPlace(entity),
        problem: `had no request in ${facts.settings.unusedDays} days, and no stack manages it`,
        remedy: "set it inactive in Genesys, and delete it there when nobody misses it",
      }),
    );
}

function isIdle({ usage, window }: AuditFacts, clientId: string, createdAt: string | undefined): boolean {
  return usage.get(clientId)?.total === 0 && !isYoung(createdAt, window);
}

function permissionFindings(facts: AuditFacts): readonly AuditFinding[] {
  return unusedRoles(facts).map(({ role, unused, total, managed }) => {
    const holders = holdersOf(role.id, facts);
    const [only, ...others] = holders;
    const words = holders.map(({ credential }) => credential.key).join(", ");
    return finding("unused-permission", {
      ...(managed === undefined ? {} : { stack: managed.stack.stack }),
      ...(only !== undefined && others.length === 0
        ? { stack: only.stack.stack, credential: only.credential.key }
        : {}),
      roleId: role.id,
      place: rolePlace(role),
      problem: `${unused.length} of its ${total} permissions are used by nobody (held by ${words}): ${firstNames(unused)}`,
      remedy:
        managed === undefined
          ? "give the credential a role of its own with what it uses"
          : `remove them from roles.${managed.role.key} in ${managed.stack.fileName}`,
    });
  });
}
