// The OAuth clients that a stored secret names, in whichever labelled version.
import { canonicalId } from "../../declarations/canonicalId";
import { type Redactor } from "../../common/redact";
import { parseSecretPayload } from "../../secrets/payload";
import { type SecretStore } from "../../secrets/store";
import { messageOf } from "../../common/known";

/** One of them. */
export interface NamedClient {
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
    const secret = await store.describe(secretName);
    if (secret?.deletedAt !== undefined) {
      return unread(`it is scheduled for deletion (DeletedDate ${secret.deletedAt})`);
    }
    const versions = await Promise.all(
      (secret?.versions ?? []).map(async ({ versionId, labels }) => ({
        labels,
        text: await store.text(secretName, { id: versionId }),
      })),
    );
    return namedIn(versions, secretName, apiUrl, redactor);
  } catch (error) {
    return unread(messageOf(error));
  }
}

function namedIn(
  versions: readonly { readonly labels: readonly string[]; readonly text: string | undefined }[],
  secretName: string,
  apiUrl: string,
  redactor: Redactor,
): NamedClients {
  const labelsById = new Map<string, readonly string[]>();
  const reasons: string[] = [];
  for (const { labels, text = "" } of versions) {
    const payload = parseSecretPayload(text);
    if (payload === undefined) {
      redactor.add(text); // somebody else's: it names no client of ours
      continue;
    }
    redactor.addClientCredentials(payload.clientId, payload.clientSecret);
    if (payload.apiUrl !== apiUrl) {
      reasons.push(
        `${labels.join(", ")} of the secret ${secretName} names OAuth client ${payload.clientId} at ${payload.apiUrl}, where it was not looked for`,
      );
      continue;
    }
    const id = canonicalId(payload.clientId);
    labelsById.set(id, [...(labelsById.get(id) ?? []), ...labels].sort());
  }
  return { clients: [...labelsById].map(([clientId, labels]) => ({ clientId, labels })), reasons };
}
