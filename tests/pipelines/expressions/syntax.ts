// The grammar of GitHub's expressions: from text to a tree. What is not in it is an error.

/** What an expression can be worth. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** See the first line of this file. */
export type Expression =
  | { readonly kind: "literal"; readonly value: Value }
  | { readonly kind: "context"; readonly name: string }
  | { readonly kind: "property"; readonly of: Expression; readonly key: Expression }
  | { readonly kind: "call"; readonly name: string; readonly given: readonly Expression[] }
  | { readonly kind: "not"; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    };

interface Token {
  readonly kind: "string" | "number" | "word" | "sign" | "end";
  readonly text: string;
}

const tokenPattern =
  /\s*(?:'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w-]*)|(\|\||&&|==|!=|<=|>=|[()[\].,!<>]))/y;

/** From the loosest binding to the tightest. */
const precedence = [["||"], ["&&"], ["==", "!="], ["<", "<=", ">", ">="]];

const constants: Readonly<Record<string, Value>> = { true: true, false: false, null: null };

/** @throws Error for what is not an expression, or of a kind that this harness does not know (`.*`, say) */
export function parseExpression(text: string): Expression {
  return new Parser(text, tokensOf(text)).whole();
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  while (text.slice(pattern.lastIndex).trim() !== "") {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) {
      throw new Error(`expression "${text}": not known here: ${text.slice(at).trim()}`);
    }
    const [, string, number, word, sign] = match;
    if (string !== undefined) {
      tokens.push({ kind: "string", text: string.replaceAll("''", "'") });
    } else if (number !== undefined) {
      tokens.push({ kind: "number", text: number });
    } else {
      tokens.push(word === undefined ? { kind: "sign", text: sign ?? "" } : { kind: "word", text: word });
    }
  }
  return [...tokens, { kind: "end", text: "" }];
}

class Parser {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  whole(): Expression {
    const expression = this.binary(0);
    if (this.next.kind !== "end") {
      throw this.unexpected();
    }
    return expression;
  }

  private get next(): Token {
    return this.tokens[this.at]!;
  }

  private unexpected(): Error {
    return new Error(`expression "${this.text}": unexpected ${this.next.text || "end"}`);
  }

  private takes(sign: string): boolean {
    const isNext = this.next.kind === "sign" && this.next.text === sign;
    this.at += isNext ? 1 : 0;
    return isNext;
  }

  private must(sign: string): void {
    if (!this.takes(sign)) {
      throw this.unexpected();
    }
  }

  private binary(level: number): Expression {
    const operators = precedence[level];
    if (operators === undefined) {
      return this.unary();
    }
    let left = this.binary(level + 1);
    for (;;) {
      const operator = operators.find((sign) => this.takes(sign));
      if (operator === undefined) {
        return left;
      }
      left = { kind: "binary", operator, left, right: this.binary(level + 1) };
    }
  }

  private unary(): Expression {
    return this.takes("!") ? { kind: "not", operand: this.unary() } : this.postfix(this.primary());
  }

  private postfix(of: Expression): Expression {
    if (this.takes(".")) {
      if (this.next.kind !== "word") {
        throw this.unexpected();
      }
      const key = this.next.text;
      this.at += 1;
      return this.postfix({ kind: "property", of, key: { kind: "literal", value: key } });
    }
    if (this.takes("[")) {
      const key = this.binary(0);
      this.must("]");
      return this.postfix({ kind: "property", of, key });
    }
    return of;
  }

  private primary(): Expression {
    if (this.takes("(")) {
      const inner = this.binary(0);
      this.must(")");
      return inner;
    }
    const { kind, text } = this.next;
    this.at += 1;
    if (kind === "string") {
      return { kind: "literal", value: text };
    }
    if (kind === "number") {
      return { kind: "literal", value: Number(text) };
    }
    if (kind !== "word") {
      this.at -= 1;
      throw this.unexpected();
    }
    if (text in constants) {
      return { kind: "literal", value: constants[text] ?? null };
    }
    return this.takes("(")
      ? { kind: "call", name: text, given: this.given() }
      : { kind: "context", name: text };
  }

  private given(): Expression[] {
    if (this.takes(")")) {
      return [];
    }
    const expressions = [this.binary(0)];
    while (this.takes(",")) {
      expressions.push(this.binary(0));
    }
    this.must(")");
    return expressions;
  }
}
