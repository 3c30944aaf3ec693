import { type Call, parseCall } from "./call-parser.ts";
import { findStatement, type Found } from "./find-statement.ts";
import type { Frame } from "./regions.ts";

/** Finds the call to one of `names` (compared without case and underscores) in the answer of a reply. */
export function findCode(text: string, names: readonly string[], frame: Frame): Found<Call> {
  return findStatement(text, frame, {
    openings: {
      code: openingOf(names, String.raw`[^\S\n]*`),
      // "the answer (42)" is no call.
      prose: openingOf(names, ""),
    },
    read(source, at) {
      const parsed = parseCall(source, at);
      return parsed.ok
        ? { kind: "statement", statement: parsed.call, end: parsed.call.end }
        : { kind: "broken", reason: parsed.reason, end: parsed.end };
    },
    key(call) {
      const named = [...call.named].sort(([a], [b]) => (a < b ? -1 : 1));
      return JSON.stringify([call.name.toLowerCase(), call.positional, named]);
    },
    linewise: true,
    missing: `the reply has no call of ${names.map((name) => `${name}()`).join(", ")}`,
  });
}

/** Finds where a call of one of the names begins, with `space` allowed before its bracket. */
function openingOf(names: readonly string[], space: string): RegExp {
  const any = names.map((name) => name.replaceAll("_", "_?")).join("|");
  return new RegExp(String.raw`(?<![\p{L}\p{N}_.])(?:${any})${space}[(（]`, "giu");
}
