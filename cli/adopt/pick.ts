// The choice on a terminal: a numbered list of what can be taken over, and the numbers that a person types.
import { oneLine } from "../../common/oneLine";
import { UsageError } from "../terminal/cliError";
import { type Surroundings } from "../terminal/surroundings";
import { choiceOf, type Choice } from "./choose";
import { type Adopted } from "./adoptedEntries";
import { type AdoptionPlan } from "./plan";
import { skippedLine } from "./report";

/** Longest name in the list. */
const longestName = 80;

const rangePattern = /^(\d{1,6})(?:-(\d{1,6}))?$/;

/**
 * Shows what a plan for everything would take over, and asks which of it is meant; nothing when the answer is empty.
 * @throws UsageError when the answer is neither numbers nor `all`.
 */
export async function pick(
  { clients, roles, skipped }: AdoptionPlan,
  { output }: Pick<Surroundings, "output">,
  ask: NonNullable<Surroundings["ask"]>,
): Promise<Choice> {
  const listed = [
    ...clients.map((one) => ({ kind: "client" as const, ...one })),
    ...roles.map((one) => ({ kind: "role" as const, ...one })),
  ];
  for (const line of skipped.filter(({ isDone }) => !isDone).flatMap(skippedLine)) {
    output.note(`Cannot be taken over: ${line}`);
  }
  if (listed.length === 0) {
    return choiceOf([], new Set());
  }
  const width = String(listed.length).length;
  listed.forEach((one, index) => {
    output.note(`${String(index + 1).padStart(width)}  ${lineOf(one)}`);
  });
  const answer = (await ask("Numbers and ranges, as 1,3-5, or all; nothing for none: ")) ?? "";
  const chosen = numbersIn(answer, listed.length).flatMap((number) => listed[number - 1] ?? []);
  return choiceOf(
    chosen.map((one) => ({ ...one, isDeleted: false })),
    new Set(chosen.map(({ id }) => id)),
  );
}

function lineOf({ kind, id, name }: Adopted & { readonly kind: string }): string {
  return `${kind.padEnd("client".length)}  ${oneLine(name, longestName)}  (${id})`;
}

/** The numbers that an answer means, each once, in order. @throws UsageError */
export function numbersIn(answer: string, highest: number): readonly number[] {
  const text = answer.trim().toLowerCase();
  if (text === "all") {
    return Array.from({ length: highest }, (_, index) => index + 1);
  }
  const numbers = new Set<number>();
  const parts = text.replace(/\s*-\s*/g, "-").split(/[\s,;]+/);
  for (const part of parts.filter((one) => one !== "")) {
    const [, first = "", last = first] = rangePattern.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === "" || from < 1 || to > highest || from > to) {
      throw new UsageError(
        `Choosing what to adopt: "${oneLine(part, longestName)}" is neither a number nor a range from 1 to ${highest}, nor all. Nothing was written.`,
      );
    }
    for (let number = from; number <= to; number++) {
      numbers.add(number);
    }
  }
  return [...numbers].sort((one, other) => one - other);
}
