// Whose a declared secret is: what AWS says of it against the state and the organisation of the stack, and its pair against the clients (pure).
import { isSameId } from "../../declarations/canonicalId";
import { type ResolvedCredential } from "../../declarations/resolve";
import { type SlotName, slotOwning } from "../../common/slot";
import { type Known } from "../../common/known";
import { type LiveClient } from "./liveClients";
import { type StoredSecret } from "./secretLookup";
import { generationBehind } from "./storedGeneration";
import { strangeHosts, type StoredPair } from "./storedPair";

/**
 * A stored secret as one may think of it. `elsewhere`: it is in no record of the state, which is known. `empty`: nothing is current.
 * `strange`: what is current is not what this program writes. `otherHosts`: its pair is for another organisation.
 */
export type SecretStanding =
  | Exclude<StoredSecret, { readonly kind: "found" }>
  | (Found &
      (
        | { readonly kind: "scheduled"; readonly deletedAt: string; readonly isElsewhere: boolean }
        | { readonly kind: "elsewhere" | "empty" }
        | { readonly kind: "unreadable"; readonly reason: string }
        | (Written & { readonly kind: "strange"; readonly isBytes: boolean })
        | (Written & { readonly kind: "pair"; readonly pair: StoredPair })
        | (Written & { readonly kind: "otherHosts"; readonly pair: StoredPair; readonly expected: Hosts })
      ));

interface Found {
  readonly arn: string;
}

type Hosts = Pick<StoredPair, "tokenUrl" | "apiUrl">;

interface Written {
  /** ISO instant; absent where AWS does not say. */
  readonly writtenAt?: string;
}

/** @param arnsInState Of the stack's secrets. */
export function standingOfSecret(
  stored: StoredSecret,
  arnsInState: Known<ReadonlySet<string>>,
  endpoints: Known<Hosts>,
): SecretStanding {
  if (stored.kind !== "found") {
    return stored;
  }
  const { arn, deletedAt, current } = stored;
  const isElsewhere = "value" in arnsInState && !arnsInState.value.has(arn);
  if (deletedAt !== undefined) {
    return { kind: "scheduled", arn, deletedAt, isElsewhere };
  }
  if (isElsewhere || current === undefined) {
    return { kind: isElsewhere ? "elsewhere" : "empty", arn };
  }
  if ("refusal" in current) {
    return { kind: "unreadable", arn, reason: current.refusal };
  }
  const { content, ...written } = current;
  if (typeof content === "string") {
    return { kind: "strange", arn, ...written, isBytes: content === "bytes" };
  }
  const found = { arn, ...written, pair: content };
  return "value" in endpoints && strangeHosts(content, endpoints.value).length > 0
    ? { ...found, kind: "otherHosts", expected: endpoints.value }
    : { ...found, kind: "pair" };
}

/** In words, that a pair is for another organisation. */
export function otherHostsProblem({ apiUrl, tokenUrl }: Hosts, expected: Hosts): string {
  return `AWSCURRENT names other hosts (${apiUrl}, ${tokenUrl}) than the stack (${expected.apiUrl}, ${expected.tokenUrl})`;
}

/** Whom of a credential's clients a pair is of, and whether it is the one of the declared generation. */
interface PairStanding {
  /** Undefined where it is none of them. */
  readonly named: LiveClient | undefined;
  /** That of the declared generation. */
  readonly slot: SlotName;
  /** In words, that it is in the slot and the declared generation is not deployed. */
  readonly behind: string | undefined;
}

/** @param clients Of the credential, as credentialClients.ts finds and proves them. */
export function standingOfPair(
  pair: StoredPair,
  clients: readonly LiveClient[],
  rotation: ResolvedCredential["rotation"],
): PairStanding {
  const named = clients.find(({ id }) => isSameId(id, pair.clientId));
  const slot = slotOwning(rotation.generation);
  return { named, slot, behind: named?.slot === slot ? generationBehind(pair, named, rotation) : undefined };
}
