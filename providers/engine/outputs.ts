// What leaves a provider for the engine: plain JSON only.

/**
 * The value as the engine can store it. An `undefined`, a Date or a function in an answer makes the engine drop it after the
 * client was created, and so leaves a live client that nobody owns (docs/platform-facts.md 1.5).
 */
export function sanitize(value: unknown): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") {
    return value;
  }
  if (typeof value === "number") {
    return Number.isFinite(value) ? value : null;
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (Array.isArray(value)) {
    return value.map((item) => sanitize(item) ?? null);
  }
  if (typeof value === "object") {
    const entries = Object.entries(value)
      .map(([key, item]) => [key, sanitize(item)] as const)
      .filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries);
  }
  return typeof value === "bigint" ? value.toString() : undefined;
}

/** {@link sanitize} for a whole set of properties. */
export function sanitizeProperties(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return sanitize(properties) as Record<string, unknown>;
}
