// Stands in for the preview of a stack that was to be reviewed and has none, so that its absence is told and blocks (pure).
import { parsePreview, type Preview } from "./preview";

const message =
  "there is no preview of this stack, so nothing of it was reviewed; see why its preview did not end, and run it again";

/** One for each stack that is expected and not among the previews. */
export function missingPreviews(expected: readonly string[], previews: readonly Preview[]): Preview[] {
  const there = new Set(previews.map(({ stack }) => stack));
  return [...new Set(expected)]
    .filter((stack) => !there.has(stack))
    .map((stack) =>
      parsePreview(JSON.stringify({ stack, diagnostics: [{ severity: "error", message }] }), stack),
    );
}
