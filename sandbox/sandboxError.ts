// The error of the sandbox that a person can act on; program.ts prints its message and nothing else.

/** What was being done: what happened; what to do. */
export class SandboxError extends Error {
  override readonly name: string = "SandboxError";
}
