// After which plans the copies of a stored secret that consumers hold stop working, and what helps then (pure).
import { type Finding, linesOn } from "./finding";
import { phrase, shownName } from "./phrase";
import { knownOf } from "./classifyOthers";
import { type ClientState } from "../plan/resourceStates";
import { type CredentialPlan } from "../plan/stackPlan";
import { ends, generationOn, type PlannedClient, presentClient } from "./turn";

/** The present client goes, or is deactivated, while the credential stays: consumers fail until they read the secret again. */
export function* copiesStopping(plan: CredentialPlan): Generator<Finding> {
  const { key, after, clients } = plan;
  const present = presentClient(plan);
  const isStopped = present !== undefined && copiesEnd(present);
  // Of a client of another kind a line of its own tells the same, and more.
  if (isStopped && after?.clients.some(({ isActive }) => isActive) === true && !isMovedAway(plan)) {
    const breakage = {
      who: phrase`every consumer of secret ${secretNameOf(plan)}`,
      when: phrase`from the end of this update until it reads the secret again; tokens that it has live on until they expire`,
      wayBack: ends(present)
        ? phrase`none for these copies, their client is deleted: let consumers read the secret again; a revert makes another client, not this one`
        : phrase`revert: the client is activated again`,
    };
    const what = ends(present) ? "deleted" : "deactivated";
    yield linesOn(key)("COPIES_STOP", {
      breakage,
    })`every copy of the present secret stops working: its client, of generation ${generationOn("before", plan) ?? "not known"}, is ${[what]}`;
  }
  for (const client of clients.filter((one) => one !== present && ends(one))) {
    const adopt = client.before?.adopt;
    if (adopt?.secret === "keep" && after !== undefined) {
      const breakage = {
        who: phrase`whoever still uses a hand-made copy of the secret of client ${adopt.clientId}`,
        when: phrase`from the end of this update until it reads the stored secret`,
        wayBack: phrase`none, the client is deleted`,
      };
      yield linesOn(key)("COPIES_STOP", {
        breakage,
      })`client ${adopt.clientId}, adopted with its secret kept, is deleted: hand-made copies of that secret stop working`;
    }
  }
}

/** Whether the client becomes one of another grant type or organisation: of that no copy of the present secret is of use. */
function isMovedAway({ before, after }: CredentialPlan): boolean {
  const reads = [
    ({ grantType }: ClientState) => grantType,
    ({ organization }: ClientState) => organization,
  ] as const;
  return reads.some((read) => {
    const [was, is] = [before, after].map((side) => knownOf((side?.clients ?? []).map(read)));
    return was !== undefined && is !== undefined && was !== is;
  });
}

/** Whether an update ends the copies of the secret of the client that is the present one. */
export function copiesEnd(present: PlannedClient): boolean {
  return (
    !present.isGone &&
    (ends(present) || (present.before?.isActive === true && present.after?.isActive !== true))
  );
}

/** The name by which consumers read the secret at this moment. */
export function secretNameOf({ secrets: [only] }: CredentialPlan): string {
  return shownName((only?.before ?? only?.after)?.name);
}
