// What a version of a stored secret holds: whose pair, and where it signs in. Whoever reads it tells the redactor.
import { type Redactor } from "../../common/redact";
import { type StoredValue } from "../../secrets/store";
import { readPayload } from "../../secrets/storedPayload";

/** A pair without its secret. */
export interface StoredPair {
  readonly versionId: string;
  /** As it is stored. */
  readonly clientId: string;
  readonly tokenUrl: string;
  readonly apiUrl: string;
}

/** What a version holds: the pair of a client, bytes, or a text that this program does not write. */
export type StoredContent = StoredPair | "bytes" | "strange";

/** No client secret is in the answer. @param redactor Learns what is read. */
export function contentOf({ text, versionId }: StoredValue, redactor: Redactor): StoredContent {
  const payload = readPayload(text ?? "", redactor);
  if (payload === undefined) {
    return text === undefined ? "bytes" : "strange";
  }
  const { clientId, tokenUrl, apiUrl } = payload;
  return { versionId, clientId, tokenUrl, apiUrl };
}

/** The hosts of an organisation that a pair is not for: consumers would sign in somewhere else. */
export function strangeHosts(
  pair: Pick<StoredPair, "tokenUrl" | "apiUrl">,
  expected: Pick<StoredPair, "tokenUrl" | "apiUrl">,
): readonly ("tokenUrl" | "apiUrl")[] {
  return (["tokenUrl", "apiUrl"] as const).filter((host) => pair[host] !== expected[host]);
}
