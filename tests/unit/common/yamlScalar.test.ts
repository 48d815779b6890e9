// Text as a value of YAML: whoever reads it, by either version, reads that text.
import fc from "fast-check";
import { parse } from "yaml";
import { yamlScalar } from "../../../common/yamlScalar";

it.each(["employee", "Reporting Reader", "Agent's desk (north)", "AI Agent Admin - all", "Übersicht"])(
  "%s stands as it is",
  (text) => {
    expect(yamlScalar(text)).toBe(text);
  },
);

it.each([
  "",
  "Desk: north",
  "north #1",
  "Off",
  "12",
  "1_000",
  "- x",
  " x",
  "a, b",
  "x?",
  "{x}",
  "*x",
  "a\nb",
])("%j is quoted", (text) => {
  expect(yamlScalar(text)).toBe(JSON.stringify(text));
});

it("every text comes back, below a key and within braces, in both versions of YAML", () => {
  const words = fc.stringMatching(/^[a-eynof0-9 :#'"_.,?!&*@%`|>{}[\]()/+-]{0,12}$/);
  fc.assert(
    fc.property(fc.oneof(words, fc.string({ unit: "grapheme" })), (text) => {
      const written = `existing: ${yamlScalar(text)}`;
      for (const version of ["1.1", "1.2"] as const) {
        expect(parse(written, { version })).toEqual({ existing: text });
        expect(parse(`{ ${written} }`, { version })).toEqual({ existing: text });
      }
    }),
  );
});
