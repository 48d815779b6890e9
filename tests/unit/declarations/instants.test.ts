// Every spelling in which an instant or a duration arrives, and the near misses.
import { normalizeInstant, parseDuration } from "../../../declarations/instants";
import { parse } from "./declaring";

describe("instants", () => {
  test.each([
    ["2026-11-01T09:00:00Z", "2026-11-01T09:00:00Z"],
    ["2026-11-01T09:00Z", "2026-11-01T09:00:00Z"],
    ["2026-11-01t09:00:00z", "2026-11-01T09:00:00Z"],
    ["2026-11-01 09:00:00Z", "2026-11-01T09:00:00Z"],
    ["2026-11-01T09:00:00.5+01:30", "2026-11-01T07:30:00.500Z"],
    ["2026-11-01T09:00:00-0500", "2026-11-01T14:00:00Z"],
    ["2026-11-01 09:00:00 +0000 UTC", "2026-11-01T09:00:00Z"],
    ["2026-11-01 09:00:00.123456789 +0200 +0200", "2026-11-01T07:00:00.123Z"],
    ["2026-11-01 09:00:00 -0530 -0530", "2026-11-01T14:30:00Z"],
    ["2026-11-01 09:00:00 +0100 CET", "2026-11-01T08:00:00Z"],
  ])("%s", (text, expected) => {
    expect(normalizeInstant(text)).toBe(expected);
    expect(normalizeInstant(expected)).toBe(expected);
  });

  test.each([
    "",
    "2026-11-01",
    "2026-11-01T09:00:00",
    "2026-13-01T09:00:00Z",
    "2026-02-29T09:00:00Z",
    "2026-11-01T25:00:00Z",
    "2026-11-01T09:60:00Z",
    "2026-11-01T09:00:00+25:00Z",
    "2026-11-01T09:00:00Z ",
    "1793523600",
  ])("%j is none", (text) => {
    expect(normalizeInstant(text)).toBeUndefined();
  });

  test("a Date, as YAML 1.1 readers make one, is taken", () => {
    const rotatedAt = new Date("2026-11-01T09:00:00Z");
    const credentials = { x: { roles: [{ existing: "employee" }], rotation: { rotatedAt } } };
    expect(parse({ credentials }).credentials[0]?.rotation.rotatedAt).toBe("2026-11-01T09:00:00Z");
  });
});

describe("durations", () => {
  test.each([
    ["P90D", 90 * 24],
    ["P2W", 14 * 24],
    ["PT36H", 36],
    ["P1DT12H", 36],
    ["PT0S", 0],
    ["PT172800S", 48],
    ["P100Y", 100 * 365 * 24],
  ])("%s", (text, hours) => {
    expect(parseDuration(text)?.as("hours")).toBe(hours);
  });

  test.each([
    "",
    "P",
    "PT",
    "P1DT",
    "p1d",
    "-P1D",
    "P-1D",
    "P1.5D",
    "P1D2H",
    "PT1D",
    "1D",
    "P1H",
    "P101Y",
    "P90D ",
  ])("%j is none", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
