// Why the file system refused something, without the absolute paths of its messages.

/** The system's word, as EACCES. */
export function systemReason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "it failed";
}
