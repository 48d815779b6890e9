// Everything that Pulumi is asked, and the checks of its answers.
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { type StackDocument } from "../stackFile/stackDocument";
import { type GenesysAnswers } from "./genesysChecks";
import { type Known } from "../../common/known";
import { whenKnown } from "./whenKnown";
import { type Line, type Subject } from "./line";
import { checkOrphanClients, checkOrphanRoles, type MarkingStack } from "./orphans";
import { type AskPulumi } from "../terminal/pulumiProcess";
import { stateOf } from "../world/stateOf";
import { type StackState } from "../world/stackState";
import {
  checkBackend,
  checkPendingDeletions,
  checkPendingOperations,
  checkSecretsProvider,
} from "./stateChecks";

/** What Pulumi answered. */
export interface PulumiAnswers {
  readonly version: Known<string>;
  readonly backend: Known<string>;
  readonly state: Known<StackState>;
}

/** What the checks need besides. */
export interface PulumiSurroundings {
  readonly isInCi: boolean;
  readonly document: Known<StackDocument>;
  readonly declarations: Known<ResolvedDeclarations>;
  readonly own: MarkingStack;
  readonly genesys: Pick<GenesysAnswers, "everyClient" | "everyRole">;
  /** The clients that stored secrets name. */
  readonly namedIds: ReadonlySet<string>;
}

/** Asks three questions; never for secrets. @param stack As it was given, with its organisation and project. Never rejects. */
export async function askPulumi(pulumi: AskPulumi, stack: string): Promise<PulumiAnswers> {
  const [version, backend, state] = await Promise.all([
    pulumi(["version"]),
    pulumi(["whoami", "--json", "--non-interactive"]),
    stateOf(pulumi, stack),
  ]);
  return { version, backend, state };
}

/** The lines about the state and what it does not know. */
export function checkPulumiState(
  { backend, state }: Pick<PulumiAnswers, "backend" | "state">,
  { isInCi, document, declarations, own, genesys, namedIds }: PulumiSurroundings,
): readonly Line[] {
  const fileValues = "value" in document ? document.value.values : undefined;
  return [
    ...whenKnown(backend, at("backend", "state backend"), (answer) => checkBackend(answer, isInCi)),
    ...checkSecretsProvider(state, fileValues, isInCi),
    ...whenKnown(state, at("pending-operations", "pending operations"), (known) =>
      checkPendingOperations(known, own.stack),
    ),
    ...whenKnown(state, at("pending-deletions", "pending deletions"), checkPendingDeletions),
    ...whenKnown(genesys.everyClient, at("orphan-clients", "OAuth clients of this stack"), (clients) =>
      checkOrphanClients(clients, own, state, declarations, namedIds),
    ),
    ...whenKnown(genesys.everyRole, at("orphan-roles", "roles of this stack"), (roles) =>
      checkOrphanRoles(roles, own, state, declarations),
    ),
  ];
}

function at(check: string, place: string): Subject {
  return { area: "Pulumi", check, place };
}
