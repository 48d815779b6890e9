// Schedules for every instant and interval: nothing is due that nobody knows the age of, and what counts first decides alone.
import fc from "fast-check";
import { publishedAt, rotationSince } from "../../cli/world/rotationSince";
import { dueAt, isAgeUnknown, isDue } from "../../declarations/rotation/schedule";
import { type RecordedPublication } from "../../evidence/folder";

const earliestMs = Date.UTC(2020, 0, 1);
const latestMs = Date.UTC(2030, 0, 1);
const instantMs = fc
  .integer({ min: earliestMs / 1000, max: latestMs / 1000 })
  .map((seconds) => seconds * 1000);
const textOf = (ms: number): string => new Date(ms).toISOString().replace(".000Z", "Z");
const instant = instantMs.map(textOf);
const every = fc.constantFrom("PT1H", "P1D", "P30D", "P90D", "P3M", "P1Y");
const maybe = fc.option(instant, { nil: undefined });

test("due is what has passed its date, from then on, and never what nobody knows the age of", () => {
  fc.assert(
    fc.property(
      every,
      maybe,
      instantMs,
      fc.nat(latestMs - earliestMs),
      (interval, rotatedAt, nowMs, later) => {
        const schedule = { every: interval, ...(rotatedAt === undefined ? {} : { rotatedAt }) };
        expect(isAgeUnknown(schedule)).toBe(rotatedAt === undefined);
        const due = dueAt(schedule);
        expect(isDue(schedule, nowMs)).toBe(due !== undefined && Date.parse(due) <= nowMs);
        expect(isDue(schedule, nowMs) && !isDue(schedule, nowMs + later)).toBe(false);
        expect(rotatedAt !== undefined && isDue(schedule, Date.parse(rotatedAt))).toBe(false); // a minute after it is made
        expect(isDue({ ...schedule, rotatedAt: textOf(nowMs) }, nowMs)).toBe(false); // one rotation, however late
      },
    ),
  );
});

test("the stack file counts before the evidence, that before the making of the client; nothing is made up", () => {
  fc.assert(
    fc.property(maybe, maybe, maybe, maybe, (rotatedAt, published, live, recorded) => {
      const rotation = { generation: 0, ...(rotatedAt === undefined ? {} : { rotatedAt }) };
      const credential = { key: "report", rotation } as Parameters<typeof rotationSince>[0];
      const current = { slot: "a", generation: 0, dateCreated: ["", live, recorded] } as const;
      expect(rotationSince(credential, { published, current })).toBe(
        rotatedAt ?? published ?? live ?? recorded,
      );
    }),
  );
});

test("of the evidence nothing counts but this credential's declared generation, whatever stands beside it and in which order", () => {
  const publication = fc.record<RecordedPublication>({
    fileName: fc.constant("x.json"),
    stack: fc.constantFrom("dev", "prod"),
    credential: fc.constantFrom("report", "other"),
    generation: fc.integer({ min: 0, max: 2 }),
    recordedAt: instant,
    publishedAt: instant,
    newClientId: fc.constantFrom("c1", "c2"),
    isRotation: fc.boolean(),
    isVerified: fc.boolean(),
  });
  const folder = fc.uniqueArray(publication, { selector: ({ recordedAt }) => recordedAt, maxLength: 12 });
  fc.assert(
    fc.property(folder, fc.integer({ min: 0, max: 2 }), (recorded, generation) => {
      const credential = { key: "report", rotation: { generation } } as Parameters<typeof publishedAt>[0];
      const since = publishedAt(credential, "dev", recorded);
      const own = recorded.filter(
        (one) => one.stack === "dev" && one.credential === "report" && one.generation === generation,
      );
      expect(since === undefined).toBe(own.length === 0);
      expect(publishedAt(credential, "dev", [...recorded].reverse())).toBe(since);
      const latest = own.reduce<RecordedPublication | undefined>(
        (left, right) => (left === undefined || left.recordedAt < right.recordedAt ? right : left),
        undefined,
      );
      const ofItsClient = own.filter(({ newClientId }) => newClientId === latest?.newClientId);
      expect(since).toBe(first(ofItsClient)?.publishedAt);
    }),
  );
});

function first(recorded: readonly RecordedPublication[]): RecordedPublication | undefined {
  return [...recorded].sort((left, right) => (left.recordedAt < right.recordedAt ? -1 : 1))[0];
}
