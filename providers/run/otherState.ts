// What else lives of another state of the same stack: told once, since the engine stops at the first object that is in the way.
import { oneLine } from "../../common/oneLine";
import { GenesysError } from "../../genesys/errors";
import { isEnded } from "../../genesys/knowledge/clientLife";
import { type Maker, parseMarker } from "../../genesys/marker";
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
  if (made === undefined || session.isOtherStateTold) {
    return;
  }
  session.isOtherStateTold = true;
  const isOfIt = ({ id, description }: Marked): boolean => {
    const marker = parseMarker(description);
    return (
      id.toLowerCase() !== foundId.toLowerCase() &&
      marker !== undefined &&
      marker.identity === made.identity &&
      (made.identity !== undefined || stackPath(marker) === stackPath(made))
    );
  };
  const roles = await known(() => session.rolesAtStart());
  const clients = await known(() => session.clientsAtStart());
  const others = [
    ...roles.filter(isOfIt).map((role) => words("role", role)),
    ...clients
      .filter((client) => !isEnded(client) && isOfIt(client))
      .map((client) => words("OAuth client", client)),
  ];
  if (others.length > 0) {
    const rest = others.length - mostObjects;
    const list = `${others.slice(0, mostObjects).join(", ")}${rest > 0 ? `, and ${rest} more` : ""}`;
    session.notify(`Notice: of ${stateOf(made)} there live also ${list}; all of it was left as it is.`);
  }
}

/** What the deployment client may not list is not told: the refusal stands without it. */
async function known<T>(list: () => Promise<T[]>): Promise<T[]> {
  try {
    return await list();
  } catch (error) {
    if (error instanceof GenesysError) {
      return [];
    }
    throw error;
  }
}

function words(kind: string, { id, name = "" }: Marked): string {
  return `${kind} ${id} ("${oneLine(name, longestName)}")`;
}

function stateOf(made: Maker): string {
  return made.identity === undefined
    ? `${stackPath(made)}, of before stacks had identities,`
    : `identity ${made.identity}`;
}

/** `<project>/<stack>` in `<project>/<stack>/<key>`. */
function stackPath({ owner }: Maker): string {
  return owner.split("/").slice(0, -1).join("/");
}
