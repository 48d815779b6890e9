// Reads what a declared secret holds: whose pairs, under which labels; no client secret leaves here.
import { canonicalId } from "../../declarations/canonicalId";
import { type Redactor } from "../../common/redact";
import { parseSecretPayload } from "../../secrets/payload";
import { type SecretStore } from "../../secrets/store";
import { type StoredFacts } from "./facts";

/** @throws SecretsError when AWS does not tell. */
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
      const payload = parseSecretPayload(value?.text ?? "");
      if (payload === undefined) {
        redactor.add(value?.text ?? ""); // somebody else's
        return { labels, pair: undefined };
      }
      redactor.addClientCredentials(payload.clientId, payload.clientSecret);
      const { clientId, tokenUrl, apiUrl } = payload;
      return { labels, pair: { labels, versionId, clientId: canonicalId(clientId), tokenUrl, apiUrl } };
    }),
  );
  return {
    arn,
    ...(isReplica ? { primaryRegion } : {}),
    pairs: read.flatMap(({ pair }) => pair ?? []),
    otherLabels: read.filter(({ pair }) => pair === undefined).flatMap(({ labels }) => labels),
  };
}
