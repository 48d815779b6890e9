// Conditions of live roles as people write them: the same meaning, or none at all.
import fc from "fast-check";
import { writtenCondition } from "../../../../cli/adopt/writtenCondition";
import { normalizeConditionNode } from "../../../../common/conditionNode";
import { conditionNodeOf, conditionSchema, type WrittenCondition } from "../../../../declarations/condition";

const queue = {
  variableName: "Conversation.queues",
  operator: "EQ",
  operands: [{ type: "QUEUE", queue: { id: "q-1" } }],
};

it.each<[string, unknown, unknown]>([
  [
    "a single term",
    { conjunction: "AND", terms: [queue] },
    { variable: "Conversation.queues", operator: "EQ", operands: [{ queue: "q-1" }] },
  ],
  [
    "a group",
    {
      conjunction: "OR",
      terms: [
        queue,
        {
          ...queue,
          operands: [
            { type: "USER", user: { id: "u" } },
            { type: "VARIABLE", value: "v" },
          ],
        },
      ],
    },
    {
      any: [
        { variable: "Conversation.queues", operator: "EQ", operands: [{ queue: "q-1" }] },
        { variable: "Conversation.queues", operator: "EQ", operands: [{ user: "u" }, { variable: "v" }] },
      ],
    },
  ],
  ["an unknown operator", { ...queue, operator: "LIKE" }, undefined],
  ["an unknown kind of operand", { ...queue, operands: [{ type: "SITE", value: "s" }] }, undefined],
  [
    "an unknown conjunction",
    { conjunction: "XOR", terms: [queue, { ...queue, variableName: "b" }] },
    undefined,
  ],
  ["a field that is not known", { ...queue, extra: "x", terms: [queue] }, undefined],
  [
    "groups that are too deep",
    {
      conjunction: "AND",
      terms: [
        queue,
        {
          conjunction: "OR",
          terms: [
            queue,
            {
              conjunction: "AND",
              terms: [
                { ...queue, variableName: "c" },
                {
                  conjunction: "OR",
                  terms: [
                    { ...queue, variableName: "d" },
                    { ...queue, variableName: "e" },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
    undefined,
  ],
  ["a text", "always", undefined],
])("%s", (_name, node, expected) => {
  expect(writtenCondition(node)).toEqual(expected);
});

it("whatever can be written is found again in what Genesys would store, with the same meaning", () => {
  const line = fc.constantFrom("a", "b c", "on", "17", "Conversation.queues");
  const operand = fc.oneof(
    line,
    fc.record({ variable: line }),
    fc.record({ user: fc.constantFrom("u-1", "u-2") }),
    fc.record({ team: fc.constantFrom("t-1") }),
    fc.record({ queue: fc.constantFrom("q-1", "q-2") }),
  );
  const term = fc.record({
    variable: line,
    operator: fc.constantFrom("EQ", "IN"),
    operands: fc.array(operand, { minLength: 1, maxLength: 3 }),
  });
  const groupOf = <T>(inner: fc.Arbitrary<T>) =>
    fc.oneof(
      fc.record({ all: fc.array(inner, { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(inner, { minLength: 1, maxLength: 3 }) }),
    );
  const condition = fc.oneof(term, groupOf(term), groupOf(fc.oneof(term, groupOf(term))));
  fc.assert(
    fc.property(condition, (raw) => {
      const node = conditionNodeOf(conditionSchema.parse(raw));
      const written = writtenCondition(node);
      expect(written).toBeDefined();
      expect(normalizeConditionNode(conditionNodeOf(written as WrittenCondition))).toEqual(node);
    }),
  );
});
