// Which generation a stored secret is of: the id of its version says so, since it follows from what was written.
import { payloadSpellings } from "../../common/payloadSpelling";
import { slotOwning } from "../../common/slot";
import { type ResolvedCredential } from "../../declarations/resolve";
import { versionIdOf } from "../../secrets/versionId";
import { isOfEarlierGeneration, type LiveClient } from "./liveClients";
import { type StoredPair } from "./storedPair";

/** What of a pair tells it. */
type Written = Omit<StoredPair, "clientId">;

/** Generations that are tried, the latest first: a client that rotations keep may have had as many. */
const maximumGenerations = 400;

/** Secrets of one client at one generation: more than the first one are made where it was given another secret by hand. */
const maximumAttempts = 5;

/** A revert leaves a client with versions of later generations than the declared one. */
const generationsAhead = 4;

/**
 * The generation for which a version was written; undefined where its id does not say: somebody else wrote it, or an earlier program.
 * @param client The one that the version names.
 */
export function generationOfVersion(
  { versionId, tokenUrl, apiUrl }: Written,
  client: Pick<LiveClient, "id" | "slot" | "generation">,
  declaredGeneration: number,
): number | undefined {
  const latest = Math.max(client.generation, declaredGeneration) + generationsAhead;
  const earliest = Math.max(0, latest - maximumGenerations);
  for (let generation = latest; generation >= earliest; generation--) {
    if (slotOwning(generation) === client.slot && isOf(generation)) {
      return generation;
    }
  }
  return undefined;

  function isOf(generation: number): boolean {
    return payloadSpellings.some((keys) =>
      Array.from({ length: maximumAttempts }, (_, attempt) => attempt).some(
        (attempt) =>
          versionIdOf({ clientId: client.id, generation, keys, apiUrl, tokenUrl, attempt }) === versionId,
      ),
    );
  }
}

/**
 * In words, that the declared generation is not deployed although the secret names a client of its slot: after an emergency, which skips
 * a generation, the slot is the same. Undefined where it is deployed, as far as one can tell.
 */
export function generationBehind(
  stored: Written,
  client: LiveClient,
  rotation: Pick<ResolvedCredential["rotation"], "generation" | "clients">,
): string | undefined {
  const { generation } = rotation;
  const written = generationOfVersion(stored, client, generation);
  const isBehind =
    written === undefined ? isOfEarlierGeneration(client, generation, rotation) : written < generation;
  return isBehind
    ? `which is of generation ${written ?? client.generation}, and ${generation} is declared`
    : undefined;
}
