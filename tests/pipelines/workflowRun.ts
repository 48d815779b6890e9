// A whole run of a workflow: which jobs start, in which order and how often, and what that makes of the run.
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { asText, evaluateCondition, evaluateTemplate } from "./expressions/evaluate";
import { type Value } from "./expressions/syntax";
import { asCondition, runJob } from "./jobRun";
import { type JobRun, type Outcome, type Platform, type Trigger, type WorkflowRun } from "./pipeline";
import { isStartedBy, type Job, type Workflow } from "./workflowFile";

interface JobDone {
  readonly result: Outcome;
  readonly outputs: Readonly<Record<string, string>>;
  /** Whether the job and all before it succeeded: what `success()` of a later job asks. */
  readonly isWell: boolean;
}

/** @throws Error where the trigger does not start the workflow, or the file is wrong */
export async function runWorkflow(
  workflow: Workflow,
  trigger: Trigger,
  platform: Platform,
): Promise<WorkflowRun> {
  if (!isStartedBy(workflow, trigger.event, trigger.branch)) {
    throw new Error(`${workflow.name} is not started by ${trigger.event} of ${trigger.branch}`);
  }
  const runs = join(platform.folder, "runs");
  mkdirSync(runs, { recursive: true });
  const runId = String(readdirSync(runs).length + 1);
  const runFolder = join(runs, `${runId}-${workflow.name}`);
  const github = githubContext(workflow, trigger, platform, runId);
  const done = new Map<string, JobDone>();
  const jobs: JobRun[] = [];
  for (const [key, job] of inOrder(workflow)) {
    const needs = Object.fromEntries(neededBy(job).map((name) => [name, done.get(name)!]));
    const contexts = {
      github,
      inputs: { ...trigger.inputs },
      needs: asContext(needs),
      vars: { ...platform.settings.vars },
    };
    const status = {
      hasFailed: Object.values(needs).some(({ result }) => result === "failure"),
      hasSucceeded: Object.values(needs).every(({ isWell }) => isWell),
    };
    const isRun = evaluateCondition(asCondition(job.if), { contexts, status });
    const legs = isRun
      ? await runLegs(key, job, contexts, (name, all) =>
          runJob({ name, key, job, workflow, platform, trigger, contexts: all, runFolder }),
        )
      : [{ name: key, result: "skipped" as const, steps: [], summary: "", outputs: {} }];
    jobs.push(...legs);
    platform.afterJob?.(key, join(runFolder, "artifacts"));
    const result = resultOf(legs);
    done.set(key, {
      result,
      outputs: Object.assign({}, ...legs.map(({ outputs }) => outputs)) as Record<string, string>,
      isWell: result === "success" && status.hasSucceeded,
    });
  }
  return { conclusion: resultOf(jobs), jobs };
}

/** One job for each combination of the matrix, at most so many at a time. */
async function runLegs(
  key: string,
  job: Job,
  contexts: Readonly<Record<string, Value>>,
  run: (name: string, contexts: Readonly<Record<string, Value>>) => Promise<JobRun>,
): Promise<JobRun[]> {
  const { strategy } = job;
  if (strategy === undefined) {
    return [await run(key, contexts)];
  }
  const combinations = Object.entries(strategy.matrix).reduce<Record<string, Value>[]>(
    (before, [name, values]) => {
      const list = typeof values === "string" ? evaluateTemplate(values, { contexts }) : values;
      if (!Array.isArray(list) || list.length === 0) {
        throw new Error(`${key}: the matrix ${name} has no values`);
      }
      return before.flatMap((one) => list.map((value: Value) => ({ ...one, [name]: value })));
    },
    [{}],
  );
  const legs: JobRun[] = [];
  const waiting = [...combinations];
  const worker = async (): Promise<void> => {
    for (let matrix = waiting.shift(); matrix !== undefined; matrix = waiting.shift()) {
      const name = `${key} (${Object.values(matrix).map(asText).join(", ")})`;
      const isStopped = strategy["fail-fast"] !== false && legs.some(({ result }) => result === "failure");
      legs.push(
        isStopped
          ? { name, result: "cancelled", steps: [], summary: "", outputs: {} }
          : await run(name, { ...contexts, matrix }),
      );
    }
  };
  const workers = Math.min(strategy["max-parallel"] ?? combinations.length, combinations.length);
  await Promise.all(Array.from({ length: workers }, worker));
  return legs.sort((one, other) => one.name.localeCompare(other.name));
}

function resultOf(parts: readonly { readonly result: Outcome }[]): Outcome {
  const results = parts.map(({ result }) => result);
  return (
    (["failure", "cancelled", "success"] as const).find((outcome) => results.includes(outcome)) ?? "skipped"
  );
}

function neededBy({ needs = [] }: Job): readonly string[] {
  return typeof needs === "string" ? [needs] : needs;
}

function inOrder({ jobs }: Workflow): [string, Job][] {
  const ordered: [string, Job][] = [];
  let waiting = Object.entries(jobs);
  while (waiting.length > 0) {
    const ready = waiting.filter(([, job]) =>
      neededBy(job).every((name) => ordered.some(([done]) => done === name)),
    );
    if (ready.length === 0) {
      throw new Error(
        `jobs need each other, or one that is not there: ${waiting.map(([key]) => key).join(", ")}`,
      );
    }
    ordered.push(...ready);
    waiting = waiting.filter((one) => !ready.includes(one));
  }
  return ordered;
}

function asContext(needs: Readonly<Record<string, JobDone>>): Value {
  return Object.fromEntries(
    Object.entries(needs).map(([name, { result, outputs }]) => [name, { result, outputs }]),
  );
}

function githubContext(workflow: Workflow, trigger: Trigger, platform: Platform, runId: string): Value {
  return {
    actor: trigger.actor,
    api_url: platform.apiUrl,
    event: trigger.payload,
    event_name: trigger.event,
    ref: trigger.ref,
    ref_name: trigger.ref.replace(/^refs\/(heads|pull)\//, ""),
    repository: platform.repositoryName,
    repository_owner: platform.repositoryName.split("/")[0] ?? "",
    run_attempt: "1",
    run_id: runId,
    run_number: runId,
    server_url: "https://github.example",
    sha: trigger.sha,
    workflow: workflow.name,
  };
}
