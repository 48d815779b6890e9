// Reads all that a stored secret holds: whose pairs, under which labels.
import { defined } from "../../common/defined";
import { type Redactor } from "../../common/redact";
import { canonicalId } from "../../declarations/canonicalId";
import { type SecretStore } from "../../secrets/store";
import { contentOf, type StoredPair } from "./storedPair";

/** A pair that a labelled version holds. */
export interface LabelledPair extends StoredPair {
  /** As `AWSCURRENT`; at least one, sorted. */
  readonly labels: readonly string[];
  /** In canonical form. */
  readonly clientId: string;
}

/** A secret with its pairs. */
export interface StoredFacts {
  /** Absent where there is no such secret. */
  readonly arn?: string;
  /** ISO 8601, where AWS is about to delete it: nobody can read it then. */
  readonly deletedAt?: string;
  /** Where it is a copy of a secret in another Region: that Region. */
  readonly primaryRegion?: string;
  readonly pairs: readonly LabelledPair[];
  /** Labels of versions that hold something else than a pair. */
  readonly otherLabels: readonly string[];
}

/** @param redactor Learns what is read. @throws SecretsError when AWS does not tell. */
export async function readStoredFacts(
  secretName: string,
  store: SecretStore,
  redactor: Redactor,
): Promise<StoredFacts> {
  const found = await store.describe(secretName);
  if (found === undefined) {
    return { pairs: [], otherLabels: [] };
  }
  const { arn, deletedAt, primaryRegion, versions } = found;
  if (deletedAt !== undefined) {
    return { arn, deletedAt, pairs: [], otherLabels: [] };
  }
  const isReplica = primaryRegion !== undefined && primaryRegion !== (await store.open());
  const read = await Promise.all(
    versions.map(async ({ versionId, labels }) => {
      const value = await store.value(secretName, { id: versionId });
      return { labels, content: contentOf(value ?? { versionId }, redactor) };
    }),
  );
  return {
    arn,
    ...defined({ primaryRegion: isReplica ? primaryRegion : undefined }),
    pairs: read.flatMap(({ labels, content }) =>
      typeof content === "string" ? [] : [{ ...content, labels, clientId: canonicalId(content.clientId) }],
    ),
    otherLabels: read.flatMap(({ labels, content }) => (typeof content === "string" ? labels : [])),
  };
}
