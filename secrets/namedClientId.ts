// Which OAuth client a version of a stored secret names.
import { parseSecretPayload } from "./payload";
import type { SecretStore } from "./store";

/** Undefined where there is no such version, or it holds no payload of ours. @throws SecretsError when AWS does not tell */
export async function namedClientId(
  store: Pick<SecretStore, "text">,
  secretId: string,
  version: Parameters<SecretStore["text"]>[1],
): Promise<string | undefined> {
  const text = await store.text(secretId, version);
  return text === undefined ? undefined : parseSecretPayload(text)?.clientId;
}
