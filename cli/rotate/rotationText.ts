// What `rotate` says to people on a terminal.
import { headline } from "./headline";
import { isFailed, type StackOutcome } from "./everyStack";
import { type NotRotated } from "./obstacle";
import { type RotateOptions } from "./rotateOptions";
import { describeRotation } from "./rotationPlan";
import { type StackRotation } from "./stackRotation";

/** One stack, for people. */
export function stackText(result: StackRotation, options: RotateOptions): string {
  const { rotations, fileName } = result;
  const lines = notRotatedLines(result);
  const becameOf =
    rotations.length === 0
      ? `${fileName} was not changed.`
      : options.dryRun === true
        ? `Dry run: ${fileName} was not changed.`
        : `${fileName} was changed; review the difference and merge it.`;
  return [
    ...(rotations.length === 0 ? [] : [`The next \`pulumi up\` of stack ${result.stack}:`]),
    ...rotations.map((plan) => describeRotation(plan, options.emergency === true)),
    ...(lines.length === 0 ? [] : [lines.join("\n")]),
    becameOf,
  ].join("\n\n");
}

/** Every stack, for people. */
export function everyStackText(outcomes: readonly StackOutcome[], options: RotateOptions): string {
  return [
    `${headline(outcomes)}.`,
    ...outcomes.map((one) =>
      isFailed(one)
        ? `${one.stack}: could not be ${one.failed}:\n${one.error}`
        : hasWords(one)
          ? `${one.stack}:\n${stackText(one, options)}`
          : `${one.stack}: nothing is due.`,
    ),
  ].join("\n\n");
}

/** Whether there is more to say of a stack than that nothing is due. */
export function hasWords({ rotations, waiting, skipped, unknown, neverDeployed }: StackRotation): boolean {
  return (
    rotations.length + waiting.length + skipped.length + unknown.length > 0 || neverDeployed !== undefined
  );
}

/** What is said of those that are not rotated. */
export function notRotatedWords({
  waiting,
  skipped,
  unknown,
}: StackRotation): readonly (readonly [string, NotRotated])[] {
  return [
    ...waiting.map((one) => ["waits", one] as const),
    ...skipped.map((one) => ["skipped", one] as const),
    ...unknown.map((one) => ["age unknown", one] as const),
  ];
}

function notRotatedLines(result: StackRotation): readonly string[] {
  return [
    ...notRotatedWords(result).map(([word, { credential, reason }]) => `${word}: ${credential}: ${reason}.`),
    ...(result.neverDeployed === undefined ? [] : [`never deployed: ${result.neverDeployed}.`]),
  ];
}
