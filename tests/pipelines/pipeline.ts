// What a run of a workflow is given, and what it leaves: the words that the files of this folder share.
import { type Value } from "./expressions/syntax";

/** Variables and secrets of the repository, or of one environment of it. */
export interface Settings {
  readonly vars?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** Why a workflow runs. */
export interface Trigger {
  readonly event: "pull_request" | "push" | "schedule" | "workflow_dispatch";
  /** The content of `github.event`. */
  readonly payload: { readonly [key: string]: Value };
  /** Of somebody who presses the button, or of a workflow that does. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly ref: string;
  readonly sha: string;
  readonly actor: string;
  /** The branch pushed to, or the one that a pull request is for. */
  readonly branch: string;
  /** A pull request of a fork or of Dependabot: no secrets, and a token that only reads. */
  readonly isForeign: boolean;
}

export type Outcome = "success" | "failure" | "skipped" | "cancelled";

export interface StepRun {
  readonly name: string;
  readonly outcome: Outcome;
  readonly log: string;
}

export interface JobRun {
  /** The job's key in the file, and for a matrix its values: `preview (dev)`. */
  readonly name: string;
  readonly result: Outcome;
  readonly steps: readonly StepRun[];
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface WorkflowRun {
  readonly conclusion: Outcome;
  readonly jobs: readonly JobRun[];
}

/** The GitHub, the cloud and the machine that workflows run on. */
export interface Platform {
  readonly repositoryName: string;
  /** The bare repository. */
  readonly originUrl: string;
  readonly settings: Settings;
  readonly environments: Readonly<Record<string, Settings>>;
  /** Roles that can be assumed, and the environments that their trust policies name. */
  readonly roles: Readonly<Record<string, string>>;
  /** The environment of who has assumed a role. */
  readonly cloudVariables: (role: string) => Readonly<Record<string, string>>;
  /** What every process on the machine gets. */
  readonly machineVariables: Readonly<Record<string, string>>;
  readonly apiUrl: string;
  /** The token of a job, by the rights of the job: the doubles take only the one that suffices. */
  readonly tokenFor: (permissions: Readonly<Record<string, string>>) => string;
  /** Where jobs, artefacts and caches are. */
  readonly folder: string;
  /** Between a job and those that need it, to damage what it left. */
  readonly afterJob?: ((key: string, artifacts: string) => void) | undefined;
}
