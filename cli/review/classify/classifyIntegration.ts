// What a plan means for the integration credential of one credential: where in Genesys its key goes, and where it no longer is (pure).
import { type Finding, finding } from "./finding";
import { type IntegrationState } from "../plan/integrationState";
import { type Phrase, phrase } from "./phrase";
import { type Planned } from "../plan/plannedResources";
import { type CredentialPlan } from "../plan/stackPlan";
import { clientAt, isNew, type Turn, turnOf } from "./turn";

/** @param key The credential's. */
export function integrationFindings(key: string, plan: CredentialPlan): Finding[] {
  return plan.integrations.flatMap((integration) => {
    const { before, after, isReplaced } = integration;
    if (before !== undefined && after !== undefined && integration.isGone) {
      return [
        finding(
          key,
          "neutral",
          phrase`integration credential ${nameOf(before)} is gone from Genesys and is made anew: data actions have to be told`,
        ),
      ];
    }
    if (before !== undefined && after !== undefined && !isReplaced) {
      return changeFindings(key, integration, before, after, plan);
    }
    return [
      ...(after === undefined ? [] : [newFinding(key, after)]),
      ...(before === undefined ? [] : [endFinding(key, before)]),
    ];
  });
}

function newFinding(key: string, after: IntegrationState): Finding {
  const reach = phrase`whoever may edit data actions in Genesys can act with its permissions`;
  return finding(
    key,
    "wider",
    after.existingId === undefined
      ? phrase`its key also goes to a new integration credential, ${nameOf(after)}: ${reach}`
      : phrase`its key also goes to the integration credential ${after.existingId}, now ${nameOf(after)}, and replaces the one it holds: ${reach}`,
  );
}

function endFinding(key: string, before: IntegrationState): Finding {
  if (before.isTakenOver ?? before.existingId !== undefined) {
    return finding(
      key,
      "neutral",
      phrase`integration credential ${nameOf(before)} stays in Genesys with its last key: it was taken over, not made here`,
    );
  }
  return finding(
    key,
    "lost",
    phrase`integration credential ${nameOf(before)} is deleted for good: data actions that use it stop working`,
    { risks: ["irreversible"] },
  );
}

/**
 * Pulumi shows it as updated whenever its client or the stored pair is, because it cannot know that the version stays. That is noise: it
 * changes only when it is called otherwise, or when another client is named.
 */
function changeFindings(
  key: string,
  { isUpdated }: Planned<IntegrationState>,
  before: IntegrationState,
  after: IntegrationState,
  plan: CredentialPlan,
): Finding[] {
  const client = clientAt(plan, after.clientUrn);
  const isOtherClient = client !== undefined && (before.clientUrn !== after.clientUrn || isNew(client));
  return [
    ...(before.name === after.name
      ? []
      : [finding(key, "neutral", phrase`integration credential ${nameOf(before)} is now ${nameOf(after)}`)]),
    ...(isUpdated && isOtherClient
      ? [
          finding(
            key,
            "neutral",
            phrase`integration credential ${nameOf(after)} gets ${[keys[turnOf(plan)?.to ?? "new client"]]} in the same update`,
          ),
        ]
      : []),
  ];
}

/** What data actions use from then on. */
const keys: Readonly<Record<Turn["to"], string>> = {
  "new client": "the key of the new client",
  "kept client": "the new key",
  "waiting client": "the new key",
  "earlier client": "the key of the earlier client again",
  "same client": "the same key again",
};

function nameOf({ name }: IntegrationState): Phrase {
  return phrase`${name ?? "with a name that the preview does not show"}`;
}
