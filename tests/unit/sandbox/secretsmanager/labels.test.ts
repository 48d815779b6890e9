// Tests of the label rules: examples from AWS's documentation, and invariants over any sequence of moves.
import * as fc from "fast-check";
import { labelsAfterMove, labelsAfterPut } from "../../../../sandbox/secretsmanager/labels";
import { type Labels } from "../../../../sandbox/secretsmanager/secretRecord";
import { ServiceError } from "../../../../sandbox/secretsmanager/serviceError";

describe("labelsAfterPut", () => {
  test("the chain of three puts", () => {
    const first = labelsAfterPut({}, "v1", undefined);
    const second = labelsAfterPut(first, "v2", undefined);
    const third = labelsAfterPut(second, "v3", undefined);
    expect([first, second, third]).toEqual([
      { AWSCURRENT: "v1" },
      { AWSCURRENT: "v2", AWSPREVIOUS: "v1" },
      { AWSCURRENT: "v3", AWSPREVIOUS: "v2" },
    ]);
  });

  test("an explicit AWSPREVIOUS wins over the one that AWSCURRENT leaves behind", () => {
    expect(labelsAfterPut({ AWSCURRENT: "v1" }, "v2", ["AWSPREVIOUS", "AWSCURRENT"])).toEqual({
      AWSCURRENT: "v2",
      AWSPREVIOUS: "v2",
    });
  });
});

describe("labelsAfterMove", () => {
  const labels: Labels = { AWSCURRENT: "v2", AWSPREVIOUS: "v1", custom: "v2" };

  test("rolling back swaps", () => {
    expect(labelsAfterMove(labels, { label: "AWSCURRENT", moveTo: "v1", removeFrom: "v2" })).toEqual({
      AWSCURRENT: "v1",
      AWSPREVIOUS: "v2",
      custom: "v2",
    });
  });

  test("moving a label to where it is changes nothing", () => {
    expect(labelsAfterMove(labels, { label: "custom", moveTo: "v2" })).toEqual(labels);
  });

  test("a new label needs no holder", () => {
    expect(labelsAfterMove(labels, { label: "new", moveTo: "v1" })).toEqual({ ...labels, new: "v1" });
  });

  test.each([
    [
      "a holder that is another version",
      { label: "AWSPREVIOUS", removeFrom: "v2" },
      "isn't attached to version v2",
    ],
    ["a holder of a label nobody holds", { label: "new", removeFrom: "v2", moveTo: "v1" }, "isn't attached"],
    ["a move without the holder", { label: "custom", moveTo: "v1" }, "RemoveFromVersionId can't be empty"],
    ["the removal of AWSCURRENT", { label: "AWSCURRENT", removeFrom: "v2" }, "completely removed"],
  ])("%s is refused", (_title, move, words) => {
    expect(() => labelsAfterMove(labels, move)).toThrow(words);
  });
});

const versionIds = ["v1", "v2", "v3", "v4"];
const step = fc.record({
  kind: fc.constantFrom("put", "move"),
  label: fc.constantFrom("AWSCURRENT", "AWSPREVIOUS", "AWSPENDING", "custom"),
  to: fc.option(fc.constantFrom(...versionIds), { nil: undefined }),
  from: fc.option(fc.constantFrom(...versionIds), { nil: undefined }),
});

test("whatever is asked for, AWSCURRENT never disappears, and leaves AWSPREVIOUS where it was", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let labels: Labels = labelsAfterPut({}, "v1", undefined);
      for (const { kind, label, to, from } of steps) {
        const before = labels;
        try {
          labels =
            kind === "put"
              ? labelsAfterPut(labels, to ?? "v1", [label])
              : labelsAfterMove(labels, { label, moveTo: to, removeFrom: from });
        } catch (error) {
          expect(error).toBeInstanceOf(ServiceError);
        }
        expect(labels["AWSCURRENT"]).toBeDefined();
        if (labels["AWSCURRENT"] !== before["AWSCURRENT"]) {
          expect(labels["AWSPREVIOUS"]).toBe(before["AWSCURRENT"]);
        }
      }
    }),
  );
});
