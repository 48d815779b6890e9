// What a plan means for one credential: that it comes or goes, its grants, token life and settings, and all that belongs to it (pure).
import { msPerDay, msPerSecond } from "../../../common/clock";
import { addressFindings } from "./classifyAddresses";
import { clientFindings } from "./classifyClients";
import { integrationFindings } from "./classifyIntegration";
import { pairFindings } from "./classifyPair";
import { knownOf, otherFindings } from "./classifyOthers";
import { secretFindings } from "./classifySecret";
import { grantFindings } from "./classifyGrants";
import { tokenValiditySeconds } from "../../../genesys/knowledge/tokenValidity";
import { type Finding, linesOn } from "./finding";
import { phrase, type Phrase } from "./phrase";
import { type Planned } from "../plan/plannedResources";
import { type ClientState } from "../plan/resourceStates";
import { type CredentialPlan, type Snapshot } from "../plan/stackPlan";

/** Settings of a client of which each change is taken for a wider one but the change to the last, and what people call them. */
const texts: readonly (readonly [string, (state: ClientState) => string | undefined, narrow?: string])[] = [
  ["grant type", ({ grantType }) => grantType],
  ["type", ({ type }) => type ?? "general", "restricted"],
  ["used for", ({ usedFor }) => usedFor ?? "anything", "anything"], // SCIM alone may have tokens of more than two days
  ["organisation", ({ organization }) => organization],
];

/** Lists of a client in which an additional entry allows more, and what people call one. */
const listNames = [
  ["allow", "the permission boundary"],
  ["scope", "the scopes"],
  ["registeredRedirectUri", "the redirect URIs"],
] as const;

/** All findings of one credential. @param nowMs Milliseconds since the epoch. */
export function* credentialFindings(plan: CredentialPlan, nowMs: number): Generator<Finding> {
  const { key, before, after } = plan;
  if (before !== undefined && after !== undefined) {
    yield* changedCredential(key, before, after);
  } else if (after !== undefined) {
    yield* newCredential(key, after);
  } else if (before !== undefined) {
    yield linesOn(key).narrower`credential deleted, with ${before.grants.length} permissions`;
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
    yield linesOn(key)
      .neutral`the last update failed half-way at ${[repaired.join(" and ")]}; this one goes over it again`;
  }
}

function* newCredential(key: string, after: Snapshot): Generator<Finding> {
  const validity = largest(after.clients);
  const adopted = after.clients.find(({ adopt }) => adopt !== undefined)?.adopt;
  const what =
    adopted === undefined ? phrase`new credential` : phrase`credential takes over client ${adopted.clientId}`;
  const valid = validity === undefined ? phrase`` : phrase`, its tokens are valid for ${lifeOf(validity)}`;
  yield linesOn(key).wider`${what}${valid}`;
  yield* grantFindings(key, [], after.grants);
}

function* changedCredential(key: string, before: Snapshot, after: Snapshot): Generator<Finding> {
  const isRevoked = after.clients.every(({ isActive }) => !isActive);
  const wasRevoked = before.clients.every(({ isActive }) => !isActive);
  if (isRevoked && !wasRevoked) {
    yield linesOn(key)
      .narrower`revoked: nobody can mint a token any more (${before.grants.length} permissions)`;
  } else {
    yield* grantFindings(key, before.grants, after.grants);
  }
  yield* settingFindings(key, before.clients, after.clients);
}

function* settingFindings(
  key: string,
  before: readonly ClientState[],
  after: readonly ClientState[],
): Generator<Finding> {
  const lines = linesOn(key);
  const [was, is] = [largest(before), largest(after)];
  if (was !== undefined && is !== undefined && was !== is) {
    yield lines[is > was ? "wider" : "narrower"]`token validity ${lifeOf(was)} -> ${lifeOf(is)}`;
  }
  for (const [words, read, narrow] of texts) {
    const [former, next] = [knownOf(before.map(read)), knownOf(after.map(read))];
    if (former !== undefined && next !== undefined && former !== next) {
      yield lines[next === narrow ? "narrower" : "wider"]`${[words]} ${former} -> ${next}`;
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
      yield lines.wider`${[words]} gain ${added.join(", ")}`;
    }
    if (removed.length > 0) {
      yield lines.narrower`${[words]} lose ${removed.join(", ")}`;
    }
  }
  yield* otherFindings(key, before, after);
}

/** In days, too, where it is one that Genesys allows for SCIM alone. */
function lifeOf(seconds: number): Phrase {
  return seconds > tokenValiditySeconds.maximum
    ? phrase`${seconds} s (${Math.floor((seconds * msPerSecond) / msPerDay)} days, as Genesys allows for SCIM alone; nobody can call a token back)`
    : phrase`${seconds} s`;
}

/** The longest validity; undefined where none is known. */
function largest(clients: readonly ClientState[]): number | undefined {
  const seconds = clients.flatMap(({ validitySeconds }) => validitySeconds ?? []);
  return seconds.length === 0 ? undefined : Math.max(...seconds);
}
