// What the stack `dev` exports about its credentials.
import { z } from "zod";
import { devStackName, type RunPulumi } from "./devStack";
import { SandboxError } from "./sandboxError";

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
export async function readDeployedCredentials(runPulumi: RunPulumi) {
  const result = await runPulumi("stack", "output", "--json", "--stack", devStackName);
  const outputs = result.exitCode === 0 ? outputsSchema.safeParse(JSON.parse(result.stdout)) : undefined;
  if (outputs?.success !== true) {
    const reason = result.exitCode === 0 ? "it has no output named credentials" : result.stderr.trim();
    throw new SandboxError(`Reading the outputs of stack ${devStackName}: ${reason}.`);
  }
  return outputs.data.credentials;
}
