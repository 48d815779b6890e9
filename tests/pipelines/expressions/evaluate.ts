// What an expression is worth. Only where GitHub itself says "empty" for what is missing is it empty here; anything else is an error.
import { parseExpression, type Expression, type Value } from "./syntax";

/** What an expression may use where it stands: a context that GitHub does not offer there is absent. */
export interface Scope {
  readonly contexts: Readonly<Record<string, Value>>;
  /** What status functions answer; absent where GitHub does not know them. */
  readonly status?: {
    readonly hasFailed: boolean;
    /** For a job: all that it needs succeeded; for a step: none before it failed. */
    readonly hasSucceeded: boolean;
  };
  readonly hashFiles?: (patterns: readonly string[]) => string;
}

/** Where people may leave something out. */
const mayBeMissing = /^(vars|secrets|env|inputs|github\.event|(steps|needs)\.[^.]+\.outputs)(\.|$)/;

const statusFunctions = ["success", "failure", "always", "cancelled"];

/** @returns the value of a setting: that of the expression where it is one, a string where it has some in it */
export function evaluateTemplate(template: string, scope: Scope): Value {
  const pieces = template.split(/(\$\{\{(?:'[^']*'|(?!\}\}).)*\}\})/s);
  const values = pieces.map((piece, index) =>
    index % 2 === 0 ? piece : evaluateExpression(inner(piece), scope),
  );
  const isOneExpression = values.length === 3 && pieces[0] === "" && pieces[2] === "";
  return isOneExpression ? (values[1] ?? null) : values.map((value) => asText(value)).join("");
}

/** @param condition what `if` says; nothing is `success()` */
export function evaluateCondition(condition: string | boolean | undefined, scope: Scope): boolean {
  const text = condition === undefined ? "success()" : String(condition);
  const whole = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(text)?.[1] ?? text;
  if (whole.includes("${{")) {
    throw new Error(`if: "${text}" mixes text with expressions, and is always true`);
  }
  const expression = parseExpression(whole);
  const hasWanted = mentionsStatus(expression) || scope.status?.hasSucceeded !== false;
  return hasWanted && isTrue(evaluate(expression, scope).value);
}

export function evaluateExpression(text: string, scope: Scope): Value {
  return evaluate(parseExpression(text), scope).value;
}

/** As GitHub puts a value into text. */
export function asText(value: Value): string {
  if (value !== null && typeof value === "object") {
    throw new Error(`a list or map cannot be put into text: ${JSON.stringify(value)}`);
  }
  return value === null ? "" : String(value);
}

function inner(piece: string): string {
  return piece.slice("${{".length, -"}}".length);
}

function mentionsStatus(expression: Expression): boolean {
  switch (expression.kind) {
    case "literal":
    case "context":
      return false;
    case "property":
      return mentionsStatus(expression.of) || mentionsStatus(expression.key);
    case "call":
      return statusFunctions.includes(expression.name) || expression.given.some(mentionsStatus);
    case "not":
      return mentionsStatus(expression.operand);
    case "binary":
      return mentionsStatus(expression.left) || mentionsStatus(expression.right);
  }
}

interface Found {
  readonly value: Value;
  /** Where it was found; empty for what was computed. */
  readonly path: string;
}

const computed = (value: Value): Found => ({ value, path: "" });

function evaluate(expression: Expression, scope: Scope): Found {
  switch (expression.kind) {
    case "literal":
      return computed(expression.value);
    case "context": {
      const value = scope.contexts[expression.name];
      if (value === undefined) {
        const offered = Object.keys(scope.contexts).join(", ");
        throw new Error(`"${expression.name}" is not known at this place; these are: ${offered}`);
      }
      return { value, path: expression.name };
    }
    case "property":
      return property(evaluate(expression.of, scope), evaluate(expression.key, scope).value);
    case "call":
      return computed(call(expression, scope));
    case "not":
      return computed(!isTrue(evaluate(expression.operand, scope).value));
    case "binary":
      return computed(binary(expression, scope));
  }
}

function property({ value, path }: Found, key: Value): Found {
  const name = asText(key);
  const full = `${path}.${name}`;
  const isObject = value !== null && typeof value === "object";
  const member = isObject ? (value as Readonly<Record<string, Value>>)[name] : undefined;
  if (member === undefined && !mayBeMissing.test(full)) {
    throw new Error(`there is no ${full}`);
  }
  return { value: member ?? null, path: full };
}

function call({ name, given }: Expression & { kind: "call" }, scope: Scope): Value {
  const values = given.map((one) => evaluate(one, scope).value);
  const [first = null, second = null] = values;
  if (statusFunctions.includes(name)) {
    return statusOf(name, scope);
  }
  switch (name) {
    case "fromJSON":
      return JSON.parse(asText(first)) as Value;
    case "toJSON":
      return JSON.stringify(first, null, 2);
    case "contains":
      return Array.isArray(first)
        ? first.some((one: Value) => isSame(one, second))
        : folded(asText(first)).includes(folded(asText(second)));
    case "startsWith":
      return folded(asText(first)).startsWith(folded(asText(second)));
    case "endsWith":
      return folded(asText(first)).endsWith(folded(asText(second)));
    case "join":
      return (first as readonly Value[]).map(asText).join(values.length > 1 ? asText(second) : ",");
    case "format":
      return asText(first).replace(/\{(\d+)\}/g, (_, index: string) =>
        asText(values[Number(index) + 1] ?? null),
      );
    case "hashFiles":
      if (scope.hashFiles !== undefined) {
        return scope.hashFiles(values.map(asText));
      }
  }
  throw new Error(`the function ${name} is not known at this place`);
}

function statusOf(name: string, { status }: Scope): boolean {
  if (status === undefined) {
    throw new Error(`the function ${name} is not known at this place`);
  }
  switch (name) {
    case "success":
      return status.hasSucceeded;
    case "failure":
      return status.hasFailed;
    default:
      return name === "always"; // nobody cancels a run here
  }
}

function binary({ operator, left, right }: Expression & { kind: "binary" }, scope: Scope): Value {
  const first = evaluate(left, scope).value;
  if (operator === "&&" || operator === "||") {
    return isTrue(first) === (operator === "&&") ? evaluate(right, scope).value : first;
  }
  const second = evaluate(right, scope).value;
  switch (operator) {
    case "==":
      return isSame(first, second);
    case "!=":
      return !isSame(first, second);
    case "<":
      return asNumber(first) < asNumber(second);
    case "<=":
      return asNumber(first) <= asNumber(second);
    case ">":
      return asNumber(first) > asNumber(second);
    default:
      return asNumber(first) >= asNumber(second);
  }
}

function isTrue(value: Value): boolean {
  return value !== null && value !== false && value !== "" && value !== 0;
}

/** GitHub compares text without regard to case, and different kinds as numbers. */
function isSame(first: Value, second: Value): boolean {
  if (typeof first === "string" && typeof second === "string") {
    return folded(first) === folded(second);
  }
  if (typeof first === typeof second && typeof first !== "object") {
    return first === second;
  }
  return (first === null && second === null) || asNumber(first) === asNumber(second);
}

function asNumber(value: Value): number {
  return typeof value === "object" && value !== null ? NaN : Number(value ?? 0);
}

function folded(text: string): string {
  return text.toLowerCase();
}
