// What else lives of another state of the same stack: told once, since the engine stops at the first object that is in the way.
import { listed } from "../../common/listed";
import { oneLine } from "../../common/oneLine";
import { isEnded } from "../../genesys/knowledge/clientLife";
import { isOfStack, type Maker, parseMarker, stackPathOf } from "../../genesys/marker";
import { ifTold } from "./ifTold";
import type { Session } from "./session";

/** Of more, the number is told only: `recover` lists them all. */
const mostObjects = 12;
/** A name of the organisation in a message. */
const longestName = 100;

/** An object that carries a marker. */
interface Marked {
  readonly id: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

/**
 * Says which other roles and clients carry the identity, or, of before stacks had identities, the names, of what is in the way.
 * @param foundId What was told already.
 */
export async function tellOtherState(
  session: Session,
  made: Maker | undefined,
  foundId: string,
): Promise<void> {
  if (made === undefined || !session.beginTelling("other state")) {
    return;
  }
  const isOfIt = ({ id, description }: Marked): boolean => {
    const marker = parseMarker(description);
    return (
      id.toLowerCase() !== foundId.toLowerCase() &&
      marker !== undefined &&
      marker.identity === made.identity &&
      isOfStack(marker, made)
    );
  };
  const roles = (await ifTold(session.rolesAtStart)) ?? []; // without a list the refusal stands alone
  const clients = (await ifTold(session.clientsAtStart)) ?? [];
  const others = [
    ...roles.filter(isOfIt).map((role) => words("role", role)),
    ...clients
      .filter((client) => !isEnded(client) && isOfIt(client))
      .map((client) => words("OAuth client", client)),
  ];
  if (others.length > 0) {
    const list = listed(others, mostObjects, ", and ");
    session.notify(`Notice: of ${stateOf(made)} there live also ${list}; all of it was left as it is.`);
  }
}

function words(kind: string, { id, name = "" }: Marked): string {
  return `${kind} ${id} ("${oneLine(name, longestName)}")`;
}

function stateOf(made: Maker): string {
  return made.identity === undefined
    ? `${stackPathOf(made)}, of before stacks had identities,`
    : `identity ${made.identity}`;
}
