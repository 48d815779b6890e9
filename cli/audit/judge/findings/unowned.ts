// Findings about live objects that nobody looks after: without a marker, or with one that no record knows.
import { keyOf } from "../../../../genesys/marker";
import { type AuditFinding } from "../../auditReport";
import { type AuditFacts } from "../../read/auditFacts";
import { finding, type FindingWords, ofClient, ofRole } from "../finding";
import { type MarkedOfStack, type Orphan, orphanObjects, unrecordedObjects } from "../orphanObjects";
import { otherIdentityWords } from "../../../world/stackMarks";
import { unownedEntities } from "../unmanaged";

/** States in which a client cannot sign in, and is not made to by mistake. In one that is not known it may. */
const deadStates: readonly (string | undefined)[] = ["disabled", "deleted"];

/** Unmanaged clients, orphan clients and orphan roles, and what another state of the same names made. */
export function unownedFindings(facts: AuditFacts): readonly AuditFinding[] {
  return [
    ...unmanagedFindings(facts),
    ...orphanObjects(facts, "clients").map((one) =>
      finding("orphan-client", {
        ...ofClient(one.entity),
        credential: keyOf(one.marker),
        ...orphanWords(
          one,
          `, generation ${one.marker.generation},`,
          "set the client inactive and delete it in Genesys, by this id",
        ),
      }),
    ),
    ...orphanObjects(facts, "roles").map((one) =>
      finding("orphan-role", {
        ...ofRole(one.entity),
        ...orphanWords(one, "", "delete the role in Genesys, by this id"),
      }),
    ),
    ...unrecordedObjects(facts, "clients", "otherIdentity").map((one) =>
      otherIdentityFinding(one, ofClient(one.entity)),
    ),
    ...unrecordedObjects(facts, "roles", "otherIdentity").map((one) =>
      otherIdentityFinding(one, ofRole(one.entity)),
    ),
  ];
}

function unmanagedFindings(facts: AuditFacts): readonly AuditFinding[] {
  const [stack = "dev"] = facts.liveStacks;
  return unownedEntities(facts)
    .filter(({ state }) => !deadStates.includes(state))
    .map((entity) =>
      finding("unmanaged-client", {
        ...ofClient(entity),
        problem: "is managed by no stack: nobody reviews its roles and nobody rotates its secret",
        remedy: `run \`npm run credentials -- adopt --match ${entity.id} --stack ${stack}\`, or delete it in Genesys`,
      }),
    );
}

/** @param making Which of its maker's it is. @param removal How to be rid of it. */
function orphanWords(
  { kind, stack: { stack, recorded }, marker }: Orphan,
  making: string,
  removal: string,
): Pick<FindingWords, "stack" | "problem" | "remedy"> {
  const unknown =
    "value" in recorded
      ? "is not in state"
      : "is not declared, or not the only one (the state could not be read)";
  return {
    stack,
    problem: `lives with the marker of ${marker.owner}${making} and ${unknown}`,
    remedy: remedyFor(kind, stack, removal),
  };
}

function remedyFor(kind: Orphan["kind"], stack: string, removal: string): string {
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

function otherIdentityFinding(
  { stack, marker }: MarkedOfStack,
  about: Pick<FindingWords, "clientId" | "roleId" | "place">,
): AuditFinding {
  return finding("other-identity", {
    ...about,
    stack: stack.stack,
    problem: otherIdentityWords.found(marker.identity),
    remedy: otherIdentityWords.remedy(stack.stack),
  });
}
