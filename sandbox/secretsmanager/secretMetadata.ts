// What is said about a secret besides its value: description, key and type.
import { type SecretRecord } from "./secretRecord";

/** What CreateSecret and UpdateSecret say about a secret besides its value. Absent means: leave as it is. */
export interface SecretMetadata {
  readonly description?: string | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly type?: string | undefined;
}

/** The account's own key under any of its names. AWS takes it for no key at all, and never shows it. */
const ownKeyPattern = /(^|:)alias\/aws\/secretsmanager$/;

/** Sets what is given. Empty text means none, and no key is the account's own. */
export function describe(secret: SecretRecord, metadata: SecretMetadata): void {
  for (const key of ["description", "kmsKeyId", "type"] as const) {
    const text = metadata[key];
    if (text === "" || (key === "kmsKeyId" && text !== undefined && ownKeyPattern.test(text))) {
      Reflect.deleteProperty(secret, key);
    } else if (text !== undefined) {
      secret[key] = text;
    }
  }
}
