import { type CallObject, parseObject } from "./call-parser.ts";
import { loose } from "./fields.ts";
import { findStatement, type Found } from "./find-statement.ts";
import type { Frame } from "./regions.ts";

/**
 * Finds the object that is an action in the answer of a reply: one with all of `keys` (compared without
 * case and underscores). `form` shows one, for the model whose reply has none.
 */
export function findObject(
  text: string,
  keys: readonly string[],
  form: string,
  frame: Frame,
): Found<CallObject> {
  return findStatement(text, frame, {
    openings: { code: /[{｛]/gu, prose: /[{｛]/gu },
    read(source, at) {
      const parsed = parseObject(source, at);
      if (!parsed.ok) {
        const meant = keys.some((key) => source.slice(at, parsed.end).includes(key));
        return { kind: "broken", end: parsed.end, ...(meant && { reason: parsed.reason }) };
      }
      const has = new Set(Object.keys(parsed.value).map(loose));
      // One around an action, or of something else.
      if (!keys.every((key) => has.has(loose(key)))) return { kind: "skip" };
      return { kind: "statement", statement: parsed.value, end: parsed.end };
    },
    key: (object) => JSON.stringify(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1))),
    linewise: false,
    missing: `the reply has no action of the form ${form}`,
  });
}
