// What a plan means for the pair in the stored secret of one credential: whose it is, and how it is written (pure).
import { type Finding, linesOn } from "./finding";
import { joined, phrase, shownName } from "./phrase";
import { type Planned } from "../plan/plannedResources";
import { type PairState } from "../plan/secretStates";
import { type CredentialPlan } from "../plan/stackPlan";
import { clientAt, ends, isNew, presentClient, type Turn, turnOf } from "./turn";

/** What is written of a pair besides the pair itself, and what people call it. */
const writings = [
  ["keys", "spelling of the keys"],
  ["apiUrl", "API address"],
  ["tokenUrl", "sign-in address"],
] as const;

/** @param key The credential's. Without a line for one that comes or goes: its secret is told. */
export function* pairFindings(key: string, plan: CredentialPlan): Generator<Finding> {
  if (plan.before === undefined || plan.after === undefined) {
    return;
  }
  const turn = turnOf(plan);
  if (turn !== undefined) {
    yield* turnFindings(key, plan, turn);
  }
  for (const pair of plan.pairs) {
    yield* onePair(key, plan, pair, turn);
  }
  yield* formerFindings(key, plan);
}

function* turnFindings(key: string, plan: CredentialPlan, { to, client }: Turn): Generator<Finding> {
  const { neutral } = linesOn(key);
  const secret = phrase`secret ${secretName(plan)}`;
  const present = presentClient(plan);
  if (plan.pairs.some(({ after }) => after?.isActive === false)) {
    yield neutral`${secret} keeps what it holds: nothing is stored for a client that is revoked`;
    return;
  }
  const isPresentKept =
    present === undefined || (!present.isGone && !ends(present) && present.after?.isActive === true);
  const isRead = isPresentKept
    ? phrase`consumers read it before the next rotation`
    : phrase`consumers must read it at once`;
  switch (to) {
    case "new client":
      if (!isStoredFirst(plan)) {
        yield neutral`${secret} gets a new version; ${isRead}`;
      }
      return; // the first one is told below
    case "kept client":
      yield neutral`the client of generation ${client.before?.generation ?? "that is not known"} keeps its id and gets a new secret; copies of the one that it had stop working at once`;
      yield neutral`${secret} gets a new version; ${isRead}`;
      return;
    case "waiting client":
      yield neutral`${secret} gets a new version, with the client that an earlier update has made; ${isRead}`;
      return;
    case "earlier client":
      yield neutral`${secret} goes back to the version that is stored for that client; a new secret is made only if it does not sign in any more`;
      return;
    case "same client":
      yield neutral`${secret} keeps the client that it names, and its secret as long as that signs in`;
  }
}

function* onePair(
  key: string,
  plan: CredentialPlan,
  { before, after, isReplaced, isGone }: Planned<PairState>,
  turn: Turn | undefined,
): Generator<Finding> {
  const { neutral, rotated } = linesOn(key);
  const name = secretName(plan);
  if (after === undefined) {
    return; // its secret goes, too
  }
  if (before === undefined) {
    yield* isStoredFirst(plan) ? firstFindings(key, plan) : [];
  } else if (isGone && turn === undefined) {
    yield rotated`what was stored is gone: the client gets a new secret, and every copy of the one that it had stops working at once`;
  } else if (isReplaced) {
    if (turn === undefined) {
      yield neutral`secret ${name} is proven anew; it gets another pair only if this one does not sign in any more`;
    }
  } else if (!before.isStored && !before.isActive && after.isActive) {
    yield neutral`secret ${name} gets a pair of the client that works again; consumers must read it at once`;
  } else {
    const changed = writings
      .filter(([property]) => before[property] !== after[property])
      .map(
        ([property, words]) =>
          phrase`${[words]} ${after[property] ?? unknown} instead of ${before[property] ?? unknown}`,
      );
    if (changed.length > 0) {
      yield neutral`secret ${name} gets a new version with the same pair (${joined(changed, ", ")}): consumers must understand it at once`;
    }
    if (before.label !== undefined && before.label !== after.label) {
      yield neutral`labels of secret ${name} were moved outside of Pulumi (that of this client: ${before.label}): it becomes the current one again`;
    }
  }
}

/** Stands in for an address that the preview does not show. */
const unknown = "one that is not known yet";

/** Whether nothing was stored so far: the client was adopted, and its secret kept. */
function isStoredFirst({ pairs, clients, formerVersions }: CredentialPlan): boolean {
  return (
    pairs.some(({ before, after }) => before === undefined && after !== undefined) &&
    formerVersions.length === 0 &&
    clients.every(({ before }) => before?.holdsSecret !== true)
  );
}

/** A new secret of the adopted client itself is told where that is told. */
function* firstFindings(key: string, plan: CredentialPlan): Generator<Finding> {
  const client = clientAt(plan, plan.pairs.find(({ after }) => after !== undefined)?.after?.clientUrn);
  if (client !== undefined && isNew(client)) {
    yield linesOn(key)
      .neutral`the new secret is stored, the present one never was: consumers move from their own copy to secret ${secretName(plan)} before the next rotation`;
  }
}

/** The upgrade of a state in which the secret still is. */
function* formerFindings(
  key: string,
  { clients, formerVersions, secrets }: CredentialPlan,
): Generator<Finding> {
  const { neutral, gone } = linesOn(key);
  const deleted = formerVersions.filter(({ isRetained }) => !isRetained);
  const isLeft = clients.some(({ before, after }) => before?.holdsSecret === true && after !== undefined);
  if (isLeft || formerVersions.length > deleted.length) {
    yield neutral`its secrets leave Pulumi's state; no client, secret or stored version is made, changed or deleted for that`;
  }
  if (deleted.length > 0 && secrets.every(({ after }) => after !== undefined)) {
    yield gone`Pulumi deletes a stored version of the secret: state does not say that it lets go of it`;
  }
}

function secretName({ secrets: [only] }: CredentialPlan): string {
  return shownName((only?.after ?? only?.before)?.name);
}
