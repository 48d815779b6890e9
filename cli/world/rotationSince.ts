// What the schedule of a credential counts from: one answer for every command (pure).
import { adoptionIn } from "../../declarations/adoption";
import { normalizeInstant } from "../../declarations/instants";
import { type ResolvedCredential } from "../../declarations/resolve";
import { type Slot } from "../../declarations/rotation/slots";
import { type RecordedPublication } from "../../evidence/folder";

/** What is known of the client that the secret names. */
export interface CurrentClient extends Pick<Slot, "slot" | "generation"> {
  /** Since when the state has it, ISO instant; of an adopted client that is its adoption. */
  readonly recordedAt?: string | undefined;
  /** When Genesys made it, from whoever tells that first. */
  readonly dateCreated: readonly (string | undefined)[];
}

/**
 * The instant from which the next rotation counts: the last one, else the publication that the evidence tells, else the making of the current
 * client; undefined where none of it is known. A date that cannot be read says no more than one that is missing.
 */
export function rotationSince(
  credential: Pick<ResolvedCredential, "key" | "rotation" | "adopt">,
  {
    published,
    current,
  }: { readonly published?: string | undefined; readonly current?: CurrentClient | undefined },
): string | undefined {
  // An adoption that made a new secret is as good as a rotation.
  const hasNewSecret = current !== undefined && adoptionIn(credential, current)?.secret === "regenerate";
  const adoptedAt = hasNewSecret ? current.recordedAt : undefined;
  return [credential.rotation.rotatedAt, published, adoptedAt, ...(current?.dateCreated ?? [])]
    .map((instant) => normalizeInstant(instant ?? ""))
    .find((instant) => instant !== undefined);
}

type Named = Pick<ResolvedCredential, "key" | "formerly">;

/**
 * Since when the pair of the declared generation is in use, by the evidence. A generation that came back after a rotation was taken back has
 * the pair of its first publication; one of another client is of another life of the stack.
 */
export function publishedAt(
  credential: Named & Pick<ResolvedCredential, "rotation">,
  stack: string,
  recorded: readonly RecordedPublication[],
): string | undefined {
  const own = publicationsOf(credential, stack, recorded).filter(
    ({ generation }) => generation === credential.rotation.generation,
  );
  const latest = own.at(-1);
  return own.find(({ newClientId }) => newClientId === latest?.newClientId)?.publishedAt;
}

/** What the evidence of one credential tells, oldest first. */
export function publicationsOf(
  { key, formerly }: Named,
  stack: string,
  recorded: readonly RecordedPublication[],
): readonly RecordedPublication[] {
  return recorded
    .filter((one) => one.stack === stack && (one.credential === key || one.credential === formerly))
    .sort((left, right) => Date.parse(left.recordedAt) - Date.parse(right.recordedAt));
}
