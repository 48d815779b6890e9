// Finding out what written names stand for now, for a run that makes something of them: learned, and told where it has changed.
import { namedIdsProperties } from "../../genesys/knowledge/recordedNames";
import { ifTold } from "./ifTold";
import type { NamedKind } from "./nameMemory";
import { resolveDivision, resolveRoleName } from "./roleDivisions";
import type { Session } from "./session";

/**
 * A name on record keeps its id; of it this finds out what became of that. What cannot be looked up is left out: whoever uses the name
 * says why, as in {@link Session.canEnter}.
 */
export async function lookUpNames(
  session: Session,
  organizationId: string | undefined,
  names: Readonly<Record<NamedKind, readonly string[]>>,
): Promise<void> {
  const isNamed = namedIdsProperties.some((kind) => names[kind].length > 0);
  if (!isNamed || !(await session.canEnter(organizationId))) {
    return;
  }
  for (const kind of namedIdsProperties) {
    const resolve = kind === "divisions" ? resolveDivision : resolveRoleName;
    for (const name of names[kind]) {
      const id = await ifTold(() => resolve(session, name, []));
      if (id !== undefined) {
        session.names.learnName(kind, name, id);
      }
    }
  }
}
