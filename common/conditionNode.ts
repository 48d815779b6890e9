// A condition on a permission in Genesys's form (resourceConditionNode), in one spelling: what is declared compares with what is read back.

/** What a term compares with. Genesys's types: SCALAR and VARIABLE carry a value, USER, TEAM and QUEUE an id (docs/genesys-api.md 4.3). */
export interface ConditionOperand {
  readonly type: string;
  readonly value?: string;
  readonly user?: { readonly id: string };
  readonly team?: { readonly id: string };
  readonly queue?: { readonly id: string };
}

/** One comparison. */
export interface ConditionTerm {
  readonly variableName: string;
  /** EQ, IN, GE, GT, LE or LT. */
  readonly operator: string;
  readonly operands: readonly ConditionOperand[];
}

/** All (AND) or at least one (OR) of its terms hold. */
export interface ConditionGroup {
  readonly conjunction: string;
  readonly terms: readonly ConditionNode[];
}

/** A condition or a part of one. */
export type ConditionNode = ConditionTerm | ConditionGroup;

type Plain = Readonly<Record<string, unknown>>;

/** Operand types that name an object, and the property that holds its id. */
const referenceTypes: Readonly<Record<string, "user" | "team" | "queue">> = {
  USER: "user",
  TEAM: "team",
  QUEUE: "queue",
};

/**
 * The condition in one spelling; undefined when there is none. Read-only fields (names, selfUri) and nulls are left out, groups
 * within groups of the same kind are joined, terms and operands are sorted: their order means nothing. The outermost node is
 * always a group, the only form that the Terraform provider is known to send. A form that is not known is kept as it is, so that it
 * shows as drift.
 */
export function normalizeConditionNode(raw: unknown): unknown {
  const node = normalizedNode(raw);
  return isTerm(node) ? { conjunction: "AND", terms: [node] } : node;
}

function normalizedNode(raw: unknown): unknown {
  if (!isPlain(raw)) {
    return raw ?? undefined;
  }
  const terms = Array.isArray(raw["terms"]) ? (raw["terms"] as unknown[]) : [];
  const variableName = raw["variableName"];
  if (terms.length > 0 && (variableName ?? "") === "") {
    return normalizedGroup(upper(raw["conjunction"] ?? "AND"), terms);
  }
  if (typeof variableName === "string" && variableName !== "" && terms.length === 0) {
    const operands = Array.isArray(raw["operands"]) ? (raw["operands"] as unknown[]) : [];
    return {
      variableName,
      operator: upper(raw["operator"]),
      operands: unique(operands.map(normalizedOperand)),
    };
  }
  return isEmptyGroup(raw) ? undefined : sortedKeys(raw);
}

/** `{ conjunction: "AND" }` without terms limits nothing. */
function isEmptyGroup(raw: Plain): boolean {
  return Object.entries(raw).every(([key, value]) => key === "conjunction" || isEmpty(value));
}

function normalizedGroup(conjunction: string, raw: readonly unknown[]): unknown {
  const terms = unique(
    raw
      .map(normalizedNode)
      .filter((term) => term !== undefined)
      .flatMap((term): readonly unknown[] =>
        isGroup(term) && term.conjunction === conjunction ? term.terms : [term],
      ),
  );
  return terms.length > 1 ? { conjunction, terms } : terms[0];
}

function normalizedOperand(raw: unknown): unknown {
  if (!isPlain(raw)) {
    return { type: "SCALAR", value: String(raw) };
  }
  const type = upper(raw["type"] ?? inferredType(raw));
  const property = Object.hasOwn(referenceTypes, type) ? referenceTypes[type] : undefined;
  const value = raw["value"];
  if (property !== undefined) {
    const reference = raw[property];
    const id: unknown = isPlain(reference) ? reference["id"] : value;
    return typeof id === "string" ? { type, [property]: { id } } : sortedKeys(raw);
  }
  const isScalar = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return isScalar ? { type, value: String(value) } : sortedKeys(raw);
}

function inferredType(raw: Plain): string {
  const named = Object.entries(referenceTypes).find(([, property]) => isPlain(raw[property]));
  return named?.[0] ?? "SCALAR";
}

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  );
}

function isGroup(node: unknown): node is ConditionGroup {
  return isPlain(node) && Array.isArray(node["terms"]);
}

function isTerm(node: unknown): node is ConditionTerm {
  return isPlain(node) && typeof node["variableName"] === "string";
}

function upper(value: unknown): string {
  return typeof value === "string" ? value.toUpperCase() : "";
}

function unique(values: readonly unknown[]): unknown[] {
  const byText = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

/** What is not known, without what says nothing; keys sorted. */
function sortedKeys(raw: Plain): Plain {
  return Object.fromEntries(
    Object.entries(raw)
      .filter(([, value]) => !isEmpty(value))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
