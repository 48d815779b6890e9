// The mistake that shows only between entries: one object of Genesys taken over twice.
import { canonicalId } from "./canonicalId";
import { type Notes } from "./notes";
import { isPlainMap } from "./plainValue";

/** Looks at the raw entries below `area`; parts that have the wrong shape are passed over, the schema reports them. */
export function checkAdoptions(area: "roles" | "credentials", entries: unknown, { note, show }: Notes): void {
  if (!isPlainMap(entries)) {
    return;
  }
  const [idName, noun] = area === "roles" ? ["roleId", "role"] : ["clientId", "OAuth client"];
  const keysById = new Map<string, string>();
  for (const [key, entry] of Object.entries(entries)) {
    const adopt = isPlainMap(entry) ? entry["adopt"] : undefined;
    const written = isPlainMap(adopt) ? adopt[idName] : undefined;
    if (typeof written !== "string") {
      continue;
    }
    const id = canonicalId(written);
    const other = keysById.get(id);
    if (other === undefined) {
      keysById.set(id, key);
      continue;
    }
    note(
      [area, key, "adopt", idName],
      `the ${area} ${show(other)} and ${show(key)} adopt the same ${noun} ${show(written)}`,
      "let one of them adopt it, and have the other made by leaving adopt out",
    );
  }
}
