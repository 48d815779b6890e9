// A value for programs with every text in it redacted: in JSON as a whole, a replacement could take away the end of a text.
import { type Redactor } from "../common/redact";

/** The same value; names of properties are texts too. */
export function withoutSecrets<T>(redactor: Redactor, value: T): T {
  return cleaned(redactor, value) as T;
}

function cleaned(redactor: Redactor, value: unknown): unknown {
  if (typeof value === "string") {
    return redactor.redact(value);
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown) => cleaned(redactor, item));
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([key, item]) => [redactor.redact(key), cleaned(redactor, item)]),
      )
    : value;
}
