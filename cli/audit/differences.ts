// Differences in words, as drift is told (pure).
import { descriptionWithoutMarker, parseMarker } from "../../genesys/marker";
import { quoted } from "./places";

/** One sentence where the two differ; none where they are the same or one of them is not known. */
export function difference(
  what: string,
  expected: string | undefined,
  live: string | undefined,
  isSame: (left: string, right: string) => boolean = (left, right) => left === right,
): readonly string[] {
  return expected === undefined || live === undefined || isSame(expected, live)
    ? []
    : [`its ${what} is ${quoted(live)} instead of ${quoted(expected)}`];
}

/** The declared part of a live description. Where no marker is recorded, whichever one is there is taken away. */
export function ownDescription(live: string, recordedMarker: string | undefined): string {
  const found = parseMarker(live);
  const marker =
    recordedMarker ??
    (found === undefined ? undefined : `[pulumi:${found.owner}#${found.generation}:${found.nonce}]`);
  return marker === undefined ? live : descriptionWithoutMarker(live, marker);
}
