// Slots and schedules by example; the rules for every generation are in tests/property/rotation.test.ts.
import { dueAt, earliestSafeRotationAt, isAgeUnknown, isDue } from "../../../declarations/rotation/schedule";
import { slotsOf } from "../../../declarations/rotation/slots";

const usual = { overlap: "previous", previous: "keep", revoked: false } as const;

describe("slots", () => {
  test.each([
    [{ ...usual, generation: 0 }, ["a0 current active"]],
    [{ ...usual, generation: 1 }, ["b1 current active", "a0 former active"]],
    [{ ...usual, generation: 4 }, ["a4 current active", "b3 former active"]],
    [{ ...usual, generation: 4, overlap: "none" as const }, ["a4 current active"]],
    [{ ...usual, generation: 5, previous: "revoked" as const }, ["b5 current active", "a4 former inactive"]],
    [{ ...usual, generation: 5, revoked: true }, ["b5 current inactive", "a4 former inactive"]],
    [{ ...usual, generation: 5, revoked: true, overlap: "none" as const }, ["b5 current inactive"]],
  ])("%j", (rotation, expected) => {
    const words = slotsOf(rotation).map(
      ({ slot, generation, isCurrent, state }) =>
        `${slot}${generation} ${isCurrent ? "current" : "former"} ${state}`,
    );
    expect(words).toEqual(expected);
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 60])("generation %p is refused", (generation) => {
    expect(() => slotsOf({ ...usual, generation })).toThrow(RangeError);
  });
});

describe("when the next rotation is due", () => {
  test.each([
    ["P90D", "2026-01-31T09:00:00Z", "2026-05-01T09:00:00Z"],
    ["P1M", "2026-01-31T09:00:00Z", "2026-02-28T09:00:00Z"],
    ["P1Y", "2028-02-29T00:00:00Z", "2029-02-28T00:00:00Z"],
    ["P2W", "2026-12-25T00:00:00Z", "2027-01-08T00:00:00Z"],
    ["PT36H", "2026-03-28T12:00:00Z", "2026-03-30T00:00:00Z"],
  ])("every %s after %s", (every, rotatedAt, expected) => {
    expect(dueAt({ every, rotatedAt })).toBe(expected);
    const due = Date.parse(expected);
    expect(isDue({ every, rotatedAt }, due - 1)).toBe(false);
    expect(isDue({ every, rotatedAt }, due)).toBe(true);
    expect(isDue({ every, rotatedAt }, due * 2)).toBe(true);
  });

  test("without a schedule never; without anything to count from it is not known", () => {
    expect(dueAt({ rotatedAt: "2026-01-01T00:00:00Z" })).toBeUndefined();
    expect(isDue({ rotatedAt: "2026-01-01T00:00:00Z" }, Number.MAX_SAFE_INTEGER)).toBe(false);
    expect(dueAt({ every: "P90D" })).toBeUndefined();
    expect(isDue({ every: "P90D" }, Number.MAX_SAFE_INTEGER)).toBe(false);
    expect(
      [{ every: "P90D" }, {}, { every: "P90D", rotatedAt: "2026-01-01T00:00:00Z" }].map(isAgeUnknown),
    ).toEqual([true, false, false]);
  });

  test("a schedule that was not checked is refused", () => {
    expect(() => dueAt({ every: "90 days", rotatedAt: "2026-01-01T00:00:00Z" })).toThrow(RangeError);
  });
});

describe("when the next rotation is safe", () => {
  const rotatedAt = "2026-01-01T00:00:00Z";

  test.each([
    [300, undefined, "2026-01-03T00:00:00Z"],
    [86_400, undefined, "2026-01-03T00:00:00Z"],
    [172_800, undefined, "2026-01-03T01:00:00Z"],
    [172_800, "PT0S", "2026-01-01T00:00:00Z"],
    [300, "P7D", "2026-01-08T00:00:00Z"],
  ])("tokens of %p s, minimumOverlap %p", (validity, minimumOverlap, expected) => {
    const schedule = { rotatedAt, ...(minimumOverlap === undefined ? {} : { minimumOverlap }) };
    expect(earliestSafeRotationAt(schedule, validity)).toBe(expected);
  });

  test("no rotation is recorded: nothing can be too young", () => {
    expect(earliestSafeRotationAt({}, 300)).toBeUndefined();
  });
});
