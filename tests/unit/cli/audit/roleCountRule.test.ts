// What numbers of roles explain: a client is passed over only where its number can mean nothing else.
import { explainedGrants, ruleOf } from "../../../../cli/audit/read/roleCountRule";

const pair = (roleId: string, divisionId = "home") => ({ roleId, divisionId });
const own = [pair("r1"), pair("r2"), pair("r2", "sales")];
const sampleOf = (...held: (readonly ReturnType<typeof pair>[])[]) => ({
  sample: held.map((_grants, index) => ({ id: `c${index}`, roleDivisions: own })),
  held: new Map(held.map((grants, index) => [`c${index}`, grants])),
});
const counts = (...numbers: number[]) => new Map(numbers.map((count, index) => [`c${index}`, count]));

describe.each([
  ["roles", 2],
  ["grants", 3],
] as const)("grants that are the settings, counted by %s", (measure, count) => {
  const { sample, held } = sampleOf(own, own);
  const rule = ruleOf(sample, held, counts(count, count));

  it("are one store", () => {
    expect(rule).toEqual({ measures: [measure], isOneStore: true });
  });

  it("explain that number, and no other", () => {
    expect(explainedGrants(rule!, own, count)).toBe(own);
    expect(explainedGrants(rule!, own, count + 1)).toBeUndefined();
    expect(explainedGrants(rule!, own, 0)).toBeUndefined();
    expect(explainedGrants(rule!, own, undefined)).toBeUndefined();
  });
});

it("grants that are a second store explain none, and nothing else", () => {
  const { sample, held } = sampleOf([], []);
  const rule = ruleOf(sample, held, counts(0, 0));
  expect(rule).toEqual({ measures: ["roles", "grants"], isOneStore: false });
  expect(explainedGrants(rule!, own, 0)).toEqual([]);
  expect(explainedGrants(rule!, own, 2)).toBeUndefined();
  expect(explainedGrants(rule!, own, 3)).toBeUndefined();
});

it("a client of the sample that was given something by hand only says what is counted", () => {
  const { sample, held } = sampleOf([pair("admin"), pair("admin", "sales")], []);
  expect(ruleOf(sample, held, counts(1, 0))).toEqual({ measures: ["roles"], isOneStore: false });
  expect(ruleOf(sample, held, counts(2, 0))).toEqual({ measures: ["grants"], isOneStore: false });
});

it("a client of the sample that was not asked is no client without grants", () => {
  const { sample, held } = sampleOf([], []);
  held.delete("c1");
  expect(ruleOf(sample, held, counts(0, 0))).toBeUndefined();
});

it.each<[string, ReturnType<typeof sampleOf>, ReadonlyMap<string, number>]>([
  ["numbers that are not told", sampleOf(own), counts()],
  ["numbers that are something else", sampleOf(own, own), counts(2, 7)],
  ["a sample of both kinds", sampleOf(own, []), counts(2, 0)],
  ["a sample that was given something by hand, all of it", sampleOf([pair("admin")]), counts(1)],
  ["no sample", sampleOf(), counts()],
])("%s are no rule", (_what, { sample, held }, told) => {
  expect(ruleOf(sample, held, told)).toBeUndefined();
});
