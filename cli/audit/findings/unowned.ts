// Findings about live objects that nobody looks after: without a marker, or with one that no record knows.
import { type AuditFinding } from "../auditReport";
import { type AuditFacts } from "../auditFacts";
import { finding } from "../finding";
import { orphanClients, orphanRoles } from "../orphanObjects";
import { clientPlace, rolePlace } from "../places";
import { unownedEntities } from "../unmanaged";

/** States in which a client can sign in, or could be made to. */
const states: readonly (string | undefined)[] = ["active", "inactive", undefined];

/** Unmanaged clients, orphan clients and orphan roles. */
export function unownedFindings(facts: AuditFacts): readonly AuditFinding[] {
  return [...unmanagedFindings(facts), ...orphanClientFindings(facts), ...orphanRoleFindings(facts)];
}

function unmanagedFindings(facts: AuditFacts): readonly AuditFinding[] {
  const [stack = "dev"] = facts.liveStacks;
  return unownedEntities(facts)
    .filter(({ state }) => states.includes(state))
    .map((entity) =>
      finding("unmanaged-client", {
        clientId: entity.id,
        place: clientPlace(entity),
        problem: "is managed by no stack: nobody reviews its roles and nobody rotates its secret",
        remedy: `run \`npm run credentials -- adopt --match ${entity.id} --stack ${stack}\`, or delete it in Genesys`,
      }),
    );
}

function orphanClientFindings(facts: AuditFacts): readonly AuditFinding[] {
  return orphanClients(facts).map(({ entity, stack, marker, isSettledByUpdate, isLostFromState }) =>
    finding("orphan-client", {
      stack: stack.stack,
      credential: credentialOf(marker.owner),
      clientId: entity.id,
      place: clientPlace(entity),
      problem: `lives with the marker of ${marker.owner}, generation ${marker.generation}, and ${unknownBy(stack)}`,
      remedy: isSettledByUpdate
        ? `run \`pulumi up --stack ${stack.stack}\`, which takes it over`
        : isLostFromState
          ? "delete nothing: it is the client of its slot, and the state has lost it; bring back a backup of the state (`pulumi stack import`)"
          : "set the client inactive and delete it in Genesys, by this id",
    }),
  );
}

function orphanRoleFindings(facts: AuditFacts): readonly AuditFinding[] {
  return orphanRoles(facts).map(({ entity, stack, marker, isSettledByUpdate }) =>
    finding("orphan-role", {
      stack: stack.stack,
      roleId: entity.id,
      place: rolePlace(entity),
      problem: `lives with the marker of ${marker.owner} and ${unknownBy(stack)}`,
      remedy: isSettledByUpdate
        ? `run \`pulumi up --stack ${stack.stack}\`, which takes it over`
        : "delete the role in Genesys, by this id",
    }),
  );
}

function unknownBy({ recorded }: AuditFacts["stacks"][number]): string {
  return "value" in recorded
    ? "is not in state"
    : "is not declared, or not the only one (the state could not be read)";
}

function credentialOf(owner: string): string {
  return owner.split("/").slice(2).join("/");
}
