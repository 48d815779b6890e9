// What a plan means for the integration credential of one credential: where in Genesys its key goes, and where it no longer is (pure).
import { type Finding, linesOn } from "./finding";
import { type IntegrationState } from "../plan/secretStates";
import { phrase, shownName } from "./phrase";
import { type Planned } from "../plan/plannedResources";
import { type CredentialPlan } from "../plan/stackPlan";
import { clientAt, isNew, type Turn, turnOf } from "./turn";

/** @param key The credential's. */
export function* integrationFindings(key: string, plan: CredentialPlan): Generator<Finding> {
  for (const integration of plan.integrations) {
    const { before, after, isReplaced, isGone } = integration;
    if (before !== undefined && after !== undefined && isGone) {
      yield linesOn(key)("INTEGRATION_MADE_ANEW", {
        breakage: {
          who: phrase`data actions that use integration credential ${shownName(before.name)}`,
          when: phrase`already now, until they are told the new one`,
          wayBack: phrase`none: it is gone from Genesys; choose the new one in the integrations that used it`,
        },
      })`integration credential ${shownName(before.name)} is gone from Genesys and is made anew, with another id`;
    } else if (before !== undefined && after !== undefined && !isReplaced) {
      yield* changeFindings(key, integration, before, after, plan);
    } else {
      yield* after === undefined ? [] : [newFinding(key, after)];
      yield* before === undefined ? [] : [endFinding(key, before)];
    }
  }
}

function newFinding(key: string, after: IntegrationState): Finding {
  const line = linesOn(key)("INTEGRATION_ADDED");
  const reach = phrase`whoever may edit data actions in Genesys can act with its permissions`;
  return after.existingId === undefined
    ? line`its key also goes to a new integration credential, ${shownName(after.name)}: ${reach}`
    : line`its key also goes to the integration credential ${after.existingId}, now ${shownName(after.name)}, and replaces the one it holds: ${reach}`;
}

function endFinding(key: string, before: IntegrationState): Finding {
  const line = linesOn(key);
  return (before.isTakenOver ?? before.existingId !== undefined)
    ? line(
        "INTEGRATION_LEFT",
      )`integration credential ${shownName(before.name)} stays in Genesys with its last key: it was taken over, not made here`
    : line("INTEGRATION_DELETED", {
        breakage: {
          who: phrase`data actions that use integration credential ${shownName(before.name)}`,
          when: phrase`from the end of this update`,
          wayBack: phrase`a revert makes another one, with another id: choose it in the integrations that used this one`,
        },
      })`integration credential ${shownName(before.name)} is deleted for good`;
}

/**
 * Pulumi shows it as updated whenever its client or the stored pair is, because it cannot know that the version stays. That is noise: it
 * changes only when it is called otherwise, or when another client is named.
 */
function* changeFindings(
  key: string,
  { isUpdated }: Planned<IntegrationState>,
  before: IntegrationState,
  after: IntegrationState,
  plan: CredentialPlan,
): Generator<Finding> {
  const line = linesOn(key);
  const client = clientAt(plan, after.clientUrn);
  const isOtherClient = client !== undefined && (before.clientUrn !== after.clientUrn || isNew(client));
  if (before.name !== after.name) {
    yield line(
      "INTEGRATION_RENAMED",
    )`integration credential ${shownName(before.name)} -> ${shownName(after.name)}`;
  }
  if (isUpdated && isOtherClient) {
    const gets = [keys[turnOf(plan)?.to ?? "new client"]];
    yield line(
      "INTEGRATION_PAIR",
    )`integration credential ${shownName(after.name)} gets ${gets} in the same update`;
  }
}

/** What data actions use from then on. */
const keys: Readonly<Record<Turn["to"], string>> = {
  "new client": "the key of the new client",
  "kept client": "the new key",
  "waiting client": "the new key",
  "earlier client": "the key of the earlier client again",
  "same client": "the same key again",
};
