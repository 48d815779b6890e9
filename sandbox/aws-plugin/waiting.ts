// Waiting for AWS: the same question again, at growing intervals, until it is answered or time is up.
import { type ResourceContext } from "./resourceType";

/** First and longest interval between two questions, in milliseconds. */
const firstIntervalMs = 500;
const longestIntervalMs = 10_000;
const growth = 2;

/**
 * Asks until `ask` returns something other than undefined.
 * @returns that answer, or undefined when the context's time limit has passed.
 */
export async function waitFor<T>(
  { clock, signal, timeLimitMs }: Pick<ResourceContext, "clock" | "signal" | "timeLimitMs">,
  ask: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const deadline = clock.now() + timeLimitMs;
  for (let interval = firstIntervalMs; ; interval = Math.min(interval * growth, longestIntervalMs)) {
    const answer = await ask();
    const left = deadline - clock.now();
    if (answer !== undefined || left <= 0) {
      return answer;
    }
    await clock.sleep(Math.min(interval, left), signal);
  }
}

/**
 * Repeats a call while its error is one that passes.
 * @throws the error when it is another one, or still there when time is up.
 */
export async function retryWhile<T>(
  context: Pick<ResourceContext, "clock" | "signal" | "timeLimitMs">,
  passes: (error: unknown) => boolean,
  call: () => Promise<T>,
): Promise<T> {
  let last: unknown;
  const result = await waitFor(context, async () => {
    try {
      return { value: await call() };
    } catch (error) {
      if (!passes(error)) {
        throw error;
      }
      last = error;
      return undefined;
    }
  });
  if (result === undefined) {
    throw last instanceof Error ? last : new Error("time is up");
  }
  return result.value;
}
