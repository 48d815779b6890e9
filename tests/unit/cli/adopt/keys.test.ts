// Keys of what is adopted: readable, allowed, unique, and the same in every run.
import fc from "fast-check";
import { keysFor } from "../../../../cli/adopt/keys";
import { keyRule } from "../../../../declarations/textRules";

const keys = (names: readonly [string, string][], ...taken: string[]): readonly (string | undefined)[] => {
  const objects = names.map(([id, name]) => ({ id, name }));
  const found = keysFor(objects, "client", (key) => taken.includes(key));
  return objects.map(({ id }) => found.get(id));
};

it.each([
  ["Nightly Report", "nightly-report"],
  ["  CRM / Connector (v2.1) ", "crm-connector-v2.1"],
  ["Rolle für Köln", "rolle-fur-koln"],
  ["snake_case", "snake_case"],
  ["--x--", "x"],
  ["報告", "client-c1aaaaaa"],
  ["", "client-c1aaaaaa"],
  ["n".repeat(80), "n".repeat(64)],
  ["constructor", "constructor-c1aa"],
])("%j becomes %s", (name, key) => {
  expect(keys([["c1aa-aaaa-bbbb", name]])).toEqual([key]);
});

it("two of one name both get a part of their id, as much as it takes", () => {
  expect(
    keys([
      ["c1aa0001-x", "Sync"],
      ["c1bb0002-x", "sync"],
    ]),
  ).toEqual(["sync-c1aa", "sync-c1bb"]);
  expect(
    keys([
      ["c1aa0001-x", "Sync"],
      ["c1aa0002-x", "Sync"],
    ]),
  ).toEqual(["sync-c1aa0001", "sync-c1aa0002"]);
});

it("a taken key is avoided, and what is long is cut for the id", () => {
  expect(keys([["c1aa0001-x", "Sync"]], "sync", "sync-c1aa")).toEqual(["sync-c1aa0001"]);
  expect(keys([["c1aa0001-x", "n".repeat(64)]], "n".repeat(64))).toEqual([`${"n".repeat(59)}-c1aa`]);
});

it("are allowed, unique, free, and independent of the order, whatever the names", () => {
  const name = fc.oneof(
    fc.constantFrom("Sync", "sync", "SYNC!", "prototype", "_", "a".repeat(70), `${"a".repeat(64)}b`),
    fc.string({ unit: "grapheme", maxLength: 80 }),
  );
  const objects = fc.uniqueArray(fc.record({ id: fc.uuid(), name }), {
    selector: ({ id }) => id,
    maxLength: 12,
  });
  fc.assert(
    fc.property(objects, fc.array(fc.constantFrom("sync", "client-1", "a")), (some, taken) => {
      const isTaken = (key: string): boolean => taken.some((one) => one === key);
      const found = keysFor(some, "client", isTaken);
      const values = [...found.values()];
      expect(new Set(values).size).toBe(some.length);
      for (const key of values) {
        expect({ key, mistake: keyRule(key), isTaken: isTaken(key) }).toEqual({ key, isTaken: false });
      }
      const turned = keysFor([...some].reverse(), "client", isTaken);
      expect(Object.fromEntries(turned)).toEqual(Object.fromEntries(found));
    }),
  );
});
