/**
 * Reads the language of the strategy `-android uiautomator` (the real one's `UiAutomatorParser`): statements in
 * Java, each a UiSelector or a UiScrollable, with a semicolon between them.
 */
import { Uia2Error } from "../errors.ts";

export type Argument = string | number | boolean | readonly MethodCall[];

export interface MethodCall {
  name: string;
  /** A list of calls is a UiSelector. */
  arguments: readonly Argument[];
}

export interface Statement {
  /** Of a UiScrollable: the selector of what scrolls. */
  container: readonly MethodCall[] | undefined;
  calls: readonly MethodCall[];
}

export function syntaxError(expression: string, why: string): Uia2Error {
  return new Uia2Error("invalid selector", `Could not parse selector expression \`${expression}\`: ${why}`);
}

/** At least one. Throws `invalid selector`. */
export function parseStatements(expression: string): Statement[] {
  return new Parser(expression).all();
}

const tokens = /\s*(?:"((?:\\.|[^"\\])*)"|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|([().;,]))/suy;

class Parser {
  readonly #expression: string;
  readonly #tokens: { kind: "text" | "number" | "word" | "sign"; value: string }[] = [];
  #at = 0;

  constructor(expression: string) {
    this.#expression = expression;
    tokens.lastIndex = 0;
    const source = expression.trim();
    while (tokens.lastIndex < source.length) {
      const position = tokens.lastIndex;
      const found = tokens.exec(source);
      if (found === null) throw this.#error(`unexpected character at position ${position}`);
      const [, text, digits, word, sign] = found;
      // Of Java's escapes the real parser knows that of the quotation mark alone: a pattern's `\d` stays as it is.
      if (text !== undefined)
        this.#tokens.push({ kind: "text", value: text.replaceAll(String.raw`\"`, '"') });
      else if (digits !== undefined) this.#tokens.push({ kind: "number", value: digits });
      else if (word !== undefined) this.#tokens.push({ kind: "word", value: word });
      else this.#tokens.push({ kind: "sign", value: sign! });
    }
  }

  all(): Statement[] {
    const statements: Statement[] = [];
    while (this.#at < this.#tokens.length) {
      statements.push(this.#statement());
      if (this.#at < this.#tokens.length) this.#sign(";");
    }
    if (statements.length === 0) throw this.#error("it is empty");
    return statements;
  }

  #statement(): Statement {
    const word =
      this.#tokens[this.#at]?.value === "new" ? this.#tokens[this.#at + 1] : this.#tokens[this.#at];
    if (word?.kind !== "word" || word.value !== "UiScrollable")
      return { container: undefined, calls: this.#selector() };
    if (this.#peek("new")) this.#at++;
    this.#at++;
    this.#sign("(");
    const container = this.#selector();
    this.#sign(")");
    const calls: MethodCall[] = [];
    while (this.#take(".")) calls.push(this.#call());
    return { container, calls };
  }

  /** `new UiSelector().a().b()`; `UiSelector().a()`, `.a()` and `a()` mean the same. */
  #selector(): MethodCall[] {
    if (this.#peek("new")) this.#at++;
    if (this.#peek("UiSelector")) {
      this.#at++;
      this.#sign("(");
      this.#sign(")");
    }
    const calls: MethodCall[] = [];
    if (this.#tokens[this.#at]?.kind === "word") calls.push(this.#call());
    while (this.#take(".")) calls.push(this.#call());
    return calls;
  }

  #call(): MethodCall {
    const token = this.#tokens[this.#at++];
    if (token?.kind !== "word") throw this.#error("a method name was expected");
    this.#sign("(");
    const given: Argument[] = [];
    if (!this.#take(")")) {
      do given.push(this.#argument());
      while (this.#take(","));
      this.#sign(")");
    }
    return { name: token.value, arguments: given };
  }

  #argument(): Argument {
    const token = this.#tokens[this.#at];
    if (token === undefined || token.value === ")") throw this.#error("an argument was expected");
    const next = this.#tokens[this.#at + 1]?.value;
    if (token.kind === "text") this.#at++;
    else if (token.kind === "number") {
      this.#at++;
      return Number(token.value);
    } else if (token.value === "true" || token.value === "false") {
      this.#at++;
      return token.value === "true";
    } else if (token.value === "." || token.value === "new" || next === "(") return this.#selector();
    // The name of a class, which `className` takes as it stands.
    else this.#at++;
    return token.value;
  }

  #peek(value: string): boolean {
    const token = this.#tokens[this.#at];
    return token !== undefined && token.kind !== "text" && token.value === value;
  }

  #take(sign: string): boolean {
    if (!this.#peek(sign)) return false;
    this.#at++;
    return true;
  }

  #sign(sign: string): void {
    if (!this.#take(sign)) throw this.#error(`\`${sign}\` was expected`);
  }

  #error(why: string): Uia2Error {
    return syntaxError(this.#expression, why);
  }
}
