// Why the file system refused something, without the absolute paths of its messages.

/** The system's word, as EACCES. @param unknown Where it has none. */
export function systemReason(error: unknown, unknown = "it failed"): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : unknown;
}
