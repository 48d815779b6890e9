// The SDK's debug messages without the secrets in them: the engine records them in its event log, also when nobody asked for debugging.
import * as pulumi from "@pulumi/pulumi";

/** What stands in place of a message that would show a secret. */
const withheld = "[a debug message that holds a secret was left out]";

/**
 * Wraps the SDK's debug log. After each registration it writes the engine's whole answer (`RegisterResource RPC finished: …, resp:
 * …`), secrets in clear text; found by searching the event log of a real update. Messages that carry the mark of a secret are left out.
 */
export function withholdSecretsFromDebugMessages(): void {
  const log = pulumi.log as { debug: typeof pulumi.log.debug };
  const write = log.debug;
  log.debug = (message, ...rest) => write(withoutSecrets(message), ...rest);
}

/** The message itself, or the notice in its place. Exported for tests. */
export function withoutSecrets(message: string): string {
  return message.includes(pulumi.runtime.specialSigKey) ? withheld : message;
}
