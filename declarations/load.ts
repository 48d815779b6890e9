// Reads the declarations of the running program from Pulumi's config.
import * as pulumi from "@pulumi/pulumi";
import { isConfigError } from "./configError";
import type { Environment } from "../common/environmentVariables";
import { parseDeclarations } from "./parse";
import { inNamespace, rawDeclarationsOf } from "./rawDeclarations";
import { type ResolvedDeclarations } from "./resolve";

/**
 * The declarations of the stack that is being updated.
 * @param environment the environment variables of the program.
 * @throws pulumi.RunError with every problem, which Pulumi prints without a stack trace.
 */
export function loadDeclarations(environment: Environment): ResolvedDeclarations {
  try {
    const config = pulumi.runtime.allConfig();
    return parseDeclarations(rawDeclarationsOf(config), {
      aws: inNamespace("aws", config),
      project: pulumi.getProject(),
      stack: pulumi.getStack(),
      environment,
    });
  } catch (error) {
    throw isConfigError(error) ? new pulumi.RunError(error.message) : error;
  }
}
