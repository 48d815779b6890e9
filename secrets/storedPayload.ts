// What a version of a stored secret holds, and which OAuth client it names. Whoever reads one has told the redactor.
import type { Redactor } from "../common/redact";
import { parseSecretPayload, type SecretPayload } from "./payload";
import type { SecretStore } from "./store";

/** The payload in a stored text; undefined when it is none. @param redactor Learns what is read. */
export function readPayload(text: string, redactor: Redactor): SecretPayload | undefined {
  const payload = parseSecretPayload(text);
  if (payload === undefined) {
    redactor.add(text); // somebody else's
  } else {
    redactor.addClientCredentials(payload.clientId, payload.clientSecret);
  }
  return payload;
}

/** Undefined where there is no such version, or it holds no payload of ours. @throws SecretsError when AWS does not tell */
export async function namedClientId(
  store: Pick<SecretStore, "text">,
  redactor: Redactor,
  secretId: string,
  version: Parameters<SecretStore["text"]>[1],
): Promise<string | undefined> {
  const text = await store.text(secretId, version);
  return text === undefined ? undefined : readPayload(text, redactor)?.clientId;
}
