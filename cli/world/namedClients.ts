// The OAuth clients that a stored secret names, in whichever labelled version.
import { groupBy } from "../../common/groupBy";
import { messageOf } from "../../common/known";
import { type Redactor } from "../../common/redact";
import { type ResolvedCredential, type ResolvedDeclarations } from "../../declarations/resolve";
import { type SecretStore } from "../../secrets/store";
import { type Surroundings } from "../terminal/surroundings";
import { openStore } from "./awsEnvironment";
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

/** By the key of the credential. Never rejects; the redactor learns what is read. */
export async function readNamedClients(
  credentials: readonly ResolvedCredential[],
  { aws, apiUrl }: ResolvedDeclarations,
  { environment, redactor }: Surroundings,
): Promise<ReadonlyMap<string, NamedClients>> {
  const store = openStore(aws, environment);
  try {
    const named = credentials.map(
      async ({ key, secret }) => [key, await namedBy(secret.name, store, apiUrl, redactor)] as const,
    );
    return new Map(await Promise.all(named));
  } finally {
    store.close();
  }
}

async function namedBy(
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
    const here = pairs.filter((pair) => pair.apiUrl === apiUrl);
    return {
      clients: [...groupBy(here, ({ clientId }) => clientId)].map(([clientId, own]) => ({
        clientId,
        labels: own.flatMap(({ labels }) => labels).sort(),
      })),
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
