// The setting `when` of a permission: conditions in readable form, and the form that Genesys stores.
import { z } from "zod";
import { type ConditionNode, type ConditionOperand, normalizeConditionNode } from "../common/conditionNode";
import { conditionOperators, takesOneOperand } from "../genesys/knowledge/conditionOperators";
import { field, mistakes, text } from "./field";
import { idRule, lineRule, type Mistake } from "./textRules";

/** Variables and values, in characters; Genesys documents no limit. */
const conditionTextLimit = 200;

/** Groups within groups: two levels express every combination of AND and OR. */
const groupLevels = 2;

const valueRemedy = `write one line of at most ${conditionTextLimit} characters`;
const idRemedy = "write the id as Genesys shows it, a UUID";

/** One thing that a term compares with. */
const operandSchema = field(
  z.union([
    field(text(lineRule(conditionTextLimit)), "A value.", valueRemedy),
    field(z.number(), "A value.", valueRemedy),
    field(z.boolean(), "A value.", valueRemedy),
    z.strictObject({
      variable: field(text(lineRule(conditionTextLimit)), "Another variable.", valueRemedy),
    }),
    z.strictObject({ user: field(text(idRule), "A user, by id.", idRemedy) }),
    z.strictObject({ team: field(text(idRule), "A team, by id.", idRemedy) }),
    z.strictObject({ queue: field(text(idRule), "A queue, by id.", idRemedy) }),
  ]),
  "What the variable is compared with: a value, or { variable }, { user }, { team }, { queue }.",
  "write a value, { variable: name }, { user: id }, { team: id } or { queue: id }",
);

/** What people write as one operand. */
type WrittenOperand = z.output<typeof operandSchema>;

const termSchema = z
  .strictObject({
    variable: field(
      text(lineRule(conditionTextLimit)),
      "The variable of the permission, in Genesys's spelling, as `Conversation.queues`.",
      valueRemedy,
    ),
    operator: field(
      z.enum(conditionOperators),
      "How it is compared.",
      `write one of ${conditionOperators.join(", ")}`,
    ),
    operands: field(
      z.array(operandSchema).min(1),
      "What it is compared with. The order does not matter.",
      "write a list of at least one operand, as [{ queue: id }]",
    ),
  })
  .superRefine(mistakes(oneOperandForOrder));

/** What people write as one comparison. */
type WrittenTerm = z.output<typeof termSchema>;

/** What people write as a condition. */
export type WrittenCondition =
  WrittenTerm | { readonly all: readonly WrittenCondition[] } | { readonly any: readonly WrittenCondition[] };

/** A condition of so many levels of groups. */
function conditionOf(levels: number): z.ZodType<WrittenCondition> {
  if (levels === 0) {
    return field(termSchema, "One comparison.", termRemedy);
  }
  const inner = conditionOf(levels - 1);
  return field(
    z.union([
      termSchema,
      z.strictObject({
        all: field(z.array(inner).min(1), "Every one of these must hold.", groupRemedy),
      }),
      z.strictObject({
        any: field(z.array(inner).min(1), "At least one of these must hold.", groupRemedy),
      }),
    ]),
    "A comparison, or { all: […] } or { any: […] } of comparisons.",
    `${termRemedy}, or { all: […] } or { any: […] } around several`,
  );
}

const termRemedy = "write { variable: name, operator: EQ, operands: [value] }";
const groupRemedy = "write a list of at least one comparison";

/** The condition under which a permission applies. */
export const conditionSchema = field(
  conditionOf(groupLevels),
  "When the permission applies: a comparison `{ variable, operator, operands }`, or `{ all: […] }` or `{ any: […] }` of " +
    "comparisons, two levels deep. Only for permissions whose catalogue entry allows conditions.",
  `${termRemedy}, or { all: […] } or { any: […] } around several`,
);

/** The condition in Genesys's form and in the one spelling that read-back is compared in. */
export function conditionNodeOf(condition: WrittenCondition): ConditionNode {
  return normalizeConditionNode(nodeOf(condition)) as ConditionNode;
}

function nodeOf(condition: WrittenCondition): ConditionNode {
  if ("all" in condition) {
    return { conjunction: "AND", terms: condition.all.map(nodeOf) };
  }
  if ("any" in condition) {
    return { conjunction: "OR", terms: condition.any.map(nodeOf) };
  }
  const { variable, operator, operands } = condition;
  return { variableName: variable, operator, operands: operands.map(operandOf) };
}

function operandOf(operand: WrittenOperand): ConditionOperand {
  if (typeof operand !== "object") {
    return { type: "SCALAR", value: String(operand) };
  }
  if ("variable" in operand) {
    return { type: "VARIABLE", value: operand.variable };
  }
  if ("user" in operand) {
    return { type: "USER", user: { id: operand.user } };
  }
  return "team" in operand
    ? { type: "TEAM", team: { id: operand.team } }
    : { type: "QUEUE", queue: { id: operand.queue } };
}

function oneOperandForOrder(term: { operator: string; operands: readonly unknown[] }): Mistake | undefined {
  return takesOneOperand(term.operator) && term.operands.length > 1
    ? {
        problem: `compares with ${term.operands.length} operands by ${term.operator}, which takes one`,
        remedy: "write one operand, or several terms",
      }
    : undefined;
}
