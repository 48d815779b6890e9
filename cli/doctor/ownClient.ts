// Whether the deployer's own OAuth client is one that a stack manages: an update would rotate or delete it under its own feet.
import { parseMarker } from "../../genesys/marker";
import { type TokenIdentity } from "../../genesys/identity";
import { type OAuthClientEntity } from "../../genesys/wire";
import { type StackMarks, standingOf } from "../world/stackMarks";
import { type Line, linesOn } from "./line";

/** @param marks Of this stack. @param idsInState The ids of this stack's clients; undefined where not known. */
export function checkOwnClient(
  { clientId }: TokenIdentity,
  everyClient: readonly OAuthClientEntity[],
  marks: StackMarks,
  idsInState: ReadonlySet<string> | undefined,
): Line {
  const place = `the deployer's OAuth client ${clientId ?? ""}`.trim();
  const { pass, warn, fail } = linesOn("Genesys", "own-client", place);
  const own = everyClient.find(({ id }) => id === clientId);
  const marker = parseMarker(own?.description);
  const remedy = "deploy with an OAuth client that is made by hand and belongs to no stack";
  if (
    (marker !== undefined && standingOf(marker, marks) === "ours") ||
    (clientId !== undefined && idsInState?.has(clientId) === true)
  ) {
    return fail("is managed by this very stack: its rotation would end the deployment", remedy);
  }
  return marker === undefined
    ? pass("is managed by no stack")
    : warn(
        `is managed by another stack (${marker.owner}): its rotation ends this stack's deployments`,
        remedy,
      );
}
