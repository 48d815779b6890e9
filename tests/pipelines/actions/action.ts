// What a double of an action gets of its job, and gives back.
import { type Platform, type Trigger } from "../pipeline";

/** What an action sees of its job, and may change. */
export interface ActionCall {
  /** As the step says it; a setting that the double does not know is an error. */
  readonly given: Readonly<Record<string, string>>;
  readonly platform: Platform;
  readonly trigger: Trigger;
  readonly environmentName: string | undefined;
  readonly permissions: Readonly<Record<string, string>>;
  readonly workspace: string;
  /** The folder of the run's artefacts. */
  readonly artifacts: string;
  readonly home: string;
  /** Variables of the later steps. */
  readonly exported: Record<string, string>;
  /** Run when the job ends well, as an action's own last step. */
  readonly atEnd: (() => void)[];
  /** One more line of the log. */
  readonly say: (line: string) => void;
}

/** Gives the outputs; throws where the action would fail. */
export type Action = (call: ActionCall) => Readonly<Record<string, string>>;
