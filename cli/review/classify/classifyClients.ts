// What a plan means for the OAuth clients of one credential: which are made, which stop working, and when (pure).
import { type Finding, linesOn } from "./finding";
import { phrase, type Phrase } from "./phrase";
import { type ClientState } from "../plan/resourceStates";
import { retirementOf } from "./retirement";
import { type CredentialPlan, type Snapshot } from "../plan/stackPlan";
import { ends, generationOn, isNew, type PlannedClient, presentClient } from "./turn";

/** @param nowMs Milliseconds since the epoch. */
export function* clientFindings(plan: CredentialPlan, nowMs: number): Generator<Finding> {
  const { key, before, after, clients } = plan;
  if (before !== undefined && after !== undefined) {
    yield* rotationFindings(plan);
    yield* keepingFindings(plan);
    yield* stateFindings(plan, after);
  }
  for (const client of clients) {
    yield* adoptionFindings(key, client);
  }
  for (const client of clients.filter(ends)) {
    const { phrase: end, isIrreversible } = retirementOf(client.before?.createdAt, nowMs);
    yield linesOn(key)[
      isIrreversible ? "gone" : "neutral"
    ]`${named(client.before)} is deleted at the end of this update; ${end}`;
  }
  yield* labelFindings(plan);
}

function* rotationFindings(plan: CredentialPlan): Generator<Finding> {
  const { key, clients } = plan;
  const made = clients.filter(isNew);
  const [was, is] = [generationOn("before", plan), generationOn("after", plan)];
  if (made.length === 0 && was === is) {
    return;
  }
  const adopted = made.find(({ after: next }) => next?.adopt !== undefined)?.after?.adopt;
  const words =
    was === is || was === undefined || is === undefined
      ? adopted === undefined
        ? phrase`a new client is made in place of, or beside, the present one`
        : phrase`takes over client ${adopted.clientId} in place of the present one`
      : is > was
        ? phrase`rotated: generation ${was} -> ${is}`
        : phrase`back to generation ${is} from ${was}`;
  const sameClients =
    made.length === 0 && !clients.some(ends) ? phrase`, no client is new and none is deleted` : phrase``;
  yield linesOn(key).rotated`${words}${sameClients}; ${overlapOf(presentClient(plan))}`;
}

/** What the copies of the secret that consumers hold at this moment are worth afterwards. */
function overlapOf(present: PlannedClient | undefined): Phrase {
  if (present === undefined) {
    return phrase`the preview does not show the present client`;
  }
  if (present.isGone) {
    return phrase`no copy of the secret works at this moment: its client no longer exists`;
  }
  if (ends(present)) {
    return phrase`every copy of the secret that is in use stops working at the end of this update`;
  }
  return present.after?.isActive === true
    ? phrase`copies of the present secret stay valid until the next rotation`
    : phrase`copies of the present secret stop working: its client is deactivated`;
}

/** Another way to rotate, by itself: it touches nothing that is live. */
function* keepingFindings({ key, clients }: CredentialPlan): Generator<Finding> {
  const change = clients.find(
    ({ before, after }) => before !== undefined && after !== undefined && before.isKept !== after.isKept,
  );
  if (change === undefined) {
    return;
  }
  const { neutral } = linesOn(key);
  const isKept = change.after?.isKept === true;
  const from = [isKept && clients.some(isNew) ? "from the next rotation on" : "from now on"];
  yield isKept
    ? neutral`${from} rotations keep the idle client and give it a new secret; nothing that is live changes by that`
    : neutral`${from} rotations replace the idle client by a new one; nothing that is live changes by that`;
}

/** Only where some client stays active: the rest is told as a revocation. */
function* stateFindings({ key, clients }: CredentialPlan, after: Snapshot): Generator<Finding> {
  const { wider, narrower } = linesOn(key);
  for (const { before: former, after: next, isReplaced } of clients) {
    if (former === undefined || next === undefined || isReplaced || former.isActive === next.isActive) {
      continue;
    }
    if (next.isActive) {
      yield wider`${named(next)} works again, and with it every copy of its secret`;
    } else if (after.clients.some(({ isActive }) => isActive)) {
      yield narrower`${named(former)} is deactivated: no new tokens with its secret`;
    }
  }
}

/** What becomes of the secret of a client that is taken over, at once or later. */
function* adoptionFindings(key: string, client: PlannedClient): Generator<Finding> {
  const { gone, neutral } = linesOn(key);
  const adopt = client.after?.adopt;
  const isAnew = adopt?.secret === "regenerate" && client.before?.adopt?.secret === "keep";
  if (adopt === undefined || !(isNew(client) || isAnew)) {
    return;
  }
  yield adopt.secret === "regenerate"
    ? gone`the present secret of client ${adopt.clientId} stops working at once: every copy of it; the new one is stored`
    : neutral`the present secret of client ${adopt.clientId} keeps working; nothing is stored before the first rotation`;
}

/** Names and descriptions: once for all clients of the credential. */
function* labelFindings({ key, clients }: CredentialPlan): Generator<Finding> {
  for (const label of ["name", "description"] as const) {
    const isChanged = clients.some(
      ({ before, after }) => before !== undefined && after !== undefined && before[label] !== after[label],
    );
    if (isChanged) {
      const next = clients.map(({ after }) => after?.[label]).find((text) => text !== undefined) ?? "";
      yield linesOn(key).neutral`${[label]} of the client is now ${next}`;
    }
  }
}

function named(client: ClientState | undefined): Phrase {
  return client?.generation === undefined
    ? phrase`the client ${client?.id ?? client?.name ?? "without a known id"}`
    : phrase`the client of generation ${client.generation}`;
}
