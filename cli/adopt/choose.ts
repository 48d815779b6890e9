// Which clients and roles a person means: by id, by name, by a pattern, or all of them.
import { nearestName } from "../../common/nearestName";
import { oneLine } from "../../common/oneLine";
import { isDeleted } from "../../genesys/oauthClients";
import { UsageError } from "../terminal/cliError";
import { type Inventory } from "./inventory";
import { type Chosen } from "./plan";
import { isDefaultRole } from "../../genesys/knowledge/defaultRoles";

/** What was chosen; `named` are the ids of what was named alone, so that it is an error when it cannot be taken over. */
export interface Choice extends Chosen {
  readonly named: ReadonlySet<string>;
}

/** One object that may be meant. */
export interface Choosable {
  readonly kind: "client" | "role";
  readonly id: string;
  readonly name: string;
  readonly isDeleted: boolean;
}

/** Longest name in a message. */
const longestName = 100;

/** Every client, then every role, each in the order of its list. */
export function choosables({ clients, roles }: Inventory): readonly Choosable[] {
  return [
    ...clients.map(({ id, name = "", state }) => ({
      kind: "client" as const,
      id,
      name,
      isDeleted: isDeleted({ state }),
    })),
    ...roles.map(({ id, name = "" }) => ({ kind: "role" as const, id, name, isDeleted: false })),
  ];
}

/** Every client, and every role that Genesys did not make. */
export function chooseAll({ clients, roles }: Inventory): Choice {
  return {
    clientIds: new Set(clients.map(({ id }) => id)),
    roleIds: new Set(roles.filter((role) => !isDefaultRole(role)).map(({ id }) => id)),
    named: new Set(),
  };
}

/**
 * The objects that the words mean: an id, a name, or a pattern with `*` for any text.
 * @throws UsageError naming every word that means nothing or several things.
 */
export function chooseMatching(words: readonly string[], inventory: Inventory): Choice {
  const everything = choosables(inventory);
  const problems: string[] = [];
  const found = new Map<string, Choosable>();
  const named = new Set<string>();
  for (const word of words) {
    const { matches, isPattern } = matching(word, everything);
    if (matches.length === 0) {
      problems.push(`${shown(word)} matches no client and no role${hint(word, everything)}`);
    } else if (matches.length > 1 && !isPattern) {
      const each = matches.map(({ kind, id }) => `${kind} ${id}`).join(", ");
      problems.push(`${shown(word)} is ambiguous, it is the name of ${each}: write the id`);
    } else {
      for (const one of matches) {
        found.set(`${one.kind} ${one.id}`, one);
      }
      if (!isPattern || matches.length === 1) {
        matches.forEach(({ id }) => named.add(id));
      }
    }
  }
  if (problems.length > 0) {
    throw new UsageError(`Choosing what to adopt: ${problems.join("; ")}; nothing was written.`);
  }
  return choiceOf([...found.values()], named);
}

/** The choice of these objects. */
export function choiceOf(objects: readonly Choosable[], named: ReadonlySet<string>): Choice {
  const idsOf = (wanted: Choosable["kind"]): ReadonlySet<string> =>
    new Set(objects.filter(({ kind }) => kind === wanted).map(({ id }) => id));
  return { clientIds: idsOf("client"), roleIds: idsOf("role"), named };
}

function matching(
  word: string,
  everything: readonly Choosable[],
): { readonly matches: readonly Choosable[]; readonly isPattern: boolean } {
  const byId = everything.filter(({ id }) => id.toLowerCase() === word.toLowerCase());
  if (byId.length > 0) {
    return { matches: byId, isPattern: false };
  }
  // What is deleted does not make the name of a living one ambiguous.
  const sorted = [everything.filter(({ isDeleted }) => !isDeleted), everything];
  for (const objects of sorted) {
    for (const spelling of [(text: string) => text, (text: string) => text.toLowerCase()]) {
      const matches = objects.filter(({ name }) => name !== "" && spelling(name) === spelling(word));
      if (matches.length > 0) {
        return { matches, isPattern: false };
      }
    }
  }
  const isPattern = word.includes("*");
  return { matches: isPattern ? everything.filter(({ name }) => fits(word, name)) : [], isPattern };
}

/** Whether a name fits a pattern, ignoring case. */
function fits(pattern: string, name: string): boolean {
  const parts = pattern.toLowerCase().split(/\*+/);
  const text = name.toLowerCase();
  const [first = "", ...others] = parts;
  const last = others.pop() ?? "";
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) {
    return false;
  }
  let position = first.length;
  for (const part of others) {
    const at = text.indexOf(part, position);
    if (at === -1 || at + part.length > text.length - last.length) {
      return false;
    }
    position = at + part.length;
  }
  return true;
}

function hint(word: string, everything: readonly Choosable[]): string {
  const nearest = nearestName(
    word,
    everything.map(({ name }) => name),
  );
  return nearest === undefined ? "" : `, did you mean ${shown(nearest)}?`;
}

function shown(text: string): string {
  return `"${oneLine(text, longestName)}"`;
}
