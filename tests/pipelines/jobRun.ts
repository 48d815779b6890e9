// One job on one machine: its steps in order, each with the variables, rights and conditions that GitHub would give it.
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runAction } from "./actions/runAction";
import { asText, evaluateCondition, evaluateTemplate, type Scope } from "./expressions/evaluate";
import { type Value } from "./expressions/syntax";
import { hashFiles } from "./filePattern";
import { type JobRun, type Outcome, type Platform, type StepRun, type Trigger } from "./pipeline";
import { runScript } from "./script";
import { type Job, type Step, type Workflow } from "./workflowFile";

/** What a job is run with. */
export interface JobOptions {
  readonly name: string;
  readonly key: string;
  readonly job: Job;
  readonly workflow: Workflow;
  readonly platform: Platform;
  readonly trigger: Trigger;
  /** The contexts of GitHub that are known before the job starts: `github`, `needs`, `vars`, `matrix`. */
  readonly contexts: Readonly<Record<string, Value>>;
  /** Of this run. */
  readonly runFolder: string;
}

type Variables = Readonly<Record<string, string>>;

export async function runJob(options: JobOptions): Promise<JobRun> {
  return new RunningJob(options).run();
}

class RunningJob {
  private readonly folder: string;
  private readonly workspace: string;
  private readonly home: string;
  private readonly temporary: string;
  private readonly environmentName: string | undefined;
  private readonly permissions: Variables;
  private readonly token: string;
  private readonly contexts: Readonly<Record<string, Value>>;
  private readonly jobVariables: Variables;
  private readonly exported: Record<string, string> = {};
  private readonly path: string[] = [];
  private readonly atEnd: (() => void)[] = [];
  private readonly stepsById: Record<string, { outcome: Outcome; conclusion: Outcome; outputs: Variables }> =
    {};
  private readonly steps: StepRun[] = [];
  private summary = "";
  private hasFailed = false;

  constructor(private readonly options: JobOptions) {
    const { job, workflow, platform, trigger, contexts, name, runFolder } = options;
    this.folder = join(runFolder, name.replace(/[^\w-]+/g, "-"));
    this.workspace = join(this.folder, "workspace");
    this.home = join(this.folder, "home");
    this.temporary = join(this.folder, "temp");
    for (const folder of [this.workspace, this.home, this.temporary]) {
      mkdirSync(folder, { recursive: true });
    }
    const environment = typeof job.environment === "object" ? job.environment.name : job.environment;
    const early = { contexts };
    this.environmentName =
      environment === undefined ? undefined : asText(evaluateTemplate(environment, early));
    const own = platform.environments[this.environmentName ?? ""] ?? {};
    this.permissions = Object.fromEntries(
      Object.entries(job.permissions).map(([right, access]) => [
        right,
        trigger.isForeign && access === "write" ? "read" : access,
      ]),
    );
    this.token = platform.tokenFor(this.permissions);
    const withSettings = {
      ...contexts,
      github: { ...(contexts["github"] as object), token: this.token, job: options.key },
      vars: { ...platform.settings.vars, ...own.vars },
      secrets: trigger.isForeign
        ? { GITHUB_TOKEN: this.token }
        : { ...platform.settings.secrets, ...own.secrets, GITHUB_TOKEN: this.token },
    };
    this.jobVariables = {
      ...texts(workflow.env, { contexts: withSettings }),
      ...texts(job.env, { contexts: withSettings }),
    };
    this.contexts = {
      ...withSettings,
      runner: { temp: this.temporary, os: "Linux", arch: "X64", tool_cache: join(this.folder, "tools") },
    };
  }

  async run(): Promise<JobRun> {
    const { job, name } = this.options;
    for (const step of job.steps) {
      await this.runStep(step);
    }
    if (!this.hasFailed) {
      this.atEnd.forEach((finish) => {
        finish();
      });
    }
    return {
      name,
      result: this.hasFailed ? "failure" : "success",
      steps: this.steps,
      summary: this.summary,
      outputs: texts(job.outputs, this.scope({})),
    };
  }

  /** @param own variables of the step itself */
  private scope(own: Variables): Scope {
    return {
      contexts: {
        ...this.contexts,
        env: { ...this.jobVariables, ...this.exported, ...own },
        steps: this.stepsById,
      },
      status: { hasFailed: this.hasFailed, hasSucceeded: !this.hasFailed },
      hashFiles: (paths) => hashFiles(this.workspace, paths),
    };
  }

  private async runStep(step: Step): Promise<void> {
    const name = step.name ?? step.uses?.split("@")[0] ?? step.run?.split("\n")[0] ?? "";
    const { secrets: _withheld, ...withoutSecrets } = this.scope({}).contexts;
    const condition = { ...this.scope({}), contexts: withoutSecrets };
    let outcome: Outcome = "skipped";
    let log = "";
    let outputs: Variables = {};
    if (evaluateCondition(asCondition(step.if), condition)) {
      const variables = texts(step.env, this.scope({}));
      const did =
        step.uses === undefined ? await this.runOwn(step, variables) : this.useAction(step, step.uses);
      ({ outcome, log, outputs } = did);
    }
    const isForgiven = outcome === "failure" && step["continue-on-error"] === true;
    this.hasFailed ||= outcome === "failure" && !isForgiven;
    if (step.id !== undefined) {
      this.stepsById[step.id] = { outcome, conclusion: isForgiven ? "success" : outcome, outputs };
    }
    this.steps.push({ name, outcome, log });
  }

  private useAction(step: Step, uses: string): { outcome: Outcome; log: string; outputs: Variables } {
    const lines: string[] = [];
    try {
      const outputs = runAction(uses, {
        given: texts(step.with, this.scope({})),
        platform: this.options.platform,
        trigger: this.options.trigger,
        environmentName: this.environmentName,
        permissions: this.permissions,
        workspace: this.workspace,
        artifacts: join(this.options.runFolder, "artifacts"),
        home: this.home,
        exported: this.exported,
        atEnd: this.atEnd,
        say: (line) => lines.push(line),
      });
      return { outcome: "success", log: lines.join("\n"), outputs };
    } catch (error) {
      lines.push(`Error: ${(error as Error).message}`);
      return { outcome: "failure", log: lines.join("\n"), outputs: {} };
    }
  }

  private async runOwn(
    step: Step,
    variables: Variables,
  ): Promise<{ outcome: Outcome; log: string; outputs: Variables }> {
    const { job, workflow } = this.options;
    const defaults = { ...workflow.defaults?.run, ...job.defaults?.run };
    const scope = this.scope(variables);
    const inside = step["working-directory"] ?? defaults["working-directory"] ?? ".";
    const result = await runScript({
      text: asText(evaluateTemplate(step.run ?? "", scope)),
      shell: step.shell ?? defaults.shell,
      workingFolder: join(this.workspace, asText(evaluateTemplate(inside, scope))),
      environment: { ...this.machine(), ...this.jobVariables, ...this.exported, ...variables },
      temporaryFolder: this.folder,
    });
    Object.assign(this.exported, result.exported);
    this.path.unshift(...result.path);
    this.summary += result.summary;
    return {
      outcome: result.exitCode === 0 ? "success" : "failure",
      log: result.log,
      outputs: result.outputs,
    };
  }

  /** What GitHub and its machine put into every script's environment. */
  private machine(): Variables {
    const { platform, trigger, key, workflow } = this.options;
    const eventFile = join(this.folder, "event.json");
    writeFileSync(eventFile, JSON.stringify(trigger.payload));
    const github = this.contexts["github"] as Variables;
    const path = [...this.path, platform.machineVariables["PATH"] ?? ""].join(delimiter);
    return {
      ...platform.machineVariables,
      PATH: path,
      HOME: this.home,
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_ACTOR: trigger.actor,
      GITHUB_API_URL: platform.apiUrl,
      GITHUB_SERVER_URL: github["server_url"] ?? "",
      GITHUB_EVENT_NAME: trigger.event,
      GITHUB_EVENT_PATH: eventFile,
      GITHUB_JOB: key,
      GITHUB_REF: trigger.ref,
      GITHUB_REF_NAME: github["ref_name"] ?? "",
      GITHUB_REPOSITORY: platform.repositoryName,
      GITHUB_RUN_ATTEMPT: github["run_attempt"] ?? "",
      GITHUB_RUN_ID: github["run_id"] ?? "",
      GITHUB_RUN_NUMBER: github["run_number"] ?? "",
      GITHUB_SHA: trigger.sha,
      GITHUB_WORKFLOW: workflow.name,
      GITHUB_WORKSPACE: this.workspace,
      RUNNER_OS: "Linux",
      RUNNER_ARCH: "X64",
      RUNNER_TEMP: this.temporary,
    };
  }
}

function texts(
  settings: Readonly<Record<string, string | number | boolean>> | undefined,
  scope: Scope,
): Variables {
  return Object.fromEntries(
    Object.entries(settings ?? {}).map(([name, value]) => [
      name,
      asText(evaluateTemplate(String(value), scope)),
    ]),
  );
}

/** A number cannot be a condition. */
export function asCondition(condition: string | number | boolean | undefined): string | boolean | undefined {
  return typeof condition === "number" ? String(condition) : condition;
}
