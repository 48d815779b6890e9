// Findings about live objects that nobody looks after: without a marker, or with one that no record knows.
import { keyOf } from "../../../../genesys/marker";
import { type AuditFinding } from "../../auditReport";
import { type AuditFacts } from "../../read/auditFacts";
import { finding, type FindingWords } from "../finding";
import {
  clientsOfOtherIdentity,
  type MarkedOfStack,
  type Orphan,
  orphanClients,
  orphanRoles,
  rolesOfOtherIdentity,
} from "../orphanObjects";
import { otherIdentityWords } from "../../../world/stackMarks";
import { clientPlace, rolePlace } from "../../places";
import { unownedEntities } from "../unmanaged";

/** States in which a client can sign in, or could be made to. */
const states: readonly (string | undefined)[] = ["active", "inactive", undefined];

/** Unmanaged clients, orphan clients and orphan roles, and what another state of the same names made. */
export function unownedFindings(facts: AuditFacts): readonly AuditFinding[] {
  return [
    ...unmanagedFindings(facts),
    ...orphanClientFindings(facts),
    ...orphanRoleFindings(facts),
    ...clientsOfOtherIdentity(facts).map((one) =>
      otherIdentityFinding(one, { clientId: one.entity.id, place: clientPlace(one.entity) }),
    ),
    ...rolesOfOtherIdentity(facts).map((one) =>
      otherIdentityFinding(one, { roleId: one.entity.id, place: rolePlace(one.entity) }),
    ),
  ];
}

function otherIdentityFinding(
  { stack, marker }: MarkedOfStack<unknown>,
  what: Pick<FindingWords, "clientId" | "roleId" | "place">,
): AuditFinding {
  return finding("other-identity", {
    ...what,
    stack: stack.stack,
    problem: otherIdentityWords.found(marker.identity),
    remedy: otherIdentityWords.remedy(stack.stack),
  });
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
  return orphanClients(facts).map((orphan) => {
    const { entity, stack, marker } = orphan;
    return finding("orphan-client", {
      stack: stack.stack,
      credential: keyOf(marker),
      clientId: entity.id,
      place: clientPlace(entity),
      problem: `lives with the marker of ${marker.owner}, generation ${marker.generation}, and ${unknownBy(stack)}`,
      remedy: remedyFor(orphan, "set the client inactive and delete it in Genesys, by this id"),
    });
  });
}

function orphanRoleFindings(facts: AuditFacts): readonly AuditFinding[] {
  return orphanRoles(facts).map((orphan) => {
    const { entity, stack, marker } = orphan;
    return finding("orphan-role", {
      stack: stack.stack,
      roleId: entity.id,
      place: rolePlace(entity),
      problem: `lives with the marker of ${marker.owner} and ${unknownBy(stack)}`,
      remedy: remedyFor(orphan, "delete the role in Genesys, by this id"),
    });
  });
}

/** @param removal How to be rid of it. */
function remedyFor({ kind, stack: { stack } }: Orphan<unknown>, removal: string): string {
  switch (kind) {
    case "taken":
    case "interrupted":
      return `run \`pulumi up --stack ${stack}\`, which takes it over`;
    case "lost":
      return `delete nothing: it is the one of its place, and the state has lost it; run \`npm run credentials -- recover --stack ${stack}\`, which takes it back into the state`;
    case "inUse":
      return `delete nothing yet: consumers read its pair; run \`pulumi up --stack ${stack}\`, which publishes that of the declared generation, and once AWSCURRENT names that one, ${removal}`;
    case "twin":
      return `run this again where Pulumi can read the state, which tells the right one; then ${removal}`;
    case "leftOver":
    case "outdated":
    case "undeclared":
    case "undecided":
      return removal;
  }
}

function unknownBy({ recorded }: AuditFacts["stacks"][number]): string {
  return "value" in recorded
    ? "is not in state"
    : "is not declared, or not the only one (the state could not be read)";
}
