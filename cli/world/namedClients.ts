// The OAuth clients that a stored secret names, in whichever labelled version.
import { messageOf } from "../../common/known";
import { type Redactor } from "../../common/redact";
import { type SecretStore } from "../../secrets/store";
import { readStoredFacts } from "./labelledPairs";

/** One of them. */
export interface NamedClient {
  /** In canonical form. */
  readonly clientId: string;
  /** Sorted, as `AWSCURRENT`. */
  readonly labels: readonly string[];
}

/** All of them, and what could not be looked at. */
export interface NamedClients {
  readonly clients: readonly NamedClient[];
  /** Sentences without their stop. */
  readonly reasons: readonly string[];
}

/** @param apiUrl Of the stack. @param redactor Learns what is read. Never rejects. */
export async function readNamedClients(
  secretName: string,
  store: SecretStore,
  apiUrl: string,
  redactor: Redactor,
): Promise<NamedClients> {
  const unread = (why: string): NamedClients => ({
    clients: [],
    reasons: [`whom the secret ${secretName} names could not be read: ${why}`],
  });
  try {
    const { deletedAt, pairs } = await readStoredFacts(secretName, store, redactor);
    if (deletedAt !== undefined) {
      return unread(`it is scheduled for deletion (DeletedDate ${deletedAt})`);
    }
    const labelsById = new Map<string, readonly string[]>();
    for (const { clientId, labels } of pairs.filter((pair) => pair.apiUrl === apiUrl)) {
      labelsById.set(clientId, [...(labelsById.get(clientId) ?? []), ...labels].sort());
    }
    return {
      clients: [...labelsById].map(([clientId, labels]) => ({ clientId, labels })),
      reasons: pairs
        .filter((pair) => pair.apiUrl !== apiUrl)
        .map(
          (pair) =>
            `${pair.labels.join(", ")} of the secret ${secretName} names OAuth client ${pair.clientId} at ${pair.apiUrl}, where it was not looked for`,
        ),
    };
  } catch (error) {
    return unread(messageOf(error));
  }
}
