// A workflow as its file says it. A key that this harness does not act on is an error: what it left out would not be tested.
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const variables = z.record(z.string(), scalar);
const permissions = z.record(z.string(), z.enum(["read", "write", "none"]));
const runDefaults = z.strictObject({
  run: z.strictObject({ shell: z.string().optional(), "working-directory": z.string().optional() }),
});
const concurrency = z.union([
  z.string(),
  z.strictObject({ group: z.string(), "cancel-in-progress": scalar.optional() }),
]);

const step = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  if: scalar.optional(),
  uses: z.string().optional(),
  with: variables.optional(),
  run: z.string().optional(),
  env: variables.optional(),
  shell: z.string().optional(),
  "working-directory": z.string().optional(),
  "continue-on-error": z.boolean().optional(),
  "timeout-minutes": z.number().optional(),
});

const job = z.strictObject({
  name: z.string().optional(),
  if: scalar.optional(),
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  "runs-on": z.string(),
  "timeout-minutes": z.number(),
  strategy: z
    .strictObject({
      "max-parallel": z.number().optional(),
      "fail-fast": z.boolean().optional(),
      matrix: z.record(z.string(), z.union([z.string(), z.array(scalar)])),
    })
    .optional(),
  environment: z
    .union([z.string(), z.strictObject({ name: z.string(), deployment: z.boolean().optional() })])
    .optional(),
  permissions,
  concurrency: concurrency.optional(),
  env: variables.optional(),
  defaults: runDefaults.optional(),
  outputs: z.record(z.string(), z.string()).optional(),
  steps: z.array(step),
});

const branches = z.strictObject({ branches: z.array(z.string()).optional() });

const workflow = z.strictObject({
  name: z.string(),
  on: z.strictObject({
    pull_request: branches.nullable().optional(),
    push: branches.nullable().optional(),
    schedule: z.array(z.strictObject({ cron: z.string() })).optional(),
    workflow_dispatch: z
      .strictObject({
        inputs: z.record(z.string(), z.strictObject({ description: z.string(), required: z.boolean() })),
      })
      .nullable()
      .optional(),
  }),
  permissions,
  env: variables.optional(),
  defaults: runDefaults.optional(),
  concurrency: concurrency.optional(),
  jobs: z.record(z.string(), job),
});

export type Workflow = z.infer<typeof workflow>;
export type Job = z.infer<typeof job>;
export type Step = z.infer<typeof step>;

export function readWorkflow(path: string): Workflow {
  return parseWorkflow(readFileSync(path, "utf8"));
}

export function parseWorkflow(text: string): Workflow {
  return workflow.parse(parse(text));
}

/** Whether GitHub starts the workflow for it. @param branch the branch pushed to, or the one that a pull request is for */
export function isStartedBy({ on }: Workflow, event: string, branch: string): boolean {
  if (!(event in on)) {
    return false;
  }
  const how = event === "push" || event === "pull_request" ? on[event] : undefined;
  return how?.branches?.includes(branch) ?? true;
}
