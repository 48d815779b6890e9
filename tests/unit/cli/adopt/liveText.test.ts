// Descriptions of live objects: brought into the form of declarations, and what was changed is told.
import fc from "fast-check";
import { declarableDescription } from "../../../../cli/adopt/liveText";
import { descriptionRule } from "../../../../declarations/textRules";

it.each<[string | undefined, string, readonly string[]]>([
  [undefined, "", []],
  ["  Reads queues ", "Reads queues", []],
  ["First\r\n\r\n  second", "First second", ["its lines are joined"]],
  ["a\u0007\tb\u202Ec", "a b c", ["its control characters are left out"]],
  ["half \ud800 of it", "half   of it", ["its control characters are left out"]],
  ["see [pulumi:x", "see [x", ['its "[pulumi:" is left out, which begins the markers of this program']],
  ["[pul\u0007umi:", "[pul umi:", ["its control characters are left out"]],
  ["x".repeat(401), "x".repeat(400), ["it is cut to 400 characters"]],
  [`${"x".repeat(399)}🙂`, "x".repeat(399), ["it is cut to 400 characters"]],
  ["[[pulumi:pulumi:", "", ["it cannot be declared and is left out"]],
])("%j", (live, text, changes) => {
  const found = declarableDescription(live);
  expect(found.text).toBe(text);
  expect(found.changes.slice(-1)).toEqual(changes.slice(-1));
});

it("is always one that can be declared, and the same text when it was one", () => {
  const unit = fc.oneof(
    fc.constantFrom(
      "\n",
      "\r",
      "\u2028",
      "\u0085",
      "\u0000",
      "\ud800",
      "\u202e",
      " ",
      "[pulumi:",
      "x".repeat(100),
    ),
    fc.string({ unit: "binary", maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 12 }), (parts) => {
      const live = parts.join("");
      const { text, changes } = declarableDescription(live);
      expect({ live, mistake: descriptionRule(text) }).toEqual({ live });
      if (descriptionRule(live) === undefined) {
        expect({ text, changes }).toEqual({ text: live, changes: [] });
      }
    }),
    { numRuns: 500 },
  );
});
