// What a plan means for one credential: that it comes or goes, its grants, token life and settings, and all that belongs to it (pure).
import { msPerDay, msPerSecond } from "../../../common/clock";
import { addressFindings } from "./classifyAddresses";
import { clientFindings } from "./classifyClients";
import { integrationFindings } from "./classifyIntegration";
import { pairFindings } from "./classifyPair";
import { knownOf, otherFindings } from "./classifyOthers";
import { secretFindings } from "./classifySecret";
import { grantFindings } from "./classifyGrants";
import { type Grant } from "../../../genesys/knowledge/grant";
import { tokenValiditySeconds } from "../../../genesys/knowledge/tokenValidity";
import { type Breakage, type Finding, linesOn } from "./finding";
import { type FindingCode } from "./findingCodes";
import { secretNameOf } from "./stopping";
import { phrase, type Phrase, shownName } from "./phrase";
import { type Planned } from "../plan/plannedResources";
import { type ClientState } from "../plan/resourceStates";
import { type CredentialPlan, type Snapshot } from "../plan/stackPlan";

/** A setting of a client, and what people call it. */
interface TextSetting {
  readonly words: string;
  readonly read: (state: ClientState) => string | undefined;
  /** The value to which a change is narrower; each other change is taken for a wider one. */
  readonly narrow?: string;
  /** What it means that this value is given up. */
  readonly ended?: string;
  /** What such a change says besides: no copy of the present secret is of use afterwards. */
  readonly breaks?: FindingCode;
}

const texts: readonly TextSetting[] = [
  { words: "grant type", read: ({ grantType }) => grantType, breaks: "GRANT_TYPE_CHANGED" },
  {
    words: "type",
    read: ({ type }) => type ?? "general",
    narrow: "restricted",
    ended: ": no boundary limits it any more",
  },
  // SCIM alone may have tokens of more than two days.
  { words: "used for", read: ({ usedFor }) => usedFor ?? "anything", narrow: "anything" },
  { words: "organisation", read: ({ organization }) => organization, breaks: "ORGANIZATION_CHANGED" },
];

/** Lists of a client in which an additional entry allows more, and what people call one. */
const listNames = [
  ["allow", "the permissions of the boundary"],
  ["scope", "the scopes"],
  ["registeredRedirectUri", "the redirect URIs"],
] as const;

/** All findings of one credential. @param nowMs Milliseconds since the epoch. */
export function* credentialFindings(plan: CredentialPlan, nowMs: number): Generator<Finding> {
  const { key, before, after } = plan;
  if (before !== undefined && after !== undefined) {
    yield* changedCredential(plan, before, after);
  } else if (after !== undefined) {
    yield* newCredential(key, after);
  } else if (before !== undefined) {
    yield deletedCredential(plan, before);
  }
  yield* addressFindings(plan);
  yield* clientFindings(plan, nowMs);
  yield* secretFindings(key, plan);
  yield* pairFindings(key, plan);
  yield* integrationFindings(key, plan);
  yield* repairFindings(plan);
}

/** What an earlier update left half-done is gone over again, which no difference shows. Of AWS's secrets that is told with them. */
function* repairFindings({ key, clients, pairs, integrations }: CredentialPlan): Generator<Finding> {
  const parts = {
    "a client": clients,
    "its stored secret": pairs,
    "its integration credential": integrations,
  };
  const repaired = Object.entries<readonly Planned<unknown>[]>(parts).flatMap(([words, some]) =>
    some.some(({ isRepaired }) => isRepaired) ? [words] : [],
  );
  if (repaired.length > 0) {
    yield linesOn(key)(
      "UPDATE_REPAIRED",
    )`the last update failed half-way at ${[repaired.join(" and ")]}; this one goes over it again`;
  }
}

function* newCredential(key: string, after: Snapshot): Generator<Finding> {
  const validity = largest(after.clients);
  const adopted = after.clients.find(({ adopt }) => adopt !== undefined)?.adopt;
  const what =
    adopted === undefined ? phrase`new credential` : phrase`credential takes over client ${adopted.clientId}`;
  const valid = validity === undefined ? phrase`` : phrase`, its tokens are valid for ${lifeOf(validity)}`;
  yield linesOn(key)(adopted === undefined ? "CREDENTIAL_ADDED" : "CLIENT_ADOPTED")`${what}${valid}`;
  yield* grantFindings(key, [], after.grants);
}

function deletedCredential(plan: CredentialPlan, before: Snapshot): Finding {
  const isRestorable = plan.secrets.every(({ before: secret }) => secret?.recoveryWindowInDays !== 0);
  const inTheWay = isRestorable
    ? phrase`; where a preview then refuses the name of the secret, it says how to take it back`
    : phrase``;
  const breakage = {
    who: phrase`every consumer of secret ${secretNameOf(plan)}`,
    when: phrase`from the end of this update: no new token; those that they have live on until they expire`,
    wayBack: phrase`a revert makes other clients and another secret${inTheWay}`,
  };
  return linesOn(plan.key)("CREDENTIAL_DELETED", {
    breakage,
  })`credential deleted, with ${countOf(before.grants)}`;
}

function* changedCredential(plan: CredentialPlan, before: Snapshot, after: Snapshot): Generator<Finding> {
  const { key } = plan;
  const isRevoked = after.clients.every(({ isActive }) => !isActive);
  const wasRevoked = before.clients.every(({ isActive }) => !isActive);
  if (isRevoked && !wasRevoked) {
    const breakage = {
      who: phrase`every consumer of secret ${secretNameOf(plan)}${dataActionsOf(plan)}`,
      when: phrase`from this update on: no new token; those that they have live on until they expire`,
      wayBack: phrase`take \`revoked\` out again: the same clients work again, with the same secret`,
    };
    yield linesOn(key)("CREDENTIAL_REVOKED", {
      breakage,
    })`revoked: nobody can mint a token any more (${countOf(before.grants)})`;
  } else {
    yield* grantFindings(key, before.grants, after.grants, lossOf(plan));
  }
  yield* settingFindings(plan, before.clients, after.clients);
}

/** Data actions read the pair in Genesys, and are no consumers of the stored secret. */
function dataActionsOf({ integrations }: CredentialPlan): Phrase {
  return integrations.flatMap(({ after }) =>
    after === undefined
      ? []
      : phrase`, and data actions that use integration credential ${shownName(after.name)}`,
  );
}

/** Of a role that is narrowed, or taken from the credential while it stays in use. */
function lossOf(plan: CredentialPlan): Breakage {
  return {
    who: phrase`consumers of secret ${secretNameOf(plan)}${dataActionsOf(plan)}, in calls that need it`,
    when: phrase`from this update on`,
    wayBack: phrase`a revert gives it back to the same clients`,
  };
}

function* settingFindings(
  plan: CredentialPlan,
  before: readonly ClientState[],
  after: readonly ClientState[],
): Generator<Finding> {
  const { key } = plan;
  const line = linesOn(key);
  const [was, is] = [largest(before), largest(after)];
  if (was !== undefined && is !== undefined && was !== is) {
    yield line(
      is > was ? "TOKENS_LIVE_LONGER" : "TOKENS_LIVE_SHORTER",
    )`token validity ${lifeOf(was)} -> ${lifeOf(is)}`;
  }
  for (const { words, read, narrow, ended, breaks } of texts) {
    const [former, next] = [knownOf(before.map(read)), knownOf(after.map(read))];
    if (former === undefined || next === undefined || former === next) {
      continue;
    }
    const change = phrase`${[words]} ${former} -> ${next}`;
    const code = next === narrow ? "CLIENT_SETTING_NARROWER" : "CLIENT_SETTING_WIDER";
    yield line(code)`${change}${former === narrow && ended !== undefined ? [ended] : []}`;
    if (breaks !== undefined) {
      yield line(breaks, {
        breakage: movedAway(plan),
      })`${change} is that of another client: no copy of the present secret is of use`;
    }
  }
  for (const [name, words] of listNames) {
    const entries = (clients: readonly ClientState[]): Set<string> =>
      new Set(clients.flatMap(({ lists }) => lists[name] ?? []));
    const [former, next] = [entries(before), entries(after)];
    const added = [...next].filter((entry) => !former.has(entry));
    const removed = [...former].filter((entry) => !next.has(entry));
    if (name === "allow" && (former.size === 0 || next.size === 0)) {
      continue; // no boundary on one side: the type tells
    }
    if (added.length > 0) {
      yield line("LIST_GAINS")`${[words]} gain ${added.join(", ")}`;
    }
    if (removed.length > 0) {
      yield line("LIST_LOSES")`${[words]} lose ${removed.join(", ")}`;
    }
  }
  yield* otherFindings(key, before, after);
}

/** Of another organisation or another grant type no copy of the present secret is of use. */
function movedAway(plan: CredentialPlan): Breakage {
  return {
    who: phrase`every consumer of secret ${secretNameOf(plan)}`,
    when: phrase`from the end of this update until it reads the secret again and asks for tokens as the new client wants it`,
    wayBack: phrase`a revert makes another client, as before, with another secret`,
  };
}

/** Permissions, and roles of which nobody here knows how many they are. */
function countOf(grants: readonly Grant[]): Phrase {
  const roles = grants.filter(({ existingRole }) => existingRole !== undefined).length;
  const permissions = grants.length - roles;
  const parts = [
    ...(permissions > 0 || roles === 0 ? [counted(permissions, "permission")] : []),
    ...(roles === 0 ? [] : [`${counted(roles, "role")} that ${roles === 1 ? "is" : "are"} not managed here`]),
  ];
  return [parts.join(" and ")];
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** In days or hours, too; that Genesys allows it for SCIM alone is said. */
function lifeOf(seconds: number): Phrase {
  const [unit = "second", each = 1] = units.find(([, length]) => seconds % length === 0) ?? [];
  const long = counted(seconds / each, unit);
  return seconds > tokenValiditySeconds.maximum
    ? phrase`${seconds} s (${Math.floor((seconds * msPerSecond) / msPerDay)} days, as Genesys allows for SCIM alone; nobody can call a token back)`
    : phrase`${seconds} s${each === 1 ? [] : [` (${long})`]}`;
}

/** What a life is told in, where that is a whole number. Seconds. */
const units = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** The longest validity; undefined where none is known. */
function largest(clients: readonly ClientState[]): number | undefined {
  const seconds = clients.flatMap(({ validitySeconds }) => validitySeconds ?? []);
  return seconds.length === 0 ? undefined : Math.max(...seconds);
}
