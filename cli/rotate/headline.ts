// What `rotate --due` says first: how many are due, how many of them wait or are left out, and of what nothing is known.
import { counted } from "../terminal/counted";
import { isFailed, type StackOutcome } from "./everyStack";
import { type NotRotated } from "./obstacle";

/** One line without a full stop: `2 due, 1 more waits for staging, 1 stack could not be read`. */
export function headline(outcomes: readonly StackOutcome[]): string {
  const seen = outcomes.flatMap((one) => (isFailed(one) ? [] : [one]));
  const failed = outcomes.filter(isFailed);
  const rotated = seen.flatMap(({ rotations }) => rotations).length;
  const waiting = seen.flatMap((one) => one.waiting);
  const skipped = seen.flatMap((one) => one.skipped).length;
  const unknown = seen.flatMap((one) => one.unknown).length;
  const neverDeployed = seen.filter((one) => one.neverDeployed !== undefined).length;
  const isAllSeen = unknown + failed.length === 0;
  let isFirst = true;
  /** The first count says of what it is one. */
  const due = (count: number, words: string): readonly string[] => {
    if (count === 0) {
      return [];
    }
    const [first, more] = [`${count} due${words === "" ? "" : `, ${words}`}`, `${count} more ${words}`];
    const text = isFirst ? first : more;
    isFirst = false;
    return [text];
  };
  const known = [
    ...due(rotated, ""),
    ...due(waiting.length, waitingWords(waiting)),
    ...due(skipped, skipped === 1 ? "is skipped" : "are skipped"),
  ];
  return [
    ...(known.length > 0 ? known : [isAllSeen ? "Nothing is due" : "Nothing of what could be read is due"]),
    ...(unknown === 0 ? [] : [`${unknown} of unknown age`]),
    ...(neverDeployed === 0
      ? []
      : [`${counted(neverDeployed, "stack")} ${neverDeployed === 1 ? "was" : "were"} never deployed`]),
    ...(["read", "rotated"] as const).flatMap((what) => {
      const count = failed.filter((one) => one.failed === what).length;
      return count === 0 ? [] : [`${counted(count, "stack")} could not be ${what}`];
    }),
  ].join(", ");
}

function waitingWords(waiting: readonly NotRotated[]): string {
  const verb = waiting.length === 1 ? "waits" : "wait";
  const stacks = [...new Set(waiting.flatMap(({ waitsFor }) => waitsFor ?? []))];
  const [soonest] = waiting.flatMap(({ possibleAt }) => possibleAt ?? []).sort();
  const isForStacks = waiting.every(({ waitsFor }) => waitsFor !== undefined);
  return isForStacks
    ? `${verb} for ${stacks.join(", ")}`
    : soonest === undefined || stacks.length > 0
      ? verb
      : `${verb} until ${soonest}`;
}
