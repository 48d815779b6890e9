// Whether a credential may rotate yet in a stack that goes after another one (pure).
import { clientCredentialsGrant } from "../../genesys/knowledge/grantTypes";
import { addDuration, parseDuration } from "../../declarations/instants";
import { type ResolvedCredential } from "../../declarations/resolve";
import { type Ring } from "../../declarations/ring";
import { type RecordedPublication } from "../../evidence/folder";
import { type Obstacle } from "./obstacle";

/**
 * Undefined where it may rotate: the earlier stack has rotated the credential since it was last rotated here, the new client there
 * was verified, and the rotation is as old as the ring demands.
 * @param recorded All the evidence there is.
 */
export function ringObstacle(
  { key, rotation, authorizedGrantType }: ResolvedCredential,
  ring: Ring,
  recorded: readonly RecordedPublication[],
  nowMs: number,
): Obstacle | undefined {
  // A first publication shows that a client can be made, and nothing of what a rotation does to consumers.
  const there = recorded.filter(
    ({ stack, credential, isRotation }) => isRotation && stack === ring.stack && credential === key,
  );
  const waitsFor = ring.stack;
  const since = rotation.rotatedAt;
  const fresh =
    since === undefined
      ? there
      : there.filter(({ recordedAt }) => Date.parse(recordedAt) > Date.parse(since));
  const remedy = `rotate it in ${ring.stack} first, with GENESYS_CREDENTIALS_EVIDENCE set`;
  if (fresh.length === 0) {
    const sinceWords = since === undefined ? "" : ` since it was rotated here (${since})`;
    return {
      reason: `there is no evidence that ${ring.stack} has rotated it${sinceWords}; ${remedy}`,
      waitsFor,
    };
  }
  // Only a client-credentials pair can prove itself without a person.
  const counts = fresh.filter(
    ({ isVerified }) => isVerified || authorizedGrantType !== clientCredentialsGrant,
  );
  if (counts.length === 0) {
    const files = fresh.map(({ fileName }) => fileName).join(", ");
    return {
      reason: `the evidence of ${ring.stack} (${files}) proves nothing of the new client; ${remedy}`,
      waitsFor,
    };
  }
  const soak = ring.soak === undefined ? undefined : parseDuration(ring.soak);
  if (soak === undefined) {
    return undefined;
  }
  // The oldest of them: a later rotation there takes nothing away from what an earlier one has shown.
  const [possibleAt = ""] = counts.map(({ recordedAt }) => addDuration(recordedAt, soak)).sort();
  return Date.parse(possibleAt) <= nowMs
    ? undefined
    : {
        reason: `its rotation in ${ring.stack} has not been in use for ${ring.soak ?? ""} yet; it will be possible at ${possibleAt}`,
        possibleAt,
        waitsFor,
      };
}
