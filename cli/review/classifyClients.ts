// What a plan means for the OAuth clients of one credential: which are made, which stop working, and when (pure).
import { type Finding, finding } from "./finding";
import { phrase, type Phrase } from "./phrase";
import { type Planned } from "./plannedResources";
import { type ClientState } from "./resourceStates";
import { retirementOf } from "./retirement";
import { type CredentialPlan, type Snapshot } from "./stackPlan";

type PlannedClient = Planned<ClientState>;

/** @param nowMs Milliseconds since the epoch. */
export function clientFindings(plan: CredentialPlan, nowMs: number): Finding[] {
  const { key, before, after, clients } = plan;
  const isKept = before !== undefined && after !== undefined;
  return [
    ...(isKept ? rotationFindings(plan, before, after) : []),
    ...(isKept ? stateFindings(plan, after) : []),
    ...clients.flatMap((client) => adoptionFindings(key, client)),
    ...clients.filter(ends).map((client) => endFinding(key, client, nowMs)),
    ...labelFindings(plan),
  ];
}

/** Whether the client that is there now will be gone. */
function ends(client: PlannedClient): boolean {
  return (
    client.before !== undefined && (client.after === undefined || client.isReplaced) && !client.isRetained
  );
}

function isNew(client: PlannedClient): boolean {
  return client.after !== undefined && (client.before === undefined || client.isReplaced);
}

function rotationFindings({ key, clients }: CredentialPlan, before: Snapshot, after: Snapshot): Finding[] {
  const made = clients.filter(isNew);
  const [was, is] = [latestGeneration(before), latestGeneration(after)];
  if (made.length === 0 && was === is) {
    return [];
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
  return [finding(key, "rotated", phrase`${words}; ${overlapOf(clients, was)}`)];
}

/** What the copies of the secret that consumers hold at this moment are worth afterwards. */
function overlapOf(clients: readonly PlannedClient[], was: number | undefined): Phrase {
  const present = clients.find(({ before }) => before !== undefined && before.generation === was);
  if (present === undefined) {
    return phrase`the preview does not show the present client`;
  }
  if (ends(present)) {
    return phrase`every copy of the secret that is in use stops working at the end of this update`;
  }
  return present.after?.isActive === true
    ? phrase`copies of the present secret stay valid until the next rotation`
    : phrase`copies of the present secret stop working: its client is deactivated`;
}

/** Only where some client stays active: the rest is told as a revocation. */
function stateFindings({ key, clients }: CredentialPlan, after: Snapshot): Finding[] {
  return clients.flatMap((client) => {
    const { before: former, after: next } = client;
    if (
      former === undefined ||
      next === undefined ||
      client.isReplaced ||
      former.isActive === next.isActive
    ) {
      return [];
    }
    if (next.isActive) {
      return [finding(key, "wider", phrase`${named(next)} works again`)];
    }
    return after.clients.some(({ isActive }) => isActive)
      ? [finding(key, "narrower", phrase`${named(former)} is deactivated: no new tokens with its secret`)]
      : [];
  });
}

/** What becomes of the secret of a client that is taken over, at once or later. */
function adoptionFindings(key: string, client: PlannedClient): Finding[] {
  const adopt = client.after?.adopt;
  const isTakenOver = adopt !== undefined && isNew(client);
  const isAnew = adopt?.secret === "regenerate" && client.before?.adopt?.secret === "keep";
  if (adopt === undefined || !(isTakenOver || isAnew)) {
    return [];
  }
  if (adopt.secret === "regenerate") {
    return [
      finding(
        key,
        "lost",
        phrase`the present secret of client ${adopt.clientId} stops working at once: every copy of it; the new one is stored`,
        { risks: ["irreversible"] },
      ),
    ];
  }
  return [
    finding(
      key,
      "neutral",
      phrase`the present secret of client ${adopt.clientId} keeps working; nothing is stored before the first rotation`,
    ),
  ];
}

function endFinding(key: string, client: PlannedClient, nowMs: number): Finding {
  const { phrase: end, isIrreversible } = retirementOf(client.before?.createdAt, nowMs);
  return finding(
    key,
    isIrreversible ? "lost" : "neutral",
    phrase`${named(client.before)} is deleted at the end of this update; ${end}`,
    { risks: isIrreversible ? ["irreversible"] : [] },
  );
}

/** Names and descriptions: once for all clients of the credential. */
function labelFindings({ key, clients }: CredentialPlan): Finding[] {
  const changed = (["name", "description"] as const).filter((label) =>
    clients.some(
      ({ before, after }) => before !== undefined && after !== undefined && before[label] !== after[label],
    ),
  );
  return changed.map((label) => {
    const next = clients.map(({ after }) => after?.[label]).find((text) => text !== undefined) ?? "";
    return finding(key, "neutral", phrase`${[label]} of the client is now ${next}`);
  });
}

function named(client: ClientState | undefined): Phrase {
  return client?.generation === undefined
    ? phrase`the client ${client?.id ?? client?.name ?? "without a known id"}`
    : phrase`the client of generation ${client.generation}`;
}

function latestGeneration({ clients }: Snapshot): number | undefined {
  const generations = clients.flatMap(({ generation }) => generation ?? []);
  return generations.length === 0 ? undefined : Math.max(...generations);
}
