// An error that ends the program from within an `apply`: its message, and nothing for Pulumi to lose itself in.
import * as pulumi from "@pulumi/pulumi";

/**
 * Pulumi shows the message of such an error without a stack, yet formats the stack first, and Node 20.20 never comes to the end of a
 * stack that leads through node_modules: the update would hang. So the error has none.
 */
export function programError(error: unknown): pulumi.RunError {
  const shown = new pulumi.RunError(error instanceof Error ? error.message : String(error));
  shown.stack = shown.message;
  return shown;
}
