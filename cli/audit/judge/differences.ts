// Differences in words, as drift is told (pure).
import { descriptionWithoutMarker, markerText, parseMarker } from "../../../genesys/marker";
import { quoted } from "../places";

/** One sentence where the two differ; none where they are the same or one of them is not known. */
export function difference(
  what: string,
  expected: string | undefined,
  live: string | undefined,
): readonly string[] {
  return expected === undefined || live === undefined || expected === live
    ? []
    : [`its ${what} is ${quoted(live)} instead of ${quoted(expected)}`];
}

/**
 * Compares the declared part of a description. A marker that alone was taken out is told as well: no update sees that, and the commands
 * know the object by it.
 * @param recordedMarker Undefined where no state is known; whichever marker is there is then taken away.
 */
export function descriptionDifference(
  expected: string | undefined,
  recordedMarker: string | undefined,
  live: string | undefined,
): readonly string[] {
  const differences = difference("description", expected, ownDescription(live ?? "", recordedMarker));
  const isLost = recordedMarker !== undefined && live?.includes(recordedMarker) === false;
  return differences.length === 0 && isLost
    ? [`its description has lost the marker ${recordedMarker}, which has to be written back by hand`]
    : differences;
}

function ownDescription(live: string, recordedMarker: string | undefined): string {
  const found = parseMarker(live);
  const marker = recordedMarker ?? (found === undefined ? undefined : markerText(found));
  return marker === undefined ? live : descriptionWithoutMarker(live, marker);
}
