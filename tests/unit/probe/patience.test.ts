// Waiting is bounded: for one question, and for all of them together.
import { howSoon, Patience } from "../../../probe/patience";
import { Interrupted, NotSettled } from "../../../probe/settling";
import { FakeClock } from "../../fakeClock";

const questionMs = 15_000;
const runMs = 120_000;
const never = (): Promise<undefined> => Promise.resolve(undefined);
const { signal } = new AbortController();

it("what is there at once costs no time", async () => {
  const clock = new FakeClock();
  expect(howSoon(await new Patience(clock, signal).until(() => Promise.resolve("there")))).toBe("at once");
  expect(clock.sleptMs).toEqual([]);
});

it("what comes is told with the seconds that it took", async () => {
  const clock = new FakeClock();
  const comesAtMs = clock.now() + 2500;
  const known = await new Patience(clock, signal).until(() =>
    Promise.resolve(clock.now() >= comesAtMs ? "there" : undefined),
  );
  expect(howSoon(known)).toBe("within 3 s");
});

it("no question waits longer than its time, and all of them not longer than two minutes", async () => {
  const clock = new FakeClock();
  const patience = new Patience(clock, signal);
  const startMs = clock.now();
  expect(howSoon(await patience.until(never))).toBe("not while the probe waited");
  expect(clock.now() - startMs).toBe(questionMs);
  for (let question = 2; question <= runMs / questionMs; question++) {
    await patience.until(never);
  }
  expect(clock.now() - startMs).toBe(runMs);
  await expect(patience.until(never)).rejects.toThrow(NotSettled);
  expect(howSoon(await patience.until(() => Promise.resolve("there")))).toBe("at once");
  expect(clock.now() - startMs).toBe(runMs);
});

it("an interruption ends the wait", async () => {
  const interruption = new AbortController();
  const clock = {
    now: () => 0,
    sleep: (): Promise<void> => {
      interruption.abort();
      return Promise.reject(new Error("the wait was aborted"));
    },
  };
  await expect(new Patience(clock, interruption.signal).until(never)).rejects.toThrow(Interrupted);
});
