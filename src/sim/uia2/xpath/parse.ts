/** Reads XPath expressions: the abbreviated and the long form of XPath 1.0's paths, with most of its functions. */
import { Uia2Error } from "../errors.ts";

export type Axis =
  | "child"
  | "descendant"
  | "descendant-or-self"
  | "self"
  | "parent"
  | "ancestor"
  | "ancestor-or-self"
  | "following"
  | "following-sibling"
  | "preceding"
  | "preceding-sibling"
  | "attribute";

export interface Step {
  axis: Axis;
  /** A tag or attribute name, or `*`; `node()` is any node, and `text()` none: the source holds no text. */
  test: string;
  predicates: Expression[];
}

export type Expression =
  | { type: "path"; from: "root" | "context" | Expression; steps: Step[] }
  | { type: "filter"; of: Expression; predicates: Expression[] }
  | { type: "operation"; operator: string; left: Expression; right: Expression }
  | { type: "negative"; of: Expression }
  | { type: "call"; name: string; arguments: Expression[] }
  | { type: "literal"; value: string | number };

interface Token {
  kind: "name" | "string" | "number" | "sign";
  value: string;
}

const axes = new Set<string>([
  "child",
  "descendant",
  "descendant-or-self",
  "self",
  "parent",
  "ancestor",
  "ancestor-or-self",
  "following",
  "following-sibling",
  "preceding",
  "preceding-sibling",
  "attribute",
]);

/** From the weakest to the strongest. */
const operators: readonly (readonly string[])[] = [
  ["or"],
  ["and"],
  ["=", "!="],
  ["<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "div", "mod"],
  ["|", "union"],
];

const anyNode: Step = { axis: "descendant-or-self", test: "node()", predicates: [] };

export function parseXPath(source: string): Expression {
  return new Parser(source).whole();
}

function tokenize(source: string): Token[] {
  const pattern =
    /\s*(?:"([^"]*)"|'([^']*)'|(\d+(?:\.\d*)?|\.\d+)|([\p{L}_][\p{L}\p{N}_.$-]*(?::(?!:)[\p{L}_][\p{L}\p{N}_.-]*)?)|(\/\/|::|\.\.|!=|<=|>=|[/[\]()@,.|=<>*+-]))/uy;
  const tokens: Token[] = [];
  const text = source.trimEnd();
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(text);
    if (found === null) throw invalid(source, `unexpected character at position ${at}`);
    const [, double, single, digits, name, sign] = found;
    if (double !== undefined || single !== undefined)
      tokens.push({ kind: "string", value: double ?? single ?? "" });
    else if (digits !== undefined) tokens.push({ kind: "number", value: digits });
    else if (name !== undefined) tokens.push({ kind: "name", value: name });
    else tokens.push({ kind: "sign", value: sign! });
  }
  return tokens;
}

export function invalid(source: string, why: string): Uia2Error {
  return new Uia2Error("invalid selector", `Could not evaluate the XPath expression '${source}': ${why}`);
}

class Parser {
  readonly #source: string;
  readonly #tokens: Token[];
  #at = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokenize(source);
  }

  whole(): Expression {
    const expression = this.#binary(0);
    if (this.#at < this.#tokens.length) throw this.#unexpected();
    return expression;
  }

  #binary(level: number): Expression {
    const known = operators[level];
    if (known === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (let token = this.#peek(); token && token.kind !== "string"; token = this.#peek()) {
      if (!known.includes(token.value)) break;
      this.#at++;
      left = { type: "operation", operator: token.value, left, right: this.#binary(level + 1) };
    }
    return left;
  }

  #unary(): Expression {
    if (this.#take("-")) return { type: "negative", of: this.#unary() };
    return this.#path();
  }

  #path(): Expression {
    const token = this.#peek();
    if (token === undefined) throw invalid(this.#source, "it ends too early");
    if (this.#take("//")) return this.#steps("root", [anyNode]);
    if (this.#take("/")) {
      if (!this.#startsStep()) return { type: "path", from: "root", steps: [] };
      return this.#steps("root", []);
    }
    if (this.#startsStep() && !this.#isCall()) return this.#steps("context", []);
    const of = this.#primary();
    const predicates = this.#predicates();
    const filtered: Expression = predicates.length === 0 ? of : { type: "filter", of, predicates };
    if (this.#take("//")) return this.#steps(filtered, [anyNode]);
    if (this.#take("/")) return this.#steps(filtered, []);
    return filtered;
  }

  #primary(): Expression {
    const token = this.#tokens[this.#at++]!;
    if (token.kind === "string") return { type: "literal", value: token.value };
    if (token.kind === "number") return { type: "literal", value: Number(token.value) };
    if (token.value === "(") {
      const inner = this.#binary(0);
      this.#expect(")");
      return inner;
    }
    if (token.kind !== "name") {
      this.#at--;
      throw this.#unexpected();
    }
    this.#expect("(");
    const given: Expression[] = [];
    if (!this.#take(")")) {
      do given.push(this.#binary(0));
      while (this.#take(","));
      this.#expect(")");
    }
    return { type: "call", name: token.value.replace(/^fn:/u, ""), arguments: given };
  }

  #steps(from: "root" | "context" | Expression, steps: Step[]): Expression {
    for (;;) {
      steps.push(this.#step());
      if (this.#take("//")) steps.push(anyNode);
      else if (!this.#take("/")) return { type: "path", from, steps };
    }
  }

  #step(): Step {
    if (this.#take("..")) return { axis: "parent", test: "node()", predicates: this.#predicates() };
    if (this.#take(".")) return { axis: "self", test: "node()", predicates: this.#predicates() };
    let axis: Axis = "child";
    if (this.#take("@")) axis = "attribute";
    else if (this.#tokens[this.#at + 1]?.value === "::") {
      const name = this.#tokens[this.#at]!.value;
      if (!axes.has(name)) throw invalid(this.#source, `the axis '${name}' is not supported`);
      axis = name as Axis;
      this.#at += 2;
    }
    const test = this.#tokens[this.#at++];
    if (test === undefined) throw invalid(this.#source, "it ends where a step was expected");
    if (test.kind !== "name" && test.value !== "*") {
      this.#at--;
      throw this.#unexpected();
    }
    if (!this.#take("(")) return { axis, test: test.value, predicates: this.#predicates() };
    this.#expect(")");
    if (test.value !== "node" && test.value !== "text")
      throw invalid(this.#source, `'${test.value}()' is not supported`);
    return { axis, test: `${test.value}()`, predicates: this.#predicates() };
  }

  #predicates(): Expression[] {
    const found: Expression[] = [];
    while (this.#take("[")) {
      found.push(this.#binary(0));
      this.#expect("]");
    }
    return found;
  }

  #startsStep(): boolean {
    const token = this.#peek();
    if (token === undefined || token.kind === "string") return false;
    return token.kind === "name" || ["*", "@", ".", ".."].includes(token.value);
  }

  /** A name with a bracket behind it, which is no test for a kind of node. */
  #isCall(): boolean {
    const [name, bracket] = [this.#tokens[this.#at], this.#tokens[this.#at + 1]];
    return bracket?.value === "(" && bracket.kind === "sign" && !["node", "text"].includes(name!.value);
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #take(sign: string): boolean {
    const token = this.#peek();
    if (token?.kind !== "sign" || token.value !== sign) return false;
    this.#at++;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) throw this.#unexpected(`'${sign}' was expected`);
  }

  #unexpected(why = "it cannot be read"): Uia2Error {
    const token = this.#peek();
    return invalid(this.#source, token === undefined ? `${why} at its end` : `${why} at '${token.value}'`);
  }
}
