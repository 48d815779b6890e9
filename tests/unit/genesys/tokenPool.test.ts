// The pool of tokens: when it opens another one, which token a request takes, and what a refusal does to it and to the others.
import { createPoolWorld, type PoolWorld } from "./poolWorld";

const minuteMs = 60_000;
const msPerSecond = 1000;
const done = ["done"];

let world: PoolWorld;
beforeEach(() => {
  world = createPoolWorld();
});

describe("tokens are opened when there is no other room", () => {
  it("one token is enough for a small run, whatever the size of the pool", async () => {
    await world.sendMany(world.connect({ tokenPoolSize: 5 }), 280);
    expect(world.genesys.mintsAtMs).toHaveLength(1);
  });

  it("600 requests at once take three tokens of five, and none waits or is refused", async () => {
    const { ended, tookMs } = await world.sendMany(world.connect({ tokenPoolSize: 5 }), 600);
    expect(ended).toEqual(done);
    expect(tookMs).toBeLessThan(msPerSecond);
    expect(world.genesys.tokens()).toHaveLength(3);
    expect(world.genesys.count("429")).toBe(0);
    expect(world.notices).toEqual([]);
  });

  it("one at a time, and never more than the pool holds", async () => {
    const { ended, tookMs } = await world.sendMany(
      world.connect({ tokenPoolSize: 4, requestsPerMinute: 10 }),
      65,
    );
    expect(ended).toEqual(done);
    expect(world.genesys.mintsAtMs).toHaveLength(4);
    expect(world.genesys.mostMintsAtOnce).toBe(1);
    expect(tookMs).toBeGreaterThanOrEqual(minuteMs);
    expect(tookMs).toBeLessThan(minuteMs + msPerSecond);
  });
});

describe("a further token that Genesys does not give", () => {
  it.each(["limit", "unreachable"] as const)(
    "fails no request (%s); it is asked for again a minute later",
    async (fate) => {
      world.genesys.mintFates = ["fine", fate];
      const beganAtMs = world.clock.now();
      const { ended } = await world.sendMany(world.connect({ tokenPoolSize: 2, requestsPerMinute: 10 }), 45);
      expect(ended).toEqual(done);
      const minutes = world.genesys.mintsAtMs.map((atMs) => Math.floor((atMs - beganAtMs) / minuteMs));
      expect(minutes).toEqual([0, 0, 1]);
      expect(world.genesys.tokens()).toHaveLength(2);
    },
  );

  it("for good: the one that is there carries everything", async () => {
    world.genesys.mintFates = ["fine", ...Array.from({ length: 100 }, () => "limit" as const)];
    const { ended } = await world.sendMany(world.connect({ tokenPoolSize: 5, requestsPerMinute: 10 }), 45);
    expect(ended).toEqual(done);
    expect(world.genesys.mintsAtMs.length).toBeLessThanOrEqual(6);
  });

  it("is a failure for all where it is the only one, after the attempts of one", async () => {
    world.genesys.mintFates = Array.from({ length: 100 }, () => "unreachable" as const);
    const { ended } = await world.sendMany(world.connect({ tokenPoolSize: 5 }), 50);
    expect(ended).toEqual([expect.stringMatching(/ECONNREFUSED/)]);
    expect(world.genesys.mintsAtMs).toHaveLength(4);
  });
});

describe("a deployer's pair that Genesys refuses", () => {
  const refusals = Array.from({ length: 100 }, () => "refused" as const);
  const words = [expect.stringMatching(/refused the client credentials: 401 invalid_client/)];

  it("fails all requests by one question, and none waits", async () => {
    world.genesys.mintFates = refusals;
    const { ended, tookMs } = await world.sendMany(world.connect({ tokenPoolSize: 5 }), 50);
    expect(ended).toEqual(words);
    expect(world.genesys.mintsAtMs).toHaveLength(1);
    expect(tookMs).toBeLessThan(msPerSecond);
    expect(world.notices).toEqual([]);
  });

  it("later on, when no token works any more, fails all of them too, without a wait", async () => {
    const client = world.connect({ tokenPoolSize: 3, requestsPerMinute: 10 });
    await world.sendMany(client, 30);
    world.clock.advance(minuteMs);
    world.genesys.killTokens();
    world.genesys.mintFates = refusals;
    world.genesys.mintsAtMs.length = 0;
    const { ended, tookMs } = await world.sendMany(client, 5);
    expect(ended).toEqual(words);
    expect(world.genesys.mintsAtMs).toHaveLength(2); // one in place of the first token, one when all were gone
    expect(tookMs).toBeLessThan(msPerSecond);
  });
});

describe("429", () => {
  it("pauses its token alone; the others go on", async () => {
    const client = world.connect({ tokenPoolSize: 3, requestsPerMinute: 10 });
    await world.sendMany(client, 30);
    world.clock.advance(minuteMs);
    world.genesys.fates = [90];
    world.genesys.arrivals.length = 0;
    await world.sendMany(client, 60);
    const [refused] = world.genesys.arrivals;
    const others = world.genesys.arrivals.filter(({ token }) => token !== refused!.token);
    const sameLater = world.genesys.arrivals.filter(
      ({ token, atMs }) => token === refused!.token && atMs >= refused!.answeredAtMs,
    );
    expect(Math.min(...sameLater.map(({ atMs }) => atMs))).toBeGreaterThanOrEqual(
      refused!.answeredAtMs + 90 * msPerSecond,
    );
    expect(
      others.some(({ atMs }) => atMs > refused!.answeredAtMs && atMs < refused!.answeredAtMs + 90_000),
    ).toBe(true);
  });

  it("of the first token: another one is opened for the others, while the refused request obeys its wait", async () => {
    world.genesys.fates = [90];
    const client = world.connect({ tokenPoolSize: 2 });
    const refused = world.sendMany(client, 1);
    await world.clock.sleep(msPerSecond);
    expect((await world.sendMany(client, 20)).tookMs).toBeLessThan(msPerSecond);
    expect((await refused).tookMs).toBeGreaterThanOrEqual(90 * msPerSecond);
    expect(world.genesys.tokens()).toHaveLength(2);
  });

  it("to many at once is told once", async () => {
    world.genesys.fates = Array.from({ length: 20 }, () => 42);
    expect((await world.sendMany(world.connect(), 20)).ended).toEqual(done);
    expect(world.notices).toEqual([
      expect.stringMatching(/^Waiting 42 s before trying again: PUT .* was answered 429/),
    ]);
  });

  it("to a consumer's own token pauses nobody", async () => {
    world.genesys.fates = ["fine", 90];
    const client = world.connect();
    await world.sendMany(client, 1);
    const own = client.command({ method: "GET", path: "/api/v2/tokens/me", accessToken: "canary-own" });
    await world.clock.sleep(msPerSecond);
    expect((await world.sendMany(client, 20)).tookMs).toBeLessThan(msPerSecond);
    await own;
  });

  it("of a Genesys that counts by client is no hammer: all come through, and few are refused", async () => {
    world.genesys.countsByClient = true;
    const { ended, tookMs } = await world.sendMany(world.connect({ tokenPoolSize: 5 }), 1500);
    expect(ended).toEqual(done);
    // 300 a minute is all that there is: the pool costs refusals, but little time.
    expect(tookMs).toBeLessThan(8 * minuteMs);
    expect(world.genesys.count("429")).toBeLessThan(1500);
    expect(world.genesys.mintsAtMs.length).toBeLessThanOrEqual(3);
    const mostToOne = Math.max(
      ...world.genesys.arrivals.map(
        ({ path }) => world.genesys.arrivals.filter((one) => one.path === path).length,
      ),
    );
    expect(mostToOne).toBeLessThanOrEqual(5);
  });
});

describe("401", () => {
  it("renews only its token", async () => {
    const client = world.connect({ tokenPoolSize: 2, requestsPerMinute: 10 });
    await world.sendMany(client, 20);
    const [first, second] = world.genesys.tokens();
    world.clock.advance(minuteMs);
    world.genesys.fates = ["401"];
    world.genesys.arrivals.length = 0;
    const { ended } = await world.sendMany(client, 18);
    expect(ended).toEqual(done);
    expect(world.genesys.mintsAtMs).toHaveLength(3);
    expect(world.genesys.tokens()).toEqual(expect.arrayContaining([first, second, "canary-token-3"]));
  });

  it("of every token that there is: the requests are done by new ones", async () => {
    const client = world.connect({ tokenPoolSize: 3, requestsPerMinute: 10 });
    await world.sendMany(client, 30);
    world.clock.advance(minuteMs);
    world.genesys.killTokens();
    expect((await world.sendMany(client, 30)).ended).toEqual(done);
    expect(world.genesys.mintsAtMs).toHaveLength(6);
    expect(world.genesys.mostMintsAtOnce).toBe(1);
  });

  it("to many at once renews their token once", async () => {
    const client = world.connect({ tokenPoolSize: 5 });
    await world.sendMany(client, 1);
    world.genesys.killTokens();
    expect((await world.sendMany(client, 100)).ended).toEqual(done);
    expect(world.genesys.mintsAtMs).toHaveLength(2);
  });

  it("that comes late does not end the token that was minted meanwhile", async () => {
    const client = world.connect({ tokenPoolSize: 5 });
    await world.sendMany(client, 1);
    world.genesys.killTokens();
    world.genesys.latencyMs = 5 * msPerSecond;
    const late = world.sendMany(client, 1);
    await world.clock.sleep(1);
    world.genesys.latencyMs = 1;
    await world.sendMany(client, 1);
    await Promise.all([late, world.sendMany(client, 1)]);
    expect(world.genesys.mintsAtMs).toHaveLength(2);
  });

  it("again, by a token that was minted for it, is reported after two requests", async () => {
    world.genesys.fates = ["401", "401"];
    const { ended } = await world.sendMany(world.connect({ tokenPoolSize: 5 }), 1);
    expect(ended).toEqual([expect.stringMatching(/was answered 401/)]);
    expect([world.genesys.arrivals.length, world.genesys.mintsAtMs.length]).toEqual([2, 2]);
  });
});
