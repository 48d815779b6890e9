// What the written names of divisions and existing roles stand for: looked up once, kept with the stack's identity, told to all others first.
import {
  type NamedId,
  type NamedIds,
  namedIdsProperties,
  recordedNamesIn,
} from "../../genesys/knowledge/recordedNames";
import { isChanged } from "../engine/changes";
import type { Inputs } from "../engine/checked";
import { without } from "../engine/record";
import { lookUpNames } from "../run/nameLookup";
import type { NamedKind } from "../run/nameMemory";
import type { Session } from "../run/session";
import type { WrittenNames } from "./record";

/** The record before, and what is declared now. */
interface Declared {
  readonly olds: Inputs;
  readonly inputs: Inputs;
  readonly written: WrittenNames;
}

/**
 * The names with their ids, as they are recorded. A name on record keeps its id, and so means the same object in every client of the
 * stack, in either slot and in every generation; one that is not written any more is forgotten. Every other resource waits for the stack's
 * identity, so that what is learned here is known to all of them, in previews and updates alike. A name that cannot be looked up is left
 * out.
 *
 * Where nothing is declared anew, nobody is asked.
 */
export async function settleNames(
  session: Session,
  organizationId: string | undefined,
  { olds, inputs, written }: Declared,
): Promise<NamedIds> {
  const recorded = recordedNamesIn(olds);
  session.names.learn(recorded);
  const isNamedAnew = namedIdsProperties.some((kind) =>
    written[kind].some((name) => !recorded[kind].has(name)),
  );
  // A rotation alone makes clients of names on record, or none: its clients look at theirs.
  const compared = (record: Inputs): Inputs => without(record, [...namedIdsProperties, "generations"]);
  if (isNamedAnew || isChanged(compared(olds), compared(inputs))) {
    await lookUpNames(session, organizationId, written);
  }
  return {
    ...entriesOf(session, "divisions", written.divisions),
    ...entriesOf(session, "existingRoles", written.existingRoles),
  };
}

function entriesOf(session: Session, kind: NamedKind, names: readonly string[]): NamedIds {
  const entries = names.flatMap((name): NamedId[] => {
    const id = session.names.idOf(kind, name);
    return id === undefined ? [] : [{ name, id }];
  });
  return entries.length === 0 ? {} : { [kind]: entries };
}
