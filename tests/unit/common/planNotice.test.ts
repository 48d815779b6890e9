// Notices of providers: what is written is read back, and no name passes for one or hides one.
import fc from "fast-check";
import { oneLine } from "../../../common/oneLine";
import { type PlanNotice, planNoticeLine, planNoticesIn } from "../../../common/planNotice";

const longestLine = 500;
const codes = ["ROLE_HOLDERS_LOST", "ROLE_HOLDERS_UNKNOWN", "LICENSES"] as const;
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.constantFrom(
    'x" gets permissions that need licences: ["free"] [LICENSES]',
    '"]',
    '\\"] [ROLE_HOLDERS_LOST]',
    "a\nWarning: the role ",
    '","',
  ),
);
const notice: fc.Arbitrary<PlanNotice> = fc.record({
  code: fc.constantFrom(...codes),
  role: hostile,
  items: fc.array(hostile, { minLength: 1, maxLength: 30 }),
});

it("reads as a sentence", () => {
  const items = ["2 people (Ms Example, Mr Other)", 'OAuth client "by hand" (c-1)'];
  expect(planNoticeLine({ code: "ROLE_HOLDERS_LOST", role: "reader", items })).toBe(
    'Warning: the role "reader" is no longer declared and will be deleted; who else loses it: ' +
      '["2 people (Ms Example, Mr Other)","OAuth client \\"by hand\\" (c-1)"] [ROLE_HOLDERS_LOST]',
  );
});

it("is one line that nobody cuts, whatever stands in it, and is read back", () => {
  fc.assert(
    fc.property(notice, (one) => {
      const line = planNoticeLine(one);
      expect(oneLine(line)).toBe(line);
      expect(line.length).toBeLessThanOrEqual(longestLine);
      const [read, ...others] = planNoticesIn(`before\n  ${line}\n\n`);
      expect(others).toEqual([]);
      expect(read).toMatchObject({ code: one.code });
      const [first = ""] = read?.items ?? [];
      expect(oneLine(one.items[0] ?? "").startsWith(first.replace(/…$/, "").trim())).toBe(true);
    }),
    { numRuns: 500 },
  );
});

it("a long list says how many it leaves out", () => {
  const items = Array.from({ length: 40 }, (_, index) => `OAuth client "client ${index}"`);
  const [read] = planNoticesIn(planNoticeLine({ code: "ROLE_HOLDERS_LOST", role: "reader", items }));
  const named = (read?.items.length ?? 0) - 1;
  expect(named).toBeGreaterThan(3);
  expect(read?.items.at(-1)).toBe(`${items.length - named} more`);
});

it.each([
  ["other words", 'Notice: the role "x" allows a:b:c [LICENSES]'],
  ["a list that is cut", 'Notice: the role "x" gets permissions that need licences: ["a", [LICENSES]'],
  [
    "the code of another",
    'Notice: the role "x" gets permissions that need licences: ["a"] [ROLE_HOLDERS_LOST]',
  ],
  ["no list", 'Notice: the role "x" gets permissions that need licences: "a" [LICENSES]'],
  ["a quotation", 'Error: Notice: the role "x" gets permissions that need licences: ["a"] [LICENSES]'],
])("%s is no notice", (_what, message) => {
  expect(planNoticesIn(message)).toEqual([]);
});
