// A value for programs with every text in it redacted: in JSON as a whole, a replacement could take away the end of a text.
import { redactedText, type Redactor } from "../../common/redact";

/** The same value; names of properties are texts too, and a text under the name of a secret is one. */
export function withoutSecrets<T>(redactor: Redactor, value: T): T {
  const names = new Map<string, PropertyName>();
  const nameOf = (key: string): PropertyName => {
    const known = names.get(key) ?? propertyName(redactor, key);
    names.set(key, known);
    return known;
  };
  const cleaned = (item: unknown): unknown => {
    if (typeof item === "string") {
      return redactor.redact(item);
    }
    if (Array.isArray(item)) {
      return item.map(cleaned);
    }
    return typeof item === "object" && item !== null
      ? Object.fromEntries(
          Object.entries(item).map(([key, property]) => {
            const { clean, isOfSecret } = nameOf(key);
            return [clean, isOfSecret && typeof property === "string" ? redactedText : cleaned(property)];
          }),
        )
      : item;
  };
  return cleaned(value) as T;
}

interface PropertyName {
  readonly clean: string;
  readonly isOfSecret: boolean;
}

function propertyName(redactor: Redactor, key: string): PropertyName {
  const named = `${key}=value`;
  return { clean: redactor.redact(key), isOfSecret: redactor.redact(named).endsWith(redactedText) };
}
