// How long the tokens of the pool live, and what is said where requests wait for room.
import { createPoolWorld, type PoolWorld } from "./poolWorld";

const minuteMs = 60_000;
const msPerSecond = 1000;
const done = ["done"];

let world: PoolWorld;
beforeEach(() => {
  world = createPoolWorld();
});

describe("the life of a token", () => {
  it("is renewed before its end, also while requests wait for room", async () => {
    world.genesys.validitySeconds = 150;
    expect((await world.sendMany(world.connect({ requestsPerMinute: 10 }), 65)).ended).toEqual(done);
    expect(world.genesys.mintsAtMs.length).toBeGreaterThan(1);
  });

  it.each([0.001, 1])("a validity of %p s ends nobody in a loop", async (validitySeconds) => {
    world.genesys.validitySeconds = validitySeconds;
    expect(
      (await world.sendMany(world.connect({ tokenPoolSize: 3, requestsPerMinute: 10 }), 25)).ended,
    ).toEqual(done);
    expect(world.genesys.mintsAtMs.length).toBeLessThanOrEqual(25);
  });
});

describe("a wait for room in the request limit is told once", () => {
  it("with how long, why and what helps; and what it says helps", async () => {
    await world.sendMany(world.connect(), 900);
    expect(world.notices).toEqual([
      "Waiting 60 s for room in the request limit: 280 requests a minute for each token, 1 of 1 in use. A larger " +
        "GENESYSCLOUD_TOKEN_POOL_SIZE (at most 10) opens further tokens, each with a limit of its own. Further waits for it are not told.",
    ]);
    world.notices.length = 0;
    await world.sendMany(world.connect({ tokenPoolSize: 4 }), 900);
    expect(world.notices).toEqual([]);
  });

  it("a pool of the greatest size gets no advice", async () => {
    await world.sendMany(world.connect({ tokenPoolSize: 10, requestsPerMinute: 10 }), 130);
    expect(world.notices).toEqual([expect.stringMatching(/10 of 10 in use\. Further waits/)]);
  });

  it("a pool that cannot grow now gets none either", async () => {
    world.genesys.mintFates = ["fine", ...Array.from({ length: 100 }, () => "limit" as const)];
    await world.sendMany(world.connect({ tokenPoolSize: 5, requestsPerMinute: 10 }), 30);
    expect(world.notices).toEqual([
      expect.stringMatching(/1 of 5 in use\. No further token can be opened now\. Further/),
    ]);
  });

  it("a short one is not told", async () => {
    const client = world.connect({ requestsPerMinute: 10 });
    await world.sendMany(client, 10);
    world.clock.advance(minuteMs - 4 * msPerSecond);
    await world.sendMany(client, 3);
    expect(world.notices).toEqual([]);
  });
});
