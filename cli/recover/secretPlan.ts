// Whether a stored secret of which the state knows nothing is the credential's: what it holds says so (pure).
import { canonicalId } from "../../declarations/canonicalId";
import { type ResolvedCredential } from "../../declarations/resolve";
import { isEnded } from "../../genesys/knowledge/clientLife";
import { keyOf, parseMarker } from "../../genesys/marker";
import { keysOf } from "../world/recordOf";
import { generationWritten } from "./clientPlan";
import { type LabelledPair, type StoredFacts } from "../world/labelledPairs";
import { type RecoveryFacts } from "./facts";

/** What becomes of it. A scheduled deletion is taken back first, and what the secret holds is looked at then. */
export type SecretPlan =
  | { readonly outcome: "take"; readonly arn: string; readonly deletedAt?: string }
  | { readonly outcome: "new" }
  | { readonly outcome: "refused"; readonly reason: string };

/** What is looked at besides the secret. */
export interface SecretContext {
  readonly credential: ResolvedCredential;
  readonly facts: RecoveryFacts;
  /** The clients of this credential, in state or out of it, in canonical form. */
  readonly ownIds: ReadonlySet<string>;
  readonly apiUrl: string;
}

export function planSecret(stored: StoredFacts, context: SecretContext): SecretPlan {
  const { arn, deletedAt, primaryRegion } = stored;
  if (arn === undefined) {
    return { outcome: "new" };
  }
  if (primaryRegion !== undefined) {
    const reason = `it is a replica of the secret in ${primaryRegion}, which nobody can write: set aws:region to ${primaryRegion}`;
    return { outcome: "refused", reason };
  }
  if (deletedAt !== undefined) {
    return { outcome: "take", arn, deletedAt };
  }
  const reason = refusalOf(stored, context);
  return reason === undefined ? { outcome: "take", arn } : { outcome: "refused", reason };
}

/** Undefined where the secret is empty, names a client of the credential, or names gone ones for which this program has written it. */
function refusalOf({ pairs, otherLabels }: StoredFacts, context: SecretContext): string | undefined {
  if (pairs.length === 0) {
    return otherLabels.length === 0
      ? undefined
      : `${otherLabels.join(", ")} holds something else than the pair of a client: delete it if nobody reads it, or declare another secret.name`;
  }
  if (pairs.some((pair) => pair.apiUrl === context.apiUrl && context.ownIds.has(pair.clientId))) {
    return undefined;
  }
  return pairs.map((pair) => strangeness(pair, pairs, context)).find((reason) => reason !== undefined);
}

function strangeness(
  pair: LabelledPair,
  pairs: readonly LabelledPair[],
  { credential, facts, apiUrl }: SecretContext,
): string | undefined {
  const { clientId } = pair;
  const label = pair.labels.join(", ");
  if (pair.apiUrl !== apiUrl) {
    return `${label} names OAuth client ${clientId} at ${pair.apiUrl}, and this stack is for ${apiUrl}: declare another secret.name`;
  }
  const living = facts.clients.find((client) => canonicalId(client.id) === clientId && !isEnded(client));
  if (living === undefined) {
    const naming = pairs.filter((one) => one.clientId === clientId);
    return generationWritten(clientId, naming, credential) === undefined
      ? `${label} names OAuth client ${clientId}, which is gone, and was not written by this program: delete it if nobody reads it, or declare another secret.name`
      : undefined;
  }
  const marker = parseMarker(living.description);
  if (marker === undefined) {
    return `${label} names OAuth client ${clientId} ("${living.name ?? ""}"), which carries no mark of this stack: declare another secret.name`;
  }
  const identity = marker.identity === undefined ? "" : `, identity ${marker.identity}`;
  const remedy = keysOf(credential).includes(keyOf(marker))
    ? `if its state is lost, \`--identity ${marker.identity ?? ""}\``
    : `where its key was renamed, write \`formerly\` below ${credential.key}; otherwise declare another secret.name`;
  return `${label} names OAuth client ${clientId}, made for ${marker.owner}${identity}: ${remedy}`;
}
