// What a plan means for the pair in the stored secret of one credential: whose it is, and how it is written (pure).
import { type Finding, linesOn } from "./finding";
import { joined, phrase, shownName } from "./phrase";
import { clientName } from "./namedClient";
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
  const line = linesOn(key);
  const secret = phrase`secret ${secretName(plan)}`;
  const present = presentClient(plan);
  if (plan.pairs.some(({ after }) => after?.isActive === false)) {
    yield line("SECRET_KEPT")`${secret} keeps what it holds: nothing is stored for a client that is revoked`;
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
        yield line("SECRET_VERSION_STORED")`${secret} gets a new version; ${isRead}`;
      }
      return; // the first one is told below
    case "kept client":
      yield line(
        "IDLE_SECRET_RENEWED",
      )`copies of the secret that ${clientName(client.before)} had, of before the last rotation, stop working in this update`;
      yield line("SECRET_VERSION_STORED")`${secret} gets a new version; ${isRead}`;
      return;
    case "waiting client":
      yield line(
        "SECRET_VERSION_STORED",
      )`${secret} gets a new version, with the client that an earlier update has made; ${isRead}`;
      return;
    case "earlier client":
      yield line(
        "SECRET_VERSION_RESTORED",
      )`${secret} goes back to the version that is stored for that client; a new secret is made only if it does not sign in any more`;
      return;
    case "same client":
      yield line(
        "SECRET_KEPT",
      )`${secret} keeps the client that it names, and its secret as long as that signs in`;
  }
}

function* onePair(
  key: string,
  plan: CredentialPlan,
  { before, after, isReplaced, isGone }: Planned<PairState>,
  turn: Turn | undefined,
): Generator<Finding> {
  const line = linesOn(key);
  const name = secretName(plan);
  if (after === undefined) {
    return; // its secret goes, too
  }
  if (before === undefined) {
    yield* isStoredFirst(plan) ? firstFindings(key, plan) : [];
  } else if (isGone && turn === undefined) {
    yield line("PAIR_MADE_ANEW", {
      breakage: {
        who: phrase`every consumer that holds a copy of secret ${name}`,
        when: phrase`in the middle of this update, until it reads the secret again`,
        wayBack: phrase`none: what was stored is gone, and Genesys tells no secret twice`,
      },
    })`what was stored is gone: the client gets a new secret`;
  } else if (isReplaced) {
    if (turn === undefined) {
      yield line(
        "SECRET_PROVEN",
      )`secret ${name} is proven anew; it gets another pair only if this one does not sign in any more`;
    }
  } else if (!before.isStored && !before.isActive && after.isActive) {
    yield line(
      "SECRET_VERSION_STORED",
    )`secret ${name} gets a pair of the client that works again; consumers must read it at once`;
  } else {
    const changed = writings
      .filter(([property]) => before[property] !== after[property])
      .map(
        ([property, words]) =>
          phrase`${[words]} ${before[property] ?? unknown} -> ${after[property] ?? unknown}`,
      );
    if (changed.length > 0) {
      yield line("SECRET_SPELT_OTHERWISE", {
        breakage: {
          who: phrase`every consumer of secret ${name} that does not understand it in this form`,
          when: phrase`from its next read after this update: the pair in it is the same`,
          wayBack: phrase`revert: the secret is written as before, with the same pair`,
        },
      })`secret ${name} is written otherwise: ${joined(changed, ", ")}`;
    }
    if (before.label !== undefined && before.label !== after.label) {
      yield line(
        "SECRET_LABELS_MOVED_BACK",
      )`labels of secret ${name} were moved outside of Pulumi (that of this client: ${before.label}): it becomes the current one again`;
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
    yield linesOn(key)(
      "SECRET_STORED_FIRST",
    )`the new secret is stored, the present one never was: consumers move from their own copy to secret ${secretName(plan)} before the next rotation`;
  }
}

/** The upgrade of a state in which the secret still is. */
function* formerFindings(
  key: string,
  { clients, formerVersions, secrets }: CredentialPlan,
): Generator<Finding> {
  const line = linesOn(key);
  const deleted = formerVersions.filter(({ isRetained }) => !isRetained);
  const isLeft = clients.some(({ before, after }) => before?.holdsSecret === true && after !== undefined);
  if (isLeft || formerVersions.length > deleted.length) {
    yield line(
      "SECRETS_LEAVE_STATE",
    )`its secrets leave Pulumi's state; no client, secret or stored version is made, changed or deleted for that`;
  }
  if (deleted.length > 0 && secrets.every(({ after }) => after !== undefined)) {
    yield line(
      "STORED_VERSION_DELETED",
    )`Pulumi deletes a stored version of the secret: state does not say that it lets go of it`;
  }
}

function secretName({ secrets: [only] }: CredentialPlan): string {
  return shownName((only?.after ?? only?.before)?.name);
}
