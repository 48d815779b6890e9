// What leaves a provider for the engine: plain JSON only.

/**
 * The properties as the engine can store them. An `undefined`, a Date or a function in an answer makes the engine drop it after the
 * client was created, and so leaves a live client that nobody owns (docs/platform-facts.md 1.5).
 */
export function sanitizeProperties(properties: object): Record<string, unknown> {
  const text = JSON.stringify(properties, (_key, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
  return JSON.parse(text) as Record<string, unknown>;
}
