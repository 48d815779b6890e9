// The checks of what Pulumi answers about the state and where it is.
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { type StackDocument } from "../stackFile/stackDocument";
import { type GenesysAnswers } from "./genesysChecks";
import { type Known } from "../../common/known";
import { type Line, linesOn, type LinesOn, type Purpose } from "./line";
import { checkOrphanClients, checkOrphanRoles, type MarkingStack } from "./orphans";
import { checkStateIsReadable } from "./previewChecks";
import { type StackState } from "../world/stackState";
import {
  checkBackend,
  checkPendingDeletions,
  checkPendingOperations,
  checkSecretsProvider,
} from "./stateChecks";

/** What Pulumi answered, and what the checks need besides. */
interface PulumiFacts {
  readonly purpose: Purpose;
  /** What `pulumi whoami --json` prints. */
  readonly backend: Known<string>;
  readonly state: Known<StackState>;
  readonly isInCi: boolean;
  readonly document: Known<StackDocument>;
  readonly declarations: Known<ResolvedDeclarations>;
  readonly own: MarkingStack;
  readonly genesys: Pick<GenesysAnswers, "everyClient" | "everyRole">;
  /** The clients that stored secrets name. */
  readonly namedIds: ReadonlySet<string>;
}

/** The lines about the state and what it does not know. */
export function checkPulumiState(facts: PulumiFacts): readonly Line[] {
  const { purpose, backend, state, isInCi, document, declarations, own, genesys, namedIds } = facts;
  const fileValues = "value" in document ? document.value.values : undefined;
  const place = [
    ...on("backend", "state backend").whenKnown(backend, (answer) => checkBackend(answer, isInCi)),
    checkSecretsProvider(state, fileValues, isInCi),
  ];
  if (purpose === "preview") {
    return [...place, checkStateIsReadable(state)];
  }
  return [
    ...place,
    ...on("pending-operations", "pending operations").whenKnown(state, (known) =>
      checkPendingOperations(known, own.stack),
    ),
    ...on("pending-deletions", "pending deletions").whenKnown(state, checkPendingDeletions),
    ...on("orphan-clients", "OAuth clients of this stack").whenKnown(genesys.everyClient, (clients) =>
      checkOrphanClients(clients, own, state, declarations, namedIds),
    ),
    ...on("orphan-roles", "roles of this stack").whenKnown(genesys.everyRole, (roles) =>
      checkOrphanRoles(roles, own, state, declarations),
    ),
  ];
}

function on(check: string, place: string): LinesOn {
  return linesOn("Pulumi", check, place);
}
