// The operators of a permission's conditions, and which of them compare with one value alone (pure).

/** Source: API reference, DomainResourceConditionNode. */
export const conditionOperators = ["EQ", "IN", "GE", "GT", "LE", "LT"] as const;

const orderOperators: ReadonlySet<string> = new Set(["GE", "GT", "LE", "LT"]);

/** Whether it compares with one value; EQ and IN may name several. */
export function takesOneOperand(operator: string): boolean {
  return orderOperators.has(operator);
}
