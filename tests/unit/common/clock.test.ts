// The clock of the computer: it sleeps, and a sleep can be ended.
import { systemClock } from "../../../common/clock";

const longMs = 3_600_000;

it("resolves at once for nothing and for less than nothing", async () => {
  await expect(systemClock.sleep(0)).resolves.toBeUndefined();
  await expect(systemClock.sleep(-1)).resolves.toBeUndefined();
});

it("a sleep that is ended, or was ended before, rejects with the reason and leaves no timer", async () => {
  const ending = new AbortController();
  const sleeping = systemClock.sleep(longMs, ending.signal);
  ending.abort(new Error("enough"));
  await expect(sleeping).rejects.toThrow("enough");
  await expect(systemClock.sleep(longMs, ending.signal)).rejects.toThrow("enough");
});

it("tells the time of the computer", () => {
  const before = Date.now();
  const now = systemClock.now();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});
