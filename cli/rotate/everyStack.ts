// `rotate --due` in every stack of the project: in ring order, and what fails in one stack stops no other.
import { messageOf } from "../../common/known";
import { UsageError } from "../terminal/cliError";
import { type ExitCode, exitCodeOf } from "../terminal/exitCode";
import { declarationsInFile } from "../stackFile/stackDeclarations";
import { StackFile } from "../stackFile/stackFile";
import { type AskPulumi } from "../terminal/pulumiProcess";
import { type Surroundings } from "../terminal/surroundings";
import { type RotateOptions } from "./rotateOptions";
import { type DeclaredStack, rotateStack, type StackRotation } from "./stackRotation";

/** A stack of which it is not known what is due, or in which what is due could not be raised; nothing was written into its file. */
export interface FailedStack {
  readonly stack: string;
  readonly fileName: string;
  /** The whole message, as a command for this stack alone would print it. */
  readonly error: string;
  readonly exitCode: ExitCode;
  /** What could not be done with it: nobody looks for a mistake in the settings of a file that could not be written. */
  readonly failed: "read" | "rotated";
}

/** What became of one stack. */
export type StackOutcome = StackRotation | FailedStack;

export function isFailed(stack: StackOutcome | DeclaredStack): stack is FailedStack {
  return "error" in stack;
}

/** In ring order; stacks of no ring by name. @throws UsageError where the project has no stack file; as {@link StackFile.all}. */
export async function rotateEveryStack(
  options: RotateOptions,
  surroundings: Pick<Surroundings, "folder" | "environment" | "clock" | "output">,
  pulumi: AskPulumi,
): Promise<readonly StackOutcome[]> {
  const files = StackFile.all(surroundings.folder);
  if (files.length === 0) {
    throw new UsageError(
      "Rotating in every stack: the project has no stack file; run this in its folder, or correct stackConfigDir of Pulumi.yaml.",
    );
  }
  const read = files.map((file) => readStack(file, surroundings));
  const outcomes: StackOutcome[] = [];
  for (const one of inRingOrder(read)) {
    outcomes.push(isFailed(one) ? one : await rotated(one, read, options, surroundings, pulumi));
  }
  return outcomes;
}

type ReadStack = DeclaredStack | FailedStack;

function nameOf(stack: ReadStack): string {
  return isFailed(stack) ? stack.stack : stack.file.stack;
}

function readStack(file: StackFile, { environment }: Pick<Surroundings, "environment">): ReadStack {
  try {
    return { file, declarations: declarationsInFile(file.read(environment), file.stack) };
  } catch (error) {
    return failure(file, "read", error);
  }
}

function failure({ stack, fileName }: StackFile, failed: FailedStack["failed"], error: unknown): FailedStack {
  return {
    stack,
    fileName,
    error: error instanceof Error ? error.message : messageOf(error),
    exitCode: exitCodeOf(error),
    failed,
  };
}

async function rotated(
  stack: DeclaredStack,
  all: readonly ReadStack[],
  options: RotateOptions,
  surroundings: Parameters<typeof rotateStack>[3],
  pulumi: AskPulumi,
): Promise<StackOutcome> {
  const unread = unreadBefore(stack, all);
  try {
    return await rotateStack(
      { ...stack, ...(unread === undefined ? {} : { waitsForUnread: unread }) },
      [],
      options,
      surroundings,
      pulumi,
    );
  } catch (error) {
    return failure(stack.file, "rotated", error);
  }
}

/** The stacks that go before this one, nearest first; those of a circle once. */
function stacksBefore(stack: ReadStack, all: readonly ReadStack[]): readonly ReadStack[] {
  const before: ReadStack[] = [];
  let next = stackBefore(stack, all);
  while (next !== undefined && next !== stack && !before.includes(next)) {
    before.push(next);
    next = stackBefore(next, all);
  }
  return before;
}

function stackBefore(stack: ReadStack, all: readonly ReadStack[]): ReadStack | undefined {
  const name = isFailed(stack) ? undefined : stack.declarations.after?.stack;
  return all.find((one) => nameOf(one) === name);
}

function unreadBefore(stack: ReadStack, all: readonly ReadStack[]): string | undefined {
  const unread = stacksBefore(stack, all).find(isFailed);
  return unread?.stack;
}

function inRingOrder(all: readonly ReadStack[]): readonly ReadStack[] {
  return [...new Set(all.flatMap((one) => [...[...stacksBefore(one, all)].reverse(), one]))];
}
