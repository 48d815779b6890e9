// Whether the deployer's own OAuth client is one that a stack manages: an update would rotate or delete it under its own feet.
import { parseMarker } from "../../genesys/marker";
import { type TokenIdentity } from "../../genesys/identity";
import { type OAuthClientEntity } from "../../genesys/wire";
import { type StackMarks, standingOf } from "../world/stackMarks";
import { type Line, linesOn, type Purpose, whose } from "./line";

/** What ends when that client is rotated. */
const ended: Readonly<Record<Purpose, string>> = { deployment: "deployments", preview: "previews" };

/** @param marks Of this stack. @param idsInState The ids of this stack's clients; undefined where not known. */
export function checkOwnClient(
  { clientId }: TokenIdentity,
  everyClient: readonly OAuthClientEntity[],
  marks: StackMarks,
  idsInState: ReadonlySet<string> | undefined,
  purpose: Purpose,
): Line {
  const place = `${whose[purpose]} OAuth client ${clientId ?? ""}`.trim();
  const { pass, warn, fail } = linesOn("Genesys", "own-client", place);
  const own = everyClient.find(({ id }) => id === clientId);
  const marker = parseMarker(own?.description);
  const remedy = "sign in with an OAuth client that is made by hand and belongs to no stack";
  if (
    (marker !== undefined && standingOf(marker, marks) === "ours") ||
    (clientId !== undefined && idsInState?.has(clientId) === true)
  ) {
    return fail(
      `is managed by this very stack: its rotation would end the stack's ${ended[purpose]}`,
      remedy,
    );
  }
  return marker === undefined
    ? pass("is managed by no stack")
    : warn(
        `is managed by another stack (${marker.owner}): its rotation ends this stack's ${ended[purpose]}`,
        remedy,
      );
}
