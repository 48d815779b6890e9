// What a plan means for the access of one credential: permissions, divisions, token life, state (pure).
import { addressFindings } from "./classifyAddresses";
import { clientFindings } from "./classifyClients";
import { integrationFindings } from "./classifyIntegration";
import { pairFindings } from "./classifyPair";
import { secretFindings } from "./classifySecret";
import { type Finding, finding } from "./finding";
import { beyond, every, type Grant } from "../../../genesys/knowledge/grant";
import { type Phrase, phrase } from "./phrase";
import { unknownValue } from "../plan/preview";
import { type ClientState } from "../plan/resourceStates";
import { risksOf } from "../../../genesys/knowledge/riskClasses";
import { type CredentialPlan, type Snapshot } from "../plan/stackPlan";

/** Lists of a client in which an additional entry allows more, and what people call one. */
const listNames = [
  ["allow", "the permission boundary"],
  ["scope", "the scopes"],
  ["registeredRedirectUri", "the redirect URIs"],
] as const;

/** All findings of one credential. @param nowMs Milliseconds since the epoch. */
export function credentialFindings(plan: CredentialPlan, nowMs: number): Finding[] {
  const { key, before, after } = plan;
  return [
    ...(before === undefined && after !== undefined ? newCredential(plan, after) : []),
    ...(before !== undefined && after === undefined ? removedCredential(plan, before) : []),
    ...(before !== undefined && after !== undefined ? changedCredential(plan, before, after) : []),
    ...addressFindings(plan),
    ...clientFindings(plan, nowMs),
    ...secretFindings(key, plan),
    ...pairFindings(key, plan),
    ...integrationFindings(key, plan),
    ...repairFindings(plan),
  ];
}

/** What an earlier update left half-done is gone over again, which no difference shows. Of AWS's secrets that is told with them. */
function repairFindings({ key, clients, pairs, integrations }: CredentialPlan): Finding[] {
  const repaired = [
    ...clients.map(({ isRepaired }) => [isRepaired, "a client"] as const),
    ...pairs.map(({ isRepaired }) => [isRepaired, "its stored secret"] as const),
    ...integrations.map(({ isRepaired }) => [isRepaired, "its integration credential"] as const),
  ].flatMap(([isRepaired, words]) => (isRepaired ? [words] : []));
  return repaired.length === 0
    ? []
    : [
        finding(
          key,
          "neutral",
          phrase`the last update failed half-way at ${[[...new Set(repaired)].join(" and ")]}; this one goes over it again`,
        ),
      ];
}

/** Lines for what `after` allows and `before` did not, and the other way round. */
export function grantFindings(subject: string, before: readonly Grant[], after: readonly Grant[]): Finding[] {
  return [
    ...beyond(after, before).map((grant) =>
      finding(subject, "wider", phrase`${describeGrant(grant)}${formerly(grant, before)}`, {
        risks: risksOf(grant),
        grant,
      }),
    ),
    ...beyond(before, after).map((grant) =>
      finding(subject, "narrower", phrase`${describeGrant(grant)}`, { grant }),
    ),
  ];
}

/** The tuple in words. */
export function describeGrant(grant: Grant): Phrase {
  const place = grant.division === every ? phrase`in every division` : phrase`in ${grant.division}`;
  if (grant.existingRole !== undefined) {
    return phrase`all of the role ${grant.existingRole}, which is not managed here, ${place}`;
  }
  const condition = grant.condition === undefined ? phrase`` : phrase` if ${grant.condition}`;
  return phrase`${[grant.domain, grant.entity, grant.action].join(":")} ${place}${condition}`;
}

/** What the same permission was bound to before. */
function formerly(grant: Grant, before: readonly Grant[]): Phrase {
  const same = before.filter(
    ({ domain, entity, action, existingRole }) =>
      domain === grant.domain &&
      entity === grant.entity &&
      action === grant.action &&
      existingRole === grant.existingRole,
  );
  const divisions = [...new Set(same.map(({ division }) => division))];
  if (divisions.length === 0 || (divisions.includes(grant.division) && grant.condition !== undefined)) {
    return [];
  }
  if (divisions.includes(grant.division)) {
    return phrase` (was bound to a condition)`;
  }
  return grant.division === every ? phrase` (was ${divisions.join(", ")})` : [];
}

function newCredential({ key }: CredentialPlan, after: Snapshot): Finding[] {
  const validity = largest(after.clients, ({ validitySeconds }) => validitySeconds);
  const adopted = after.clients.find(({ adopt }) => adopt !== undefined)?.adopt;
  const what =
    adopted === undefined ? phrase`new credential` : phrase`credential takes over client ${adopted.clientId}`;
  return [
    finding(
      key,
      "wider",
      validity === undefined ? what : phrase`${what}, its tokens are valid for ${validity} s`,
    ),
    ...grantFindings(key, [], after.grants),
  ];
}

function removedCredential({ key }: CredentialPlan, before: Snapshot): Finding[] {
  return [finding(key, "narrower", phrase`credential deleted, with ${before.grants.length} permissions`)];
}

function changedCredential({ key }: CredentialPlan, before: Snapshot, after: Snapshot): Finding[] {
  const isRevoked = after.clients.every(({ isActive }) => !isActive);
  const wasRevoked = before.clients.every(({ isActive }) => !isActive);
  const grants =
    isRevoked && !wasRevoked
      ? [
          finding(
            key,
            "narrower",
            phrase`revoked: nobody can mint a token any more (${before.grants.length} permissions)`,
          ),
        ]
      : grantFindings(key, before.grants, after.grants);
  return [...grants, ...settingFindings(key, before.clients, after.clients)];
}

function settingFindings(
  key: string,
  before: readonly ClientState[],
  after: readonly ClientState[],
): Finding[] {
  const findings: Finding[] = [];
  const [was, is] = [before, after].map((clients) =>
    largest(clients, ({ validitySeconds }) => validitySeconds),
  );
  if (was !== undefined && is !== undefined && was !== is) {
    findings.push(finding(key, is > was ? "wider" : "narrower", phrase`token validity ${was} s -> ${is} s`));
  }
  const compare = (
    read: (state: ClientState) => string | undefined,
    words: (former: string, next: string) => Finding,
  ): void => {
    const [former, next] = [before, after].map((clients) => listed(clients.map(read)));
    if (former !== undefined && next !== undefined && former !== next) {
      findings.push(words(former, next));
    }
  };
  compare(
    ({ grantType }) => grantType,
    (former, next) => finding(key, "wider", phrase`grant type ${former} -> ${next}`),
  );
  compare(
    ({ type }) => type ?? "general",
    (former, next) =>
      finding(key, next === "restricted" ? "narrower" : "wider", phrase`type ${former} -> ${next}`),
  );
  compare(
    ({ organization }) => organization,
    (former, next) => finding(key, "wider", phrase`organisation ${former} -> ${next}`),
  );
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
      findings.push(finding(key, "wider", phrase`${[words]} gain ${added.join(", ")}`));
    }
    if (removed.length > 0) {
      findings.push(finding(key, "narrower", phrase`${[words]} lose ${removed.join(", ")}`));
    }
  }
  return findings;
}

function largest(
  clients: readonly ClientState[],
  read: (state: ClientState) => number | undefined,
): number | undefined {
  const known = clients.flatMap((client) => read(client) ?? []);
  return known.length === 0 ? undefined : Math.max(...known);
}

function listed(values: readonly (string | undefined)[]): string | undefined {
  const known = [...new Set(values.filter((value) => value !== undefined && value !== unknownValue))].sort();
  return known.length === 0 ? undefined : known.join(", ");
}
