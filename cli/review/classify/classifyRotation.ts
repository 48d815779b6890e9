// What a plan means for the rotation of one credential: from which generation to which, and what becomes of each client (pure).
import { type Finding, linesOn } from "./finding";
import { type FindingCode } from "./findingCodes";
import { clientName } from "./namedClient";
import { phrase, type Phrase, shownName } from "./phrase";
import { type CredentialPlan } from "../plan/stackPlan";
import { copiesEnd } from "./stopping";
import { ends, generationOn, isNew, type PlannedClient, presentClient, rotationEnds, turnOf } from "./turn";

/** One line, and below it what becomes of each client, in the marks of `rotate`: made, kept, changed, deleted. */
export function* rotationLines(plan: CredentialPlan): Generator<Finding> {
  const { key, clients } = plan;
  const made = clients.filter(isNew);
  const [was, is] = [generationOn("before", plan), generationOn("after", plan)];
  if (made.length === 0 && was === is) {
    return;
  }
  const sameClients =
    made.length === 0 && !clients.some(ends) ? phrase`, no client is new and none is deleted` : phrase``;
  const place = made.some((client) => client === presentClient(plan)) ? "in place of" : "beside";
  const [code, words] = wordsOf(was, is, made, place);
  yield linesOn(key)(code, {
    details: detailsOf(plan),
  })`${words}${sameClients}; ${overlapOf(presentClient(plan))}`;
}

function wordsOf(
  was: number | undefined,
  is: number | undefined,
  made: readonly PlannedClient[],
  place: string,
): readonly [FindingCode, Phrase] {
  if (was === is || was === undefined || is === undefined) {
    const adopted = made.find(({ after }) => after?.adopt !== undefined)?.after?.adopt;
    return adopted === undefined
      ? ["CLIENT_REPLACED", phrase`a new client is made ${[place]} the present one`]
      : ["CLIENT_CHANGES_PLACE", phrase`takes over client ${adopted.clientId} in place of the present one`];
  }
  return is > was
    ? ["ROTATED", phrase`generation ${was} -> ${is}`]
    : ["ROTATION_REVERTED", phrase`back to generation ${is} from ${was}`];
}

/** What the copies of the secret that consumers hold at this moment are worth afterwards. */
function overlapOf(present: PlannedClient | undefined): Phrase {
  if (present === undefined) {
    return phrase`the preview does not show the present client`;
  }
  if (present.isGone) {
    return phrase`no copy of the secret works at this moment: its client no longer exists`;
  }
  return !ends(present) && present.after?.isActive === true
    ? phrase`copies of the present secret stay valid until the next rotation`
    : phrase`copies of the present secret stop working`;
}

function detailsOf(plan: CredentialPlan): Phrase[] {
  const { clients } = plan;
  const turn = turnOf(plan);
  const secret = phrase`secret ${shownName((plan.secrets[0]?.after ?? plan.secrets[0]?.before)?.name)}`;
  const present = presentClient(plan);
  const unnoticed =
    present === undefined || copiesEnd(present)
      ? phrase``
      : phrase`: who has read the secret since the last rotation does not notice`;
  const isTarget = (client: PlannedClient): boolean => turn?.client === client;
  const lines = clients.flatMap((client): (readonly [number, Phrase])[] => {
    const { before, after } = client;
    const mine: (readonly [number, Phrase])[] = [];
    if (isNew(client)) {
      const naming = isTarget(client)
        ? phrase`${secret} then names it`
        : phrase`it is the spare of the next rotation`;
      mine.push([isTarget(client) ? first : second, phrase`+ ${madeClient(client)} is made; ${naming}`]);
    } else if (
      before !== undefined &&
      after !== undefined &&
      turn?.to === "kept client" &&
      isTarget(client)
    ) {
      mine.push([
        first,
        phrase`~ ${clientName(before)} keeps its id and gets a new secret, and ${secret} then names it`,
      ]);
    } else if (before !== undefined && after !== undefined) {
      const naming = isTarget(client) ? phrase`; ${secret} names it again` : phrase` as it is`;
      mine.push([second, phrase`= ${clientName(before)} stays${naming}`]);
    }
    if (ends(client)) {
      const why = rotationEnds(plan, client) ? phrase` as planned${unnoticed}` : phrase``;
      mine.push([last, phrase`- ${clientName(before)} is deleted at the end of the update${why}`]);
    }
    return mine;
  });
  return lines.sort(([one], [other]) => one - other).map(([, words]) => words);
}

/** The generation names one of two only where they differ in it. */
function madeClient({ before, after }: PlannedClient): Phrase {
  return before !== undefined && before.generation === after?.generation && after?.generation !== undefined
    ? phrase`a new client of generation ${after.generation}`
    : clientName(after);
}

/** The order of the lines. */
const [first, second, last] = [0, 1, 2];
