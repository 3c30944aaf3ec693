/**
 * `new UiSelector().text("a").childSelector(…)`, the language of the strategy `-android uiautomator`
 * (androidx.test.uiautomator.UiSelector). UiScrollable, which acts on the screen while it looks, is refused.
 */
import { Uia2Error } from "./errors.ts";
import { everyNode, type UiNode } from "./nodes.ts";

type Argument = string | number | boolean | Call[];

interface Call {
  name: string;
  argument: Argument;
}

type Test = (node: UiNode) => boolean;

const textTests: Record<string, (node: UiNode, value: string) => boolean> = {
  text: ({ tree }, value) => tree.text === value,
  textContains: ({ tree }, value) => (tree.text ?? "").toLowerCase().includes(value.toLowerCase()),
  textStartsWith: ({ tree }, value) => (tree.text ?? "").toLowerCase().startsWith(value.toLowerCase()),
  textMatches: ({ tree }, value) => whole(value).test(tree.text ?? ""),
  description: ({ tree }, value) => tree.desc === value,
  descriptionContains: ({ tree }, value) => (tree.desc ?? "").toLowerCase().includes(value.toLowerCase()),
  descriptionStartsWith: ({ tree }, value) => (tree.desc ?? "").toLowerCase().startsWith(value.toLowerCase()),
  descriptionMatches: ({ tree }, value) => whole(value).test(tree.desc ?? ""),
  resourceId: ({ tree }, value) => tree.resourceId === value,
  resourceIdMatches: ({ tree }, value) => whole(value).test(tree.resourceId ?? ""),
  className: ({ tree }, value) => tree.className === value,
  classNameMatches: ({ tree }, value) => whole(value).test(tree.className),
  packageName: ({ window }, value) => window.package === value,
  packageNameMatches: ({ window }, value) => whole(value).test(window.package),
};

const flagTests: Record<string, Test> = {
  checkable: ({ tree }) => tree.checkable === true,
  checked: ({ tree }) => tree.checked === true,
  clickable: ({ tree }) => tree.clickable === true,
  enabled: ({ tree }) => tree.enabled !== false,
  focusable: ({ tree }) => tree.focusable === true,
  focused: ({ tree }) => tree.focused === true,
  longClickable: ({ tree }) => tree.longClickable === true,
  scrollable: ({ tree }) => tree.scrollable === true,
  selected: ({ tree }) => tree.selected === true,
};

/** Java's `Pattern.matches` looks at the whole text; its flags `(?i)` and `(?s)` stand before the pattern. */
function whole(pattern: string): RegExp {
  const [, flags = "", rest = ""] = /^(?:\(\?([is]+)\))?(.*)$/su.exec(pattern) ?? [];
  try {
    return new RegExp(`^(?:${rest})$`, `${flags}u`);
  } catch {
    throw syntaxError(pattern, "this regular expression is not understood");
  }
}

function syntaxError(expression: string, why: string): Uia2Error {
  return new Uia2Error("invalid selector", `Could not parse selector expression \`${expression}\`: ${why}`);
}

/** Every match below and including the roots; several expressions, each ending with `;`, are tried in turn. */
export function findBySelector(expression: string, roots: readonly UiNode[]): UiNode[] {
  const parser = new Parser(expression);
  for (const selector of parser.all()) {
    const found = match(selector, roots, expression);
    if (found.length > 0) return found;
  }
  return [];
}

function match(calls: readonly Call[], roots: readonly UiNode[], expression: string): UiNode[] {
  const tests: Test[] = [];
  let instance: number | undefined;
  let inner: { name: string; calls: Call[] } | undefined;
  for (const { name, argument } of calls) {
    if (name === "instance") instance = number(argument, name, expression);
    else if (name === "index") {
      const index = number(argument, name, expression);
      tests.push((node) => node.index === index);
    } else if (name === "childSelector" || name === "fromParent") {
      if (!Array.isArray(argument)) throw syntaxError(expression, `${name} takes a UiSelector`);
      inner = { name, calls: argument };
    } else tests.push(testOf(name, argument, expression));
  }
  const found = roots
    .flatMap((root) => [...everyNode(root)])
    .filter((node) => tests.every((test) => test(node)));
  const chosen = instance === undefined ? found : found.slice(instance, instance + 1);
  if (inner === undefined) return chosen;
  const { name, calls: innerCalls } = inner;
  const matches = chosen.flatMap((node) =>
    match(innerCalls, name === "childSelector" ? node.children : (node.parent?.children ?? []), expression),
  );
  return [...new Set(matches)];
}

function testOf(name: string, argument: Argument, expression: string): Test {
  const text = textTests[name];
  if (text !== undefined) {
    if (typeof argument !== "string") throw syntaxError(expression, `${name} takes a string`);
    return (node) => text(node, argument);
  }
  const flag = flagTests[name];
  if (flag === undefined) throw syntaxError(expression, `UiSelector has no \`${name}\` method`);
  if (typeof argument !== "boolean") throw syntaxError(expression, `${name} takes true or false`);
  return (node) => flag(node) === argument;
}

function number(argument: Argument, name: string, expression: string): number {
  if (typeof argument !== "number") throw syntaxError(expression, `${name} takes a number`);
  return argument;
}

const tokens = /\s*(?:"((?:\\.|[^"\\])*)"|(\d+)|([A-Za-z_][\w.]*)|([().;,]))/suy;
const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

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
      if (found === null) throw syntaxError(expression, `unexpected character at position ${position}`);
      const [, text, digits, word, sign] = found;
      if (text !== undefined) this.#tokens.push({ kind: "text", value: unescape(text) });
      else if (digits !== undefined) this.#tokens.push({ kind: "number", value: digits });
      else if (word !== undefined) this.#tokens.push({ kind: "word", value: word });
      else this.#tokens.push({ kind: "sign", value: sign! });
    }
  }

  all(): Call[][] {
    const selectors: Call[][] = [];
    while (this.#at < this.#tokens.length) {
      selectors.push(this.#selector());
      if (this.#at < this.#tokens.length) this.#sign(";");
    }
    if (selectors.length === 0) throw syntaxError(this.#expression, "it is empty");
    return selectors;
  }

  /** `new UiSelector().a().b()`; `UiSelector().a()`, `.a()` and `a()` mean the same. */
  #selector(): Call[] {
    if (this.#peek("new")) this.#at++;
    if (this.#peek("UiSelector")) {
      this.#at++;
      this.#sign("(");
      this.#sign(")");
    } else if (this.#peek("UiScrollable")) {
      throw syntaxError(this.#expression, "UiScrollable is not simulated; scroll, then look again");
    }
    const calls: Call[] = [];
    if (this.#tokens[this.#at]?.kind === "word") calls.push(...this.#words());
    while (this.#peek(".")) {
      this.#at++;
      calls.push(...this.#words());
    }
    return calls;
  }

  #words(): Call[] {
    const token = this.#tokens[this.#at++];
    if (token?.kind !== "word") throw syntaxError(this.#expression, "a method name was expected");
    this.#sign("(");
    const argument = this.#argument();
    this.#sign(")");
    return [{ name: token.value, argument }];
  }

  #argument(): Argument {
    const token = this.#tokens[this.#at];
    if (token?.kind === "text") {
      this.#at++;
      return token.value;
    }
    if (token?.kind === "number") {
      this.#at++;
      return Number(token.value);
    }
    if (token?.value === "true" || token?.value === "false") {
      this.#at++;
      return token.value === "true";
    }
    // `clickable()` alone would be a compile error in Java.
    if (token?.kind === "word") return this.#selector();
    throw syntaxError(this.#expression, "an argument was expected");
  }

  #peek(value: string): boolean {
    const token = this.#tokens[this.#at];
    return token !== undefined && token.kind !== "text" && token.value === value;
  }

  #sign(sign: string): void {
    if (!this.#peek(sign)) throw syntaxError(this.#expression, `\`${sign}\` was expected`);
    this.#at++;
  }
}

function unescape(text: string): string {
  return text.replaceAll(/\\(u[0-9a-fA-F]{4}|.)/gsu, (_all, code: string) =>
    code.length === 5 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (escapes[code] ?? code),
  );
}
