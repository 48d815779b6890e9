// What the stack `dev` exports about its credentials.
import { z } from "zod";
import { devStackName } from "./devStack";
import { SandboxError } from "./sandboxError";
import { type Session } from "./session";
import { runBounded } from "./toolchain/boundedProcess";

/** Milliseconds; reading a stack's outputs takes about half a second. */
const outputTimeoutMs = 60_000;

const outputsSchema = z.object({
  credentials: z
    .record(
      z.string(),
      // A client that was adopted with its secret kept has nothing stored before the first rotation.
      z.object({ clientId: z.string(), secretName: z.string().optional(), generation: z.number() }),
    )
    .default({}),
});

/** The credentials of the stack by name, with nothing secret. @throws SandboxError when Pulumi cannot read the stack, or the stack exports something else. */
export async function readDeployedCredentials(session: Session, signal: AbortSignal) {
  const result = await runBounded(
    session.pulumi.command,
    ["stack", "output", "--json", "--stack", devStackName, "--non-interactive"],
    {
      environment: session.environment.variables,
      folder: session.paths.project,
      timeoutMs: outputTimeoutMs,
      signal,
    },
  );
  signal.throwIfAborted();
  const outputs = result.exitCode === 0 ? outputsSchema.safeParse(JSON.parse(result.stdout)) : undefined;
  if (outputs?.success !== true) {
    const reason = result.exitCode === 0 ? "it has no output named credentials" : result.stderr.trim();
    throw new SandboxError(`Reading the outputs of stack ${devStackName}: ${reason}.`);
  }
  return outputs.data.credentials;
}
