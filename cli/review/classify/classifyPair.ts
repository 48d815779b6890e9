// What a plan means for the pair in the stored secret of one credential: whose it is, and how it is written (pure).
import { type Finding, finding } from "./finding";
import { joined, type Phrase, phrase } from "./phrase";
import { type Planned } from "../plan/plannedResources";
import { type PairState } from "../plan/pairState";
import { type CredentialPlan } from "../plan/stackPlan";
import { clientAt, ends, isNew, presentClient, type Turn, turnOf } from "./turn";

/** What is written of a pair besides the pair itself, and what people call it. */
const writings = [
  ["keys", "spelling of the keys"],
  ["apiUrl", "API address"],
  ["tokenUrl", "sign-in address"],
] as const;

/** @param key The credential's. Without a line for one that comes or goes: its secret is told. */
export function pairFindings(key: string, plan: CredentialPlan): Finding[] {
  if (plan.before === undefined || plan.after === undefined) {
    return [];
  }
  const turn = turnOf(plan);
  return [
    ...(turn === undefined ? [] : turnFindings(key, plan, turn)),
    ...plan.pairs.flatMap((pair) => onePair(key, plan, pair, turn)),
    ...formerFindings(key, plan),
  ];
}

function turnFindings(key: string, plan: CredentialPlan, { to, client }: Turn): Finding[] {
  const secret = phrase`secret ${secretName(plan)}`;
  const told = (words: Phrase): Finding => finding(key, "neutral", words);
  const former = client.before?.generation;
  const present = presentClient(plan);
  if (plan.pairs.some(({ after }) => after?.isActive === false)) {
    return [told(phrase`${secret} keeps what it holds: nothing is stored for a client that is revoked`)];
  }
  const isPresentKept =
    present === undefined || (!present.isGone && !ends(present) && present.after?.isActive === true);
  const isRead = isPresentKept
    ? phrase`consumers read it before the next rotation`
    : phrase`consumers must read it at once`;
  switch (to) {
    case "new client":
      return isStoredFirst(plan)
        ? [] // told below
        : [told(phrase`${secret} gets a new version; ${isRead}`)];
    case "kept client":
      return [
        told(
          phrase`the client of generation ${former ?? "that is not known"} keeps its id and gets a new secret; copies of the one that it had stop working at once`,
        ),
        told(phrase`${secret} gets a new version; ${isRead}`),
      ];
    case "waiting client":
      return [
        told(
          phrase`${secret} gets a new version, with the client that an earlier update has made; ${isRead}`,
        ),
      ];
    case "earlier client":
      return [
        told(
          phrase`${secret} goes back to the version that is stored for that client; a new secret is made only if it does not sign in any more`,
        ),
      ];
    case "same client":
      return [
        told(phrase`${secret} keeps the client that it names, and its secret as long as that signs in`),
      ];
  }
}

function onePair(
  key: string,
  plan: CredentialPlan,
  { before, after, isReplaced, isGone }: Planned<PairState>,
  turn: Turn | undefined,
): Finding[] {
  if (after === undefined) {
    return []; // its secret goes, too
  }
  if (before === undefined) {
    return isStoredFirst(plan) ? firstFindings(key, plan) : [];
  }
  const name = secretName(plan);
  const told = (words: Phrase): Finding => finding(key, "neutral", words);
  if (isGone && turn === undefined) {
    return [
      finding(
        key,
        "rotated",
        phrase`what was stored is gone: the client gets a new secret, and every copy of the one that it had stops working at once`,
      ),
    ];
  }
  if (isReplaced) {
    return turn === undefined
      ? [
          told(
            phrase`secret ${name} is proven anew; it gets another pair only if this one does not sign in any more`,
          ),
        ]
      : [];
  }
  if (!before.isStored && !before.isActive && after.isActive) {
    return [
      told(phrase`secret ${name} gets a pair of the client that works again; consumers must read it at once`),
    ];
  }
  const changed = writings
    .filter(([property]) => before[property] !== after[property])
    .map(
      ([property, words]) =>
        phrase`${[words]} ${after[property] ?? unknown} instead of ${before[property] ?? unknown}`,
    );
  return [
    ...(changed.length === 0
      ? []
      : [
          told(
            phrase`secret ${name} gets a new version with the same pair (${joined(changed, ", ")}): consumers must understand it at once`,
          ),
        ]),
    ...(before.label === undefined || before.label === after.label
      ? []
      : [
          told(
            phrase`labels of secret ${name} were moved outside of Pulumi (that of this client: ${before.label}): it becomes the current one again`,
          ),
        ]),
  ];
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
function firstFindings(key: string, plan: CredentialPlan): Finding[] {
  const client = clientAt(plan, plan.pairs.find(({ after }) => after !== undefined)?.after?.clientUrn);
  return client !== undefined && isNew(client)
    ? [
        finding(
          key,
          "neutral",
          phrase`the new secret is stored, the present one never was: consumers move from their own copy to secret ${secretName(plan)} before the next rotation`,
        ),
      ]
    : [];
}

/** The upgrade of a state in which the secret still is. */
function formerFindings(key: string, { clients, formerVersions, ...plan }: CredentialPlan): Finding[] {
  const deleted = formerVersions.filter(({ isRetained }) => !isRetained);
  const isLeft = clients.some(({ before, after }) => before?.holdsSecret === true && after !== undefined);
  return [
    ...(isLeft || formerVersions.length > deleted.length
      ? [
          finding(
            key,
            "neutral",
            phrase`its secrets leave Pulumi's state; no client, secret or stored version is made, changed or deleted for that`,
          ),
        ]
      : []),
    ...(deleted.length > 0 && plan.secrets.every(({ after }) => after !== undefined)
      ? [
          finding(
            key,
            "lost",
            phrase`Pulumi deletes a stored version of the secret: state does not say that it lets go of it`,
            { risks: ["irreversible"] },
          ),
        ]
      : []),
  ];
}

function secretName({ secrets }: CredentialPlan): string {
  return (
    secrets.map(({ before, after }) => after ?? before)[0]?.name ??
    "with a name that the preview does not show"
  );
}
