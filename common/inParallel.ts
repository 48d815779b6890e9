// Several questions at a time: the request budget keeps the pace, this only hides the way there and back.

/** Requests under way at a time. */
const concurrency = 8;

/** What became of each item, in the order of the items. @param ask Must not reject. */
export async function inParallel<T, U>(items: readonly T[], ask: (item: T) => Promise<U>): Promise<U[]> {
  const answers: U[] = [];
  const queue = items.entries(); // shared: each worker takes the next one
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      answers[index] = await ask(item);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return answers;
}
