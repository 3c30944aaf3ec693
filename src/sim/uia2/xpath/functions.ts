/** Functions of XPath 1.0 that locators use, and of 2.0 those that look at text. */
import { invalid, type Expression } from "./parse.ts";
import { toBoolean, toNumber, toText, type Focus, type Value } from "./values.ts";

type Evaluate = (expression: Expression, focus: Focus) => Value;

const textFunctions: Record<string, (texts: string[], focus: Focus) => Value> = {
  contains: ([text = "", part = ""]) => text.includes(part),
  "starts-with": ([text = "", part = ""]) => text.startsWith(part),
  "ends-with": ([text = "", part = ""]) => text.endsWith(part),
  matches: ([text = "", pattern = "", flags = ""], focus) =>
    regularExpression(pattern, flags, focus).test(text),
  concat: (texts) => texts.join(""),
  "string-length": ([text = ""]) => Array.from(text).length,
  "normalize-space": ([text = ""]) => text.trim().replaceAll(/\s+/gu, " "),
  "lower-case": ([text = ""]) => text.toLowerCase(),
  "upper-case": ([text = ""]) => text.toUpperCase(),
  substring: ([text = "", from = "", length]) => substring(text, Number(from), Number(length ?? Infinity)),
  "substring-before": ([text = "", part = ""]) => text.slice(0, Math.max(0, text.indexOf(part))),
  "substring-after": ([text = "", part = ""]) =>
    text.includes(part) ? text.slice(text.indexOf(part) + part.length) : "",
  string: ([text = ""]) => text,
  translate: ([text = "", from = "", to = ""]) => translate(text, from, to),
};

export function callFunction(
  name: string,
  given: readonly Expression[],
  focus: Focus,
  evaluate: Evaluate,
): Value {
  const values = given.map((each) => evaluate(each, focus));
  const [first] = values;
  switch (name) {
    case "position":
      return focus.position;
    case "last":
      return focus.size;
    case "true":
      return true;
    case "false":
      return false;
    case "not":
      return !toBoolean(first ?? []);
    case "boolean":
      return toBoolean(first ?? []);
    case "number":
      return toNumber(first ?? []);
    case "floor":
      return Math.floor(toNumber(first ?? []));
    case "ceiling":
      return Math.ceil(toNumber(first ?? []));
    case "round":
      return Math.round(toNumber(first ?? []));
    case "exists":
    case "empty":
      return (Array.isArray(first) && first.length === 0) === (name === "empty");
    case "count":
      if (!Array.isArray(first)) throw invalid(focus.source, "count() takes nodes");
      return first.length;
    case "name":
    case "local-name":
      return (first === undefined ? focus.item : Array.isArray(first) ? first[0] : undefined)?.name ?? "";
    default: {
      const run = textFunctions[name];
      if (run === undefined) throw invalid(focus.source, `the function '${name}()' is not supported`);
      return run(values.map(toText), focus);
    }
  }
}

/** Counts characters from 1 (XPath 1.0, 4.2). */
function substring(text: string, from: number, length: number): string {
  const first = Math.round(from);
  const end = first + Math.round(length);
  return Array.from(text)
    .filter((_char, at) => at + 1 >= first && at + 1 < end)
    .join("");
}

function regularExpression(pattern: string, flags: string, { source }: Focus): RegExp {
  try {
    return new RegExp(pattern, `u${flags.replaceAll(/[^ims]/gu, "")}`);
  } catch {
    throw invalid(source, `the regular expression '${pattern}' cannot be read`);
  }
}

function translate(text: string, from: string, to: string): string {
  const targets = Array.from(to);
  const sources = Array.from(from);
  return Array.from(text, (char) => {
    const at = sources.indexOf(char);
    return at === -1 ? char : (targets[at] ?? "");
  }).join("");
}
