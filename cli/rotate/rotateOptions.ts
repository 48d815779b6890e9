// What people write behind `rotate`, and which of it makes sense together.
import { UsageError } from "../terminal/cliError";

export interface RotateOptions {
  readonly stack?: string;
  /** Only those whose schedule says so. */
  readonly due?: boolean;
  /** Every stack file of the project, in ring order. */
  readonly allStacks?: boolean;
  /** File for what is proposed, as Markdown. */
  readonly report?: string;
  /** With `due`: those too that have a single client, whose consumers are cut off at once. */
  readonly allowGap?: boolean;
  /** Even when the last rotation is younger than the overlap that consumers need. */
  readonly force?: boolean;
  /** Replace both clients at once. */
  readonly emergency?: boolean;
  /** Folder with evidence: of the stack that goes before, and of first publications. */
  readonly evidence?: string;
  /** Say what would happen, write nothing. */
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** @throws UsageError for options that say nothing together. */
export function requireSense(names: readonly string[], options: RotateOptions): void {
  const { due, emergency, allStacks, stack, report } = options;
  const [problem] = [
    names.length === 0 &&
      due !== true &&
      "neither names nor --due are given; write the names of credentials, or --due for those whose schedule says so",
    emergency === true &&
      due === true &&
      "--emergency and --due exclude each other; name the credentials of the emergency",
    allStacks === true &&
      due !== true &&
      "--all-stacks goes with --due; name the stack of these credentials with --stack",
    allStacks === true &&
      (stack !== undefined || names.length > 0) &&
      "--all-stacks takes no names and no --stack; leave them out, or leave it out",
    report !== undefined &&
      allStacks !== true &&
      "--report goes with --due --all-stacks; add them, or leave it out",
  ].filter((one) => one !== false);
  if (problem !== undefined) {
    throw new UsageError(`Rotating: ${problem}.`);
  }
}
