// A name that the stack has on record: found by its id, whatever it is called now, and told where that is something else.
import { oneLine } from "../../common/oneLine";
import { isSameName } from "../../genesys/roles";
import { kindWords, type NamedKind } from "./nameMemory";
import type { Session } from "./session";

/** A name of the organisation in a message. */
const longestName = 100;

/** An object as Genesys shows it. */
interface Live {
  readonly id: string;
  readonly name?: string | undefined;
}

/** A written name with what it stands for. */
interface WrittenName {
  readonly kind: NamedKind;
  readonly name: string;
  readonly id: string;
}

/**
 * The object on record; adds to `problems` where it exists no more: whoever has its name now is another one.
 * @param live The object of that id; undefined when there is none.
 * @param namesakes Everything that is called so now.
 */
export function recordedObject<T extends Live>(
  session: Session,
  written: WrittenName,
  live: T | undefined,
  namesakes: readonly Live[],
  problems: string[],
): T | undefined {
  const { kind, name, id } = written;
  const others = namesakes.filter((other) => other.id.toLowerCase() !== id.toLowerCase());
  if (live === undefined) {
    const problem = goneProblem(written, others);
    session.names.noteProblem(kind, name, problem);
    problems.push(problem);
    return undefined;
  }
  const { name: liveName } = live;
  const isRenamed = liveName !== undefined && !isSameName(name, liveName) && !isSameName(name, live.id);
  if (isRenamed && session.names.beginTelling(kind, name)) {
    session.notify(renamedNotice(written, liveName, others));
  }
  return live;
}

/** What has the name now was never meant by it. */
function renamedNotice({ kind, name, id }: WrittenName, now: string, others: readonly Live[]): string {
  const what = kindWords[kind];
  const [other] = others;
  const shown = oneLine(now, longestName);
  const taken =
    other === undefined
      ? ""
      : ` Another ${what} is named "${name}" (${other.id}): it is not the one that is meant here.`;
  return `Notice: the ${what} that this stack calls "${name}" (${id}) is named "${shown}" now.${taken} Write "${shown}" in its place; no OAuth client changes by that.`;
}

function goneProblem({ kind, name, id }: WrittenName, others: readonly Live[]): string {
  const what = kindWords[kind];
  const [other] = others;
  const taken =
    other === undefined
      ? `; write another ${what}, or take it out of the stack file`
      : `; another ${what} is named so now (${other.id}): write its id if that one is meant, or take the name out of the stack file`;
  return `the ${what} that this stack calls "${name}"${isSameName(name, id) ? "" : ` (${id})`} exists no more${taken}`;
}
