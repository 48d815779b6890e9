// Which identity the objects have that a state has lost: read from their markers (pure).
import { isEnded } from "../../genesys/knowledge/clientLife";
import { keyOf, type Marker, parseMarker } from "../../genesys/marker";
import { canonicalId } from "../../declarations/canonicalId";
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { keysOf } from "../world/recordOf";
import { type RecoveryFacts } from "./facts";

/** Whose objects are the stack's. */
export interface Belonging {
  /** As in state; undefined where it has none. */
  readonly recorded: string | undefined;
  /** Of the objects that are taken back; undefined where none of them has one, or nobody knows which. */
  readonly lost: string | undefined;
  /** Further identities under the names of this stack: their objects are left as they are. */
  readonly others: readonly IdentityEvidence[];
}

/** What speaks for an identity. */
export interface IdentityEvidence {
  readonly identity: string;
  readonly clients: number;
  readonly roles: number;
  /** The clients of it that a stored secret of this stack names. */
  readonly named: number;
}

/** The identities that markers under the names of this stack have, of objects that are not in state; that of the state is not among them. */
export function identityEvidence(
  { credentials, roles }: Pick<ResolvedDeclarations, "credentials" | "roles">,
  facts: RecoveryFacts,
): readonly IdentityEvidence[] {
  const found = new Map<string, { clients: number; roles: number; named: number }>();
  const count = (marker: Marker | undefined, what: "clients" | "roles" | "named"): void => {
    if (marker?.identity !== undefined && marker.identity !== facts.recordedIdentity) {
      const counts = found.get(marker.identity) ?? { clients: 0, roles: 0, named: 0 };
      counts[what] += 1;
      found.set(marker.identity, counts);
    }
  };
  for (const client of facts.clients) {
    const marker = parseMarker(client.description);
    if (marker === undefined || isEnded(client) || facts.recordedIds.has(canonicalId(client.id))) {
      continue;
    }
    for (const credential of credentials.filter((one) => keysOf(one).includes(keyOf(marker)))) {
      const isNamed = facts.secrets
        .get(credential.key)
        ?.pairs.some(({ clientId }) => clientId === canonicalId(client.id));
      if (isNamed === true || ownersOf(credential.owner, credential).includes(marker.owner)) {
        count(marker, "clients");
        if (isNamed === true) {
          count(marker, "named");
        }
      }
    }
  }
  for (const role of facts.roles) {
    const marker = parseMarker(role.description);
    const isNamedSo = roles.some(
      (one) => marker !== undefined && ownersOf(one.marker, one).includes(marker.owner),
    );
    if (isNamedSo && !facts.recordedIds.has(canonicalId(role.id))) {
      count(marker, "roles");
    }
  }
  return [...found]
    .map(([identity, counts]) => ({ identity, ...counts }))
    .sort((one, other) => one.identity.localeCompare(other.identity));
}

/**
 * Chooses the lost identity. Beside an identity in state another one counts only where a stored secret names a client of it, since its
 * stack may be alive; several are chosen from by a person alone.
 * @param wanted What the person chose.
 * @returns Undefined where several fit and none is chosen.
 */
export function chooseIdentity(
  evidence: readonly IdentityEvidence[],
  recorded: string | undefined,
  wanted: string | undefined,
): Belonging | undefined {
  const others = (lost: string | undefined): readonly IdentityEvidence[] =>
    evidence.filter(({ identity }) => identity !== lost);
  if (wanted !== undefined) {
    return { recorded, lost: wanted === recorded ? undefined : wanted, others: others(wanted) };
  }
  const fitting = evidence.filter(({ named }) => recorded === undefined || named > 0);
  const [only, ...further] = fitting;
  return further.length > 0 ? undefined : { recorded, lost: only?.identity, others: others(only?.identity) };
}

/** The marker of an object where it is this stack's for one of these keys: by its identity; by its names where it has none. */
export function ownMarker(
  description: string | undefined,
  { recorded, lost }: Belonging,
  owner: string,
  declared: Keys,
): Marker | undefined {
  const marker = parseMarker(description);
  if (marker === undefined) {
    return undefined;
  }
  const isOurs =
    marker.identity === undefined
      ? ownersOf(owner, declared).includes(marker.owner)
      : [recorded, lost].includes(marker.identity) && keysOf(declared).includes(keyOf(marker));
  return isOurs ? marker : undefined;
}

type Keys = Parameters<typeof keysOf>[0];

/** `<project>/<stack>/<key>` for the key of today and for the one before it was renamed. @param owner With the key of today. */
function ownersOf(owner: string, declared: Keys): readonly string[] {
  const prefix = owner.slice(0, -declared.key.length);
  return keysOf(declared).map((key) => `${prefix}${key}`);
}
