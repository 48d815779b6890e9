// A condition in every form in which it may come back is the same condition.
import { normalizeConditionNode } from "../../../common/conditionNode";

const term = (variableName: string, ...operands: unknown[]) => ({ variableName, operator: "EQ", operands });
const a = term("a", { type: "SCALAR", value: "1" });
const b = term("b", { type: "QUEUE", queue: { id: "q" } });
const both = { conjunction: "AND", terms: [a, b] };

test.each([
  ["as it was sent", both],
  ["terms in another order", { conjunction: "AND", terms: [b, a] }],
  ["a term twice", { conjunction: "AND", terms: [a, b, a] }],
  ["without a conjunction", { terms: [a, b] }],
  ["in lower case", { conjunction: "and", terms: [{ ...a, operator: "eq" }, b] }],
  ["with nulls", { ...both, variableName: null, operator: null, operands: [] }],
  [
    "with empty terms in the leaves",
    { conjunction: "AND", terms: [{ ...a, terms: [], conjunction: null }, b] },
  ],
  [
    "a group within a group",
    {
      conjunction: "AND",
      terms: [
        { conjunction: "AND", terms: [a] },
        { ...both, terms: [b] },
      ],
    },
  ],
  ["wrapped once more", { conjunction: "OR", terms: [both] }],
  [
    "with names and links of what it refers to",
    {
      conjunction: "AND",
      terms: [a, term("b", { type: "QUEUE", value: null, queue: { id: "q", name: "Q", selfUri: "/q" } })],
    },
  ],
  [
    "an id in the place of a value",
    { conjunction: "AND", terms: [a, term("b", { type: "QUEUE", value: "q" })] },
  ],
  ["a number for a text", { conjunction: "AND", terms: [term("a", { type: "SCALAR", value: 1 }), b] }],
])("%s", (_name, echoed) => {
  expect(normalizeConditionNode(echoed)).toEqual(both);
});

test.each([
  ["another conjunction", { conjunction: "OR", terms: [a, b] }],
  ["another operator", { conjunction: "AND", terms: [{ ...a, operator: "GE" }, b] }],
  ["another value", { conjunction: "AND", terms: [term("a", { type: "SCALAR", value: "2" }), b] }],
  ["a variable for a value", { conjunction: "AND", terms: [term("a", { type: "VARIABLE", value: "1" }), b] }],
  ["a user for a queue", { conjunction: "AND", terms: [a, term("b", { type: "USER", user: { id: "q" } })] }],
  ["one term less", { conjunction: "AND", terms: [a] }],
  ["an unknown part", { conjunction: "AND", terms: [a, b, { expression: "x" }] }],
])("%s is another condition", (_name, changed) => {
  expect(normalizeConditionNode(changed)).not.toEqual(both);
});

test.each([
  undefined,
  null,
  {},
  { conjunction: "AND", terms: [] },
  { terms: [{}] },
  { variableName: null, operands: [] },
])("%j is no condition", (nothing) => {
  expect(normalizeConditionNode(nothing)).toBeUndefined();
});

test("OR of one and AND of one are the same", () => {
  expect(normalizeConditionNode({ conjunction: "OR", terms: [a] })).toEqual(
    normalizeConditionNode({ conjunction: "AND", terms: [a] }),
  );
});

test("what was normalised stays", () => {
  const nested = { conjunction: "OR", terms: [both, term("c", { type: "TEAM", team: { id: "t" } })] };
  const once = normalizeConditionNode(nested);
  expect(normalizeConditionNode(once)).toEqual(once);
});
