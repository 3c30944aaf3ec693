import { closers, escapes, halfWidth, hexEscapes } from "./punctuation.ts";

/**
 * Reads one call with keyword arguments, `name(key="value", …)`, or one object, `{"key": value, …}`: the Python
 * and JSON of action grammars as models really write them. More is accepted than either would: typographic and
 * full-width punctuation, single quotes, line breaks and unescaped quotes inside strings, bare words as strings,
 * a last comma, comments, `None` and `null`, `True` and `true`.
 */
export type CallValue = null | boolean | number | string | CallValue[] | { [key: string]: CallValue };

export interface Call {
  /** As written. */
  name: string;
  positional: CallValue[];
  named: Map<string, CallValue>;
  /** Offset just after the closing bracket. */
  end: number;
}

export type ParsedCall = { ok: true; call: Call } | Unparsed;

export type CallObject = { [key: string]: CallValue };

/** `end` is the offset just after the closing brace. */
export type ParsedObject = { ok: true; value: CallObject; end: number } | Unparsed;

export interface Unparsed {
  ok: false;
  reason: string;
  /** Offset up to which was read. */
  end: number;
}

class Unreadable extends Error {}

/** Reads the call that starts at `start`, which must be the first letter of its name. */
export function parseCall(source: string, start: number): ParsedCall {
  const reader = new ValueReader(source, start);
  return attempt(reader, () => ({ ok: true, call: reader.call() }));
}

/** Reads the object that starts at `start`, which must be its opening brace. JSON is read as JSON is. */
export function parseObject(source: string, start: number): ParsedObject {
  const reader = new ValueReader(source, start);
  return attempt(reader, () => {
    const value = reader.object();
    const end = reader.offset;
    return { ok: true, value: strictJson(source.slice(start, end)) ?? value, end };
  });
}

function attempt<T>(reader: ValueReader, read: () => T): T | Unparsed {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, reason: error.message, end: reader.offset };
    throw error;
  }
}

function strictJson(text: string): CallObject | undefined {
  try {
    return JSON.parse(text) as CallObject;
  } catch {
    // It is not JSON, only something like it.
    return undefined;
  }
}

const word = /[\p{L}_][\p{L}\p{N}_]*/uy;
const number = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}_])/uy;
/** What may stand after a string; a quote followed by anything else belongs to the text. */
const afterString =
  /\s*(?:[)\]}:#\uFF09\uFF3D\u3011\uFF5D\uFF1A]|$|[,\uFF0C\u3001]\s*(?:[\p{L}_]\w*\s*[=\uFF1D]|[)\]}[({#"'`\u2018-\u201E\uFF02\uFF07\uFF08\uFF3B\uFF5B\d+.-]|(?:None|True|False|null|true|false)\b))/uy;
const maxDepth = 20;

class ValueReader {
  private readonly source: string;
  private at: number;

  constructor(source: string, at: number) {
    this.source = source;
    this.at = at;
  }

  get offset(): number {
    return this.at;
  }

  object(): CallObject {
    this.expect("{", "an object");
    return this.dictionary(0);
  }

  call(): Call {
    const name = this.match(word) ?? this.fail("a call starts with a name");
    this.skipSpace();
    this.expect("(", `the arguments of ${name}`);
    const positional: CallValue[] = [];
    const named = new Map<string, CallValue>();
    this.list(")", `${name}(`, () => {
      const key = this.key();
      if (key === undefined) {
        if (named.size > 0) this.fail("an argument without a name follows one with a name");
        positional.push(this.value(0));
        return;
      }
      if (named.has(key)) this.fail(`the argument ${key} is given twice`);
      named.set(key, this.value(0));
    });
    return { name, positional, named, end: this.at };
  }

  /** The `key` of `key=`, or undefined, with nothing read, where the argument has no name. */
  private key(): string | undefined {
    const before = this.at;
    const key = this.match(word);
    this.skipSpace();
    if (key !== undefined && this.mark() === "=") {
      this.at++;
      this.skipSpace();
      return key;
    }
    this.at = before;
    return undefined;
  }

  private value(depth: number): CallValue {
    if (depth > maxDepth) this.fail("the arguments are nested too deeply");
    this.skipSpace();
    const char = this.mark();
    if (char === undefined) this.fail("the text ends where a value is expected");
    if (Object.hasOwn(closers, char)) return this.string(char);
    if (char === "[" || char === "(") {
      this.at++;
      const items: CallValue[] = [];
      this.list(char === "[" ? "]" : ")", "a list", () => items.push(this.value(depth + 1)));
      return items;
    }
    if (char === "{") {
      this.at++;
      return this.dictionary(depth);
    }
    const digits = this.match(number);
    if (digits !== undefined) return Number(digits);
    const bare = this.match(word);
    if (bare === undefined) this.fail(`a value cannot start with ${JSON.stringify(char)}`);
    return wordValue(bare);
  }

  private dictionary(depth: number): CallObject {
    const entries: [string, CallValue][] = [];
    this.list("}", "a dictionary", () => {
      const key = this.value(depth + 1);
      if (typeof key !== "string") this.fail("the keys of a dictionary are strings");
      this.skipSpace();
      this.expect(":", `the value of ${JSON.stringify(key)}`);
      entries.push([key, this.value(depth + 1)]);
    });
    return Object.fromEntries(entries);
  }

  /** Items divided by commas up to `close`; a last comma is allowed, as in Python. */
  private list(close: string, what: string, item: () => void): void {
    for (;;) {
      this.skipSpace();
      if (this.mark() === close) break;
      if (this.at >= this.source.length) this.fail(`${what} is not closed with ${close}`);
      item();
      this.skipSpace();
      const next = this.mark();
      if (next === ",") this.at++;
      else if (next === undefined) this.fail(`${what} is not closed with ${close}`);
      else if (next !== close) this.fail(`a comma or ${close} is missing before ${this.excerpt()}`);
    }
    this.at++;
  }

  private string(open: string): string {
    const triple = open.repeat(3);
    if (this.source.startsWith(triple, this.at)) return this.tripleString(triple);
    const close = closers[open]!;
    const from = this.at++;
    let text = "";
    for (;;) {
      const char = this.source[this.at];
      if (char === undefined) this.fail(`the string ${this.excerpt(from)} is not closed`);
      this.at++;
      if (char === "\\") text += this.escape();
      else if (close.includes(char) && this.looksAt(afterString)) return text;
      else text += char;
    }
  }

  private tripleString(quotes: string): string {
    const from = this.at;
    this.at += quotes.length;
    let text = "";
    while (!this.source.startsWith(quotes, this.at)) {
      const char = this.source[this.at++];
      if (char === undefined) this.fail(`the string ${this.excerpt(from)} is not closed`);
      text += char === "\\" ? this.escape() : char;
    }
    this.at += quotes.length;
    return text;
  }

  /** What follows a backslash. An escape Python does not know stands for itself, backslash included. */
  private escape(): string {
    const char = this.source[this.at++];
    if (char === undefined) return "\\";
    const digits = hexEscapes[char];
    if (digits !== undefined) {
      const hex = this.source.slice(this.at, this.at + digits);
      const code = Number.parseInt(hex, 16);
      if (hex.length === digits && /^[0-9a-f]+$/i.test(hex) && code <= 0x10_ff_ff) {
        this.at += digits;
        return digits === 8 ? String.fromCodePoint(code) : String.fromCharCode(code);
      }
    }
    if (char === "\\" || Object.hasOwn(closers, char)) return char;
    return escapes[char] ?? `\\${char}`;
  }

  private skipSpace(): void {
    this.match(/(?:\s|#[^\n]*|\/\/[^\n]*)+/y);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private looksAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.source);
  }

  private expect(char: string, before: string): void {
    if (this.mark() !== char) this.fail(`${char} is missing before ${before}`);
    this.at++;
  }

  /** The character here, with full-width punctuation as what it stands for. */
  private mark(): string | undefined {
    const char = this.source[this.at];
    return char === undefined ? undefined : (halfWidth[char] ?? char);
  }

  private excerpt(from = this.at): string {
    return JSON.stringify(this.source.slice(from, from + 24));
  }

  private fail(reason: string): never {
    throw new Unreadable(reason);
  }
}

function wordValue(bare: string): CallValue {
  switch (bare.toLowerCase()) {
    case "none":
    case "null":
    case "undefined":
      return null;
    case "true":
      return true;
    case "false":
      return false;
    default:
      return bare;
  }
}
