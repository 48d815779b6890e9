// The request budget: never more than its number in any minute, nothing during a pause, first come first served.
import { RequestBudget } from "../../../genesys/rateLimit";
import { FakeClock } from "../../fakeClock";

const minuteMs = 60_000;

async function departures(clock: FakeClock, budget: RequestBudget, count: number): Promise<number[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      await budget.admit();
      return clock.now();
    }),
  );
}

describe("RequestBudget", () => {
  it("admits the budget at once and the rest a minute later", async () => {
    const clock = new FakeClock();
    const began = clock.now();
    const at = await departures(clock, new RequestBudget(clock, 10), 25);
    expect(at.map((ms) => ms - began)).toEqual([
      ...Array.from({ length: 10 }, () => 0),
      ...Array.from({ length: 10 }, () => minuteMs),
      ...Array.from({ length: 5 }, () => 2 * minuteMs),
    ]);
  });

  it("never admits more than the budget in any sliding minute", async () => {
    const clock = new FakeClock();
    const budget = new RequestBudget(clock, 7);
    const at: number[] = [];
    for (let i = 0; i < 60; i++) {
      clock.advance((i * 7919) % 13_000);
      await budget.admit();
      at.push(clock.now());
    }
    for (const from of at) {
      expect(at.filter((ms) => ms >= from && ms < from + minuteMs).length).toBeLessThanOrEqual(7);
    }
  });

  it("holds everybody back during a pause, also those who wait already", async () => {
    const clock = new FakeClock();
    const began = clock.now();
    const budget = new RequestBudget(clock, 100);
    budget.pause(5000);
    const waiting = departures(clock, budget, 3);
    budget.pause(9000);
    budget.pause(1000);
    expect((await waiting).map((ms) => ms - began)).toEqual([9000, 9000, 9000]);
  });
});
