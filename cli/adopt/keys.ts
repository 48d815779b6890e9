// Keys for what is adopted: made of the live names, unique, and the same in every run.
import { groupBy } from "../../common/groupBy";

/** The longest key (declarations/textRules.ts), in characters. */
const keyLengthLimit = 64;

/** Characters of an id that tell two objects of one name apart; more only where these do not. */
const leastIdCharacters = 4;

/** Characters of an id that stand for a name of which nothing can be part of a key. */
const idCharactersAlone = 8;

/** Names that no key may have. */
const reservedKeys: readonly string[] = ["constructor", "prototype"];

const combiningMarks = /\p{M}/gu;

/** Something that needs a key. */
export interface Named {
  readonly id: string;
  /** Its live name. */
  readonly name: string;
}

/**
 * One key for each object, by its id. Where two would have the same, or one is taken, characters of the id are added to each.
 * @param isTaken Whether the stack has the key already; asked in lower case and as it is.
 */
export function keysFor(
  objects: readonly Named[],
  kind: "client" | "role",
  isTaken: (key: string) => boolean,
): ReadonlyMap<string, string> {
  const bySlug = groupBy(objects, (object) => slugOf(object, kind));
  const keys = new Map<string, string>();
  const used = new Set<string>();
  const isFree = (key: string): boolean => !used.has(key) && !isTaken(key) && !reservedKeys.includes(key);
  const singles = [...bySlug].filter(([slug, group]) => group.length === 1 && isFree(slug));
  for (const [slug, [object]] of singles) {
    if (object !== undefined) {
      keys.set(object.id, slug);
      used.add(slug);
    }
  }
  for (const [slug, group] of bySlug) {
    const others = group.filter(({ id }) => !keys.has(id)).map(({ id }) => id);
    for (const [id, key] of keysWithIds(slug, others, isFree)) {
      keys.set(id, key);
      used.add(key);
    }
  }
  return keys;
}

/** The name in the letters of a key. */
function slugOf({ id, name }: Named, kind: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(combiningMarks, "")
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, "-")
    .replace(/-{2,}/g, "-")
    .slice(0, keyLengthLimit)
    .replace(/^[_.-]+|[_.-]+$/g, "");
  return slug === "" ? `${kind}-${lettersOf(id).slice(0, idCharactersAlone)}` : slug;
}

/** As many characters of the ids as it takes to tell all of them apart. */
function keysWithIds(
  slug: string,
  ids: readonly string[],
  isFree: (key: string) => boolean,
): ReadonlyMap<string, string> {
  const longest = Math.max(0, ...ids.map((id) => lettersOf(id).length));
  for (let count = leastIdCharacters; count < longest; count += leastIdCharacters) {
    const keys = new Map(ids.map((id) => [id, joined(slug, lettersOf(id).slice(0, count))]));
    if (new Set(keys.values()).size === ids.length && [...keys.values()].every(isFree)) {
      return keys;
    }
  }
  return new Map(ids.map((id) => [id, joined(slug, lettersOf(id))]));
}

function joined(slug: string, suffix: string): string {
  return `${slug.slice(0, keyLengthLimit - suffix.length - 1)}-${suffix}`;
}

function lettersOf(id: string): string {
  return id.toLowerCase().replace(/[^a-z0-9]/g, "");
}
