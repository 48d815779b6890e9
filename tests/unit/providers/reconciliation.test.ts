// Exactly one object for each creation, however late the organisation lists what it made.
import { GenesysApiError } from "../../../genesys/errors";
import { createExactlyOnce, type Creation } from "../../../providers/live/reconciliation";
import { FakeClock } from "../../fakeClock";

interface Made {
  readonly id: string;
  readonly madeAtMs: number;
}

/** What becomes of each POST, in order: `lost` took effect and its answer did not arrive, `failed` took none. */
type Fate = "lost" | "failed" | "refused" | "made";

class Organization implements Creation<Made> {
  readonly live: Made[] = [];
  orphans: Made[] = [];
  posts = 0;

  constructor(
    private readonly clock: FakeClock,
    private readonly fates: readonly Fate[],
    private readonly listedAfterMs: number,
  ) {}

  create(): Promise<Made> {
    const fate = this.fates[this.posts] ?? "made";
    this.posts += 1;
    const object = { id: `object-${this.posts}`, madeAtMs: this.clock.now() };
    if (fate === "lost" || fate === "made") {
      this.live.push(object);
    }
    const status = fate === "refused" ? 409 : 504;
    return fate === "made" ? Promise.resolve(object) : Promise.reject(apiError(status));
  }

  findCreated(): Promise<Made[]> {
    return Promise.resolve(
      this.live.filter(({ madeAtMs }) => madeAtMs + this.listedAfterMs <= this.clock.now()),
    );
  }

  findOrphans(): Promise<Made[]> {
    this.live.push(...this.orphans);
    return Promise.resolve(this.orphans);
  }

  adopt(found: Made): Promise<Made> {
    return Promise.resolve(found);
  }

  remove(found: Made): Promise<void> {
    this.live.splice(this.live.indexOf(found), 1);
    return Promise.resolve();
  }
}

function apiError(status: number): GenesysApiError {
  const details = { method: "POST", path: "/x", apiCode: "", apiMessage: "", correlationId: undefined };
  return new GenesysApiError({ ...details, status, retryAfterSeconds: undefined });
}

const secondMs = 1000;

it.each<[string, Fate[], number, number]>([
  ["made at once", ["made"], 0, 1],
  ["lost, listed at once", ["lost"], 0, 1],
  ["lost, listed after 10 s", ["lost"], 10 * secondMs, 1],
  ["failed without effect", ["failed", "made"], 0, 2],
  ["lost, listed only after the second one was made", ["lost", "made"], 60 * secondMs, 2],
  ["lost twice, the second listed later than the first", ["lost", "lost"], 20 * secondMs, 2],
  ["lost twice, both listed only after the third was made", ["lost", "lost", "made"], 250 * secondMs, 3],
  ["lost, listed late, its name refused to the second attempt", ["lost", "refused"], 20 * secondMs, 2],
])("%s: one object lives, the one that is returned", async (_name, fates, listedAfterMs, posts) => {
  const clock = new FakeClock();
  const organization = new Organization(clock, fates, listedAfterMs);
  const { object } = await createExactlyOnce(clock, organization);
  expect(organization.live.map(({ id }) => id)).toEqual([object.id]);
  expect(organization.posts).toBe(posts);
});

it("several that an interrupted run left behind are reduced to one, and nothing is created", async () => {
  const clock = new FakeClock();
  const organization = new Organization(clock, [], 0);
  organization.orphans = ["a", "b", "c"].map((id) => ({ id, madeAtMs: 0 }));
  const { object, isAdopted } = await createExactlyOnce(clock, organization);
  expect({ isAdopted, posts: organization.posts }).toEqual({ isAdopted: true, posts: 0 });
  expect(organization.live).toEqual([object]);
});

it("a refusal is told as it is, after one attempt", async () => {
  const clock = new FakeClock();
  const organization = new Organization(clock, ["refused"], 0);
  await expect(createExactlyOnce(clock, organization)).rejects.toThrow(/409/);
  expect(organization.posts).toBe(1);
});

it("gives up after three attempts without a trace", async () => {
  const clock = new FakeClock();
  const organization = new Organization(clock, ["failed", "failed", "failed", "made"], 0);
  await expect(createExactlyOnce(clock, organization)).rejects.toThrow(/504/);
  expect(organization.live).toEqual([]);
});
