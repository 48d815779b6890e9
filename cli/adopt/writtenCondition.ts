// Conditions as people write them in a role, from the form that Genesys stores.
import { normalizeConditionNode } from "../../common/conditionNode";
import { isPlainMap } from "../../declarations/plainValue";
import { conditionNodeOf, conditionSchema, type WrittenCondition } from "../../declarations/condition";

/** Genesys's words for groups, and ours. */
const groupNames: Readonly<Record<string, "all" | "any">> = { AND: "all", OR: "any" };

/** Operand types that name an object, and the property that holds its id. */
const referenceNames: Readonly<Record<string, "user" | "team" | "queue">> = {
  USER: "user",
  TEAM: "team",
  QUEUE: "queue",
};

/** The condition that means exactly what this node means; undefined when there is no way to write it. */
export function writtenCondition(node: unknown): WrittenCondition | undefined {
  const normalized = normalizeConditionNode(node);
  const written = conditionSchema.safeParse(conditionOf(normalized)).data;
  return written !== undefined && JSON.stringify(conditionNodeOf(written)) === JSON.stringify(normalized)
    ? written
    : undefined;
}

/** In the form of a condition; whether it is one, the schema says. */
function conditionOf(node: unknown): unknown {
  if (!isPlainMap(node)) {
    return undefined;
  }
  const { terms, conjunction, variableName, operator, operands } = node;
  if (Array.isArray(terms)) {
    const [only, ...others] = terms.map(conditionOf);
    const name = typeof conjunction === "string" ? groupNames[conjunction] : undefined;
    return others.length === 0 ? only : { [name ?? ""]: [only, ...others] };
  }
  return {
    variable: variableName,
    operator,
    operands: Array.isArray(operands) ? operands.map(operandOf) : undefined,
  };
}

function operandOf(operand: unknown): unknown {
  if (!isPlainMap(operand)) {
    return undefined;
  }
  const { type, value } = operand;
  if (type === "SCALAR") {
    return value;
  }
  if (type === "VARIABLE") {
    return { variable: value };
  }
  const name = typeof type === "string" ? referenceNames[type] : undefined;
  const reference = name === undefined ? undefined : operand[name];
  return { [name ?? ""]: isPlainMap(reference) ? reference["id"] : undefined };
}
