// What a plan means for the OAuth clients of one credential: which are made, which stop working, and when (pure).
import { rotationLines } from "./classifyRotation";
import { type Finding, linesOn } from "./finding";
import { clientName } from "./namedClient";
import { phrase } from "./phrase";
import { copiesStopping } from "./stopping";
import { retirementOf } from "./retirement";
import { type CredentialPlan, type Snapshot } from "../plan/stackPlan";
import { ends, generationOn, isNew, type PlannedClient, rotationEnds } from "./turn";

/** @param nowMs Milliseconds since the epoch. */
export function* clientFindings(plan: CredentialPlan, nowMs: number): Generator<Finding> {
  const { key, before, after, clients } = plan;
  if (before !== undefined && after !== undefined) {
    yield* rotationLines(plan);
    yield* copiesStopping(plan);
    yield* keepingFindings(plan);
    yield* overlapFindings(plan);
    yield* stateFindings(plan, after);
  }
  for (const client of clients) {
    yield* adoptionFindings(plan, client);
  }
  const line = linesOn(key);
  for (const client of clients.filter((one) => ends(one) && !rotationEnds(plan, one))) {
    const { phrase: end, isIrreversible } = retirementOf(client.before?.createdAt, nowMs);
    const code = isIrreversible ? "CLIENT_DELETED" : "CLIENT_DELETED_RESTORABLE";
    yield line(code)`${clientName(client.before)} is deleted at the end of this update; ${end}`;
  }
  yield* labelFindings(plan);
}

/** The spare client goes without a rotation: `overlap: none` by itself. */
function* overlapFindings(plan: CredentialPlan): Generator<Finding> {
  const [was, is] = [generationOn("before", plan), generationOn("after", plan)];
  for (const { before, after, isGone } of plan.clients) {
    const { generation } = before ?? {};
    if (generation === undefined || was === undefined || after !== undefined || isGone) {
      continue;
    }
    if (was === is && generation < was) {
      const breakage = {
        who: phrase`whoever still holds a copy of the secret of generation ${generation}`,
        when: phrase`from the end of this update: no new token`,
        wayBack: phrase`none for these copies, a revert makes another client: let consumers read the secret again`,
      };
      yield linesOn(plan.key)("OVERLAP_GIVEN_UP", {
        breakage,
      })`the spare client goes: from now on each rotation stops consumers until they read the secret again`;
    }
  }
}

/** Another way to rotate, by itself: it touches nothing that is live. */
function* keepingFindings({ key, clients }: CredentialPlan): Generator<Finding> {
  const change = clients.find(
    ({ before, after }) => before !== undefined && after !== undefined && before.isKept !== after.isKept,
  );
  if (change === undefined) {
    return;
  }
  const line = linesOn(key);
  const isKept = change.after?.isKept === true;
  const from = [isKept && clients.some(isNew) ? "from the next rotation on" : "from now on"];
  yield isKept
    ? line(
        "ROTATIONS_KEEP_CLIENTS",
      )`${from} rotations keep the idle client and give it a new secret; nothing that is live changes by that`
    : line(
        "ROTATIONS_REPLACE_CLIENTS",
      )`${from} rotations replace the idle client by a new one; nothing that is live changes by that`;
}

/** Only where some client stays active: the rest is told as a revocation. */
function* stateFindings({ key, clients }: CredentialPlan, after: Snapshot): Generator<Finding> {
  const line = linesOn(key);
  for (const { before: former, after: next, isReplaced } of clients) {
    if (former === undefined || next === undefined || isReplaced || former.isActive === next.isActive) {
      continue;
    }
    if (next.isActive) {
      yield line("CLIENT_REACTIVATED")`${clientName(next)} works again, and with it every copy of its secret`;
    } else if (after.clients.some(({ isActive }) => isActive)) {
      const breakage = {
        who: phrase`whoever still holds a copy of its secret`,
        when: phrase`from this update on: no new token`,
        wayBack: phrase`revert: the same client works again, with the same secret`,
      };
      yield line("CLIENT_DEACTIVATED", { breakage })`${clientName(former)} is deactivated`;
    }
  }
}

/** What becomes of the secret of a client that is taken over, at once or later. */
function* adoptionFindings({ key }: CredentialPlan, client: PlannedClient): Generator<Finding> {
  const adopt = client.after?.adopt;
  const isAnew = adopt?.secret === "regenerate" && client.before?.adopt?.secret === "keep";
  if (adopt === undefined || !(isNew(client) || isAnew)) {
    return;
  }
  const line = linesOn(key);
  if (adopt.secret !== "regenerate") {
    yield line(
      "ADOPTED_SECRET_KEPT",
    )`the present secret of client ${adopt.clientId} keeps working; nothing is stored before the first rotation`;
    return;
  }
  const breakage = {
    who: phrase`whoever uses client ${adopt.clientId} today`,
    when: phrase`in the middle of this update, until they read the stored secret`,
    wayBack: phrase`none for that secret; with \`secret: keep\` it would go on until the second rotation, or the first one without an overlap`,
  };
  yield line("ADOPTED_SECRET_ENDS", {
    breakage,
  })`the present secret of client ${adopt.clientId} stops working: every copy of it; the new one is stored`;
}

const labels = [
  ["name", "CLIENT_RENAMED"],
  ["description", "CLIENT_DESCRIBED"],
] as const;

/** Names and descriptions: once for all clients of the credential. */
function* labelFindings({ key, clients }: CredentialPlan): Generator<Finding> {
  for (const [label, code] of labels) {
    const changed = clients.find(
      ({ before, after }) => before !== undefined && after !== undefined && before[label] !== after[label],
    );
    if (changed !== undefined) {
      const [was = "", is = ""] = [changed.before?.[label], changed.after?.[label]];
      yield linesOn(key)(code)`${[label]} of the client ${was} -> ${is}`;
    }
  }
}
