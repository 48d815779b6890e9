// Several questions at a time: the request budget keeps the pace, this only hides the way there and back.

/** Requests under way at a time. */
const concurrency = 8;

/** What became of each item, in the order of the items. @param ask Must not reject. */
export async function inParallel<T, U>(items: readonly T[], ask: (item: T) => Promise<U>): Promise<U[]> {
  const answers = new Map<number, U>();
  const queue = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      answers.set(next[0], await ask(next[1]));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return [...answers].sort(([left], [right]) => left - right).map(([, answer]) => answer);
}
