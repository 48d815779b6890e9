// Asks all questions one after another, and says of each what came of it.
import { oneLine } from "../common/oneLine";
import { isOutage, patientOutages } from "./outage";
import type { Question } from "./question";
import type { QuestionGroup } from "./questions/all";
import { DoesNotArise, Interrupted } from "./settling";
import type { Stage } from "./stage";

export type Outcome =
  | { readonly kind: "as expected" | "different"; readonly seen: string; readonly detail: string }
  /** Settled by an earlier answer. */
  | { readonly kind: "does not arise"; readonly reason: string }
  | { readonly kind: "not settled"; readonly reason: string };

export interface Result {
  readonly group: string;
  readonly question: Question;
  readonly outcome: Outcome;
}

/** @param tell Is told of each question before it is asked. */
export async function askAll(
  stage: Stage,
  groups: readonly QuestionGroup[],
  tell: (number: number, count: number, question: Question) => void,
): Promise<Result[]> {
  const all = groups.flatMap(({ title, questions }) =>
    questions.map((question) => ({ group: title, question })),
  );
  const results: Result[] = [];
  let outages = 0;
  let given: string | undefined;
  for (const [index, { group, question }] of all.entries()) {
    if (given !== undefined) {
      results.push({ group, question, outcome: { kind: "not settled", reason: given } });
      continue;
    }
    tell(index + 1, all.length, question);
    stage.client.recorder.during = question.id;
    const { outcome, ends = false, isFailure = false } = await ask(stage, question);
    results.push({ group, question, outcome });
    outages = isFailure ? outages + 1 : 0;
    given = ends
      ? "the run was interrupted"
      : outages === patientOutages
        ? `Genesys failed for ${patientOutages} questions in a row`
        : undefined;
  }
  return results;
}

interface Asked {
  readonly outcome: Outcome;
  readonly isFailure?: boolean;
  readonly ends?: boolean;
}

async function ask(stage: Stage, question: Question): Promise<Asked> {
  try {
    const answer = await question.ask(stage);
    const { seen, detail } = typeof answer === "string" ? { seen: answer, detail: "" } : answer;
    const kind = seen === question.expected ? "as expected" : "different";
    return { outcome: { kind, seen: oneLine(seen), detail: oneLine(detail) } };
  } catch (error) {
    if (error instanceof Interrupted) {
      return { outcome: { kind: "not settled", reason: "the run was interrupted" }, ends: true };
    }
    if (error instanceof DoesNotArise) {
      return { outcome: { kind: "does not arise", reason: oneLine(error.message) } };
    }
    // A mistake of the probe itself, too, is no reason to leave behind what was made.
    const reason = oneLine(error instanceof Error ? error.message : String(error));
    return { outcome: { kind: "not settled", reason }, isFailure: isOutage(error) };
  }
}
