// The same question about many objects: the first one alone, and none after a refusal that would meet all of them.
import { inParallel } from "../../../common/inParallel";
import { isForbidden } from "../../../genesys/errors";

/** Answers by id, and what went wrong. Never rejects. */
export async function askEach<T>(
  ids: readonly string[],
  question: (id: string) => Promise<T>,
): Promise<{ readonly answers: ReadonlyMap<string, T>; readonly failures: readonly unknown[] }> {
  const answers = new Map<string, T>();
  const failures: unknown[] = [];
  const askOne = async (id: string): Promise<void> => {
    if (failures.some(isForbidden)) {
      return;
    }
    try {
      answers.set(id, await question(id));
    } catch (error) {
      failures.push(error);
    }
  };
  const [first, ...others] = [...new Set(ids)];
  if (first !== undefined) {
    await askOne(first);
    await inParallel(others, askOne);
  }
  return { answers, failures };
}
