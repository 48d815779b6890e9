// Reads the declarations of the running program from Pulumi's config.
import * as pulumi from "@pulumi/pulumi";
import { isConfigError } from "./configError";
import { type Environment } from "./endpoints";
import { configNamespace } from "./naming";
import { parseDeclarations, type RawDeclarations } from "./parse";
import { type ResolvedDeclarations } from "./resolve";

/**
 * The declarations of the stack that is being updated.
 * @param environment the environment variables of the program.
 * @throws pulumi.RunError with every problem, which Pulumi prints without a stack trace.
 */
export function loadDeclarations(environment: Environment): ResolvedDeclarations {
  try {
    return parseDeclarations(rawDeclarationsOf(pulumi.runtime.allConfig()), {
      project: pulumi.getProject(),
      stack: pulumi.getStack(),
      environment,
    });
  } catch (error) {
    throw isConfigError(error) ? new pulumi.RunError(error.message) : error;
  }
}

/** The values of our namespace among all of a stack's config, which arrives as text: structured values as JSON. */
export function rawDeclarationsOf(config: Readonly<Record<string, string>>): RawDeclarations {
  const prefix = `${configNamespace}:`;
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, text]) => [key.slice(prefix.length), structured(text)]),
  );
}

/** Text that is no JSON is a plain value, which the check then refuses at its path. */
function structured(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
