// The sliding minute: no burst over a minute's border, and an honest time to wait.
import { SlidingMinute } from "../../../../sandbox/genesys/slidingMinute";

test("the limit holds in every window of 60 seconds, not per clock minute", () => {
  const minute = new SlidingMinute();
  expect(minute.take("a", 2, 59_000)).toBe(0);
  expect(minute.take("a", 2, 59_500)).toBe(0);
  expect(minute.take("a", 2, 60_500)).toBe(59);
  expect(minute.take("a", 2, 118_999)).toBe(1);
  expect(minute.take("a", 2, 119_000)).toBe(0);
  expect(minute.take("a", 2, 119_000)).toBe(1);
});

test("refused events do not count, keys do not share, null has no limit", () => {
  const minute = new SlidingMinute();
  expect(minute.take("a", 1, 0)).toBe(0);
  for (let now = 1; now < 60_000; now += 1000) {
    expect(minute.take("a", 1, now)).toBeGreaterThan(0);
  }
  expect(minute.take("b", 1, 1)).toBe(0);
  expect(minute.take("a", 1, 60_000)).toBe(0);
  for (let event = 0; event < 1000; event += 1) {
    expect(minute.take("c", null, 0)).toBe(0);
  }
});

test("a limit that is lowered counts what has already happened", () => {
  const minute = new SlidingMinute();
  for (const now of [0, 1000, 2000]) {
    expect(minute.take("a", 5, now)).toBe(0);
  }
  expect(minute.take("a", 2, 3000)).toBe(58);
});
