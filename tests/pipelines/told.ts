// A run as a person would read it: for the message of a test that fails.
import { type WorkflowRun } from "./pipeline";

export function told({ jobs }: WorkflowRun): string {
  return jobs
    .flatMap(({ name, result, steps, summary }) => [
      `${name}: ${result}`,
      ...steps.map((step) => `  ${step.name}: ${step.outcome}\n${step.log.replace(/^/gm, "    ").trimEnd()}`),
      `  summary: ${summary.trim()}`,
    ])
    .join("\n");
}

/** @throws Error that tells the whole run */
export function mustBeGreen(run: WorkflowRun): void {
  if (run.conclusion !== "success") {
    throw new Error(`the run is ${run.conclusion}:\n${told(run)}`);
  }
}
