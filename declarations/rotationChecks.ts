// The mistake of a rotation that shows only between its fields: a client that is kept has nobody to take turns with.
import { type Notes } from "./notes";
import { isPlainMap } from "./plainValue";

/** Looks at a raw credential; what has the wrong shape is passed over, the schema reports it. */
export function checkRotation(
  path: readonly string[],
  credential: Readonly<Record<string, unknown>>,
  { note }: Pick<Notes, "note">,
): void {
  const rotation = credential["rotation"];
  if (isPlainMap(rotation) && rotation["clients"] === "keep" && rotation["overlap"] === "none") {
    note(
      [...path, "rotation", "clients"],
      "keep is impossible with overlap: none: the new secret of the only client would end the present one before anybody could read it",
      "write clients: replace, or overlap: previous",
    );
  }
}
