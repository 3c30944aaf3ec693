import { type Call, parseCall } from "./call-parser.ts";

/** The one call of a reply, and the words around it. */
export type FoundCode =
  | {
      ok: true;
      call: Call;
      /** What stands before the code, without the round's heading and the `Operation:` label. */
      thought: string;
      /** The call as written, with the comment that follows it on its line. */
      code: string;
    }
  | { ok: false; reason: string };

interface Region {
  from: number;
  to: number;
  fenced: boolean;
}

interface Statement {
  call: Call;
  from: number;
}

/**
 * Finds the call to one of `names` (compared without case and underscores) in a model's reply.
 *
 * Fenced blocks that hold a call are the code, and nothing else is: so an analysis may quote code, or
 * a screen that shows some. Without one, calls are looked for after the last `Operation:`, else in the
 * whole text. The same call written twice is one call; two different ones are refused, because it is
 * not known which of them the model meant for this screen.
 */
export function findCode(reply: string, names: readonly string[]): FoundCode {
  const text = withoutReasoning(reply);
  if (text.trim() === "") return { ok: false, reason: "the reply is empty" };
  const inCode = openingOf(names, String.raw`[^\S\n]*`);
  const fences = fencedRegions(text).filter((region) => holds(text, region, inCode));
  const regions = fences.length > 0 ? fences : [proseRegion(text)];
  // "the answer (42)" is no call.
  const opening = fences.length > 0 ? inCode : openingOf(names, "");
  const statements: Statement[] = [];
  const failures: string[] = [];
  for (const region of regions) readRegion(text, region, opening, statements, failures);

  const [first, ...others] = statements;
  // In prose a name before a bracket need not be code; inside a fence it must be.
  if (first === undefined || (fences.length > 0 && failures.length > 0)) {
    return { ok: false, reason: failures[0] ?? `the reply has no call of ${listOf(names)}` };
  }
  const other = others.find((statement) => !sameCall(statement.call, first.call));
  if (other !== undefined) {
    const calls = [first, other].map((statement) => text.slice(statement.from, statement.call.end));
    return { ok: false, reason: `the reply has more than one action: ${calls.join(" and ")}` };
  }
  const before = fences[0] === undefined ? first.from : fenceStart(text, fences[0]);
  return {
    ok: true,
    call: first.call,
    thought: tidyThought(text.slice(0, before)),
    code: withComment(text, first),
  };
}

/** Finds where a call of one of the names begins, with `space` allowed before its bracket. */
function openingOf(names: readonly string[], space: string): RegExp {
  const any = names.map((name) => name.replaceAll("_", "_?")).join("|");
  return new RegExp(String.raw`(?<![\p{L}\p{N}_.])(?:${any})${space}\(`, "giu");
}

/** Reasoning models think aloud first, and may write calls while they do. */
function withoutReasoning(reply: string): string {
  const end = reply.lastIndexOf("</think>");
  return end < 0 ? reply : reply.slice(end + "</think>".length);
}

/** Contents of the fenced blocks; a block that is never closed reaches to the end. */
function fencedRegions(text: string): Region[] {
  const regions: Region[] = [];
  let open: number | undefined;
  // The word after an opening fence is its language, but only where its line ends there.
  for (const mark of text.matchAll(/^[^\S\n]*```(?:[\w+-]*[^\S\n]*$)?/gmu)) {
    if (open === undefined) open = mark.index + mark[0].length;
    else {
      regions.push({ from: open, to: mark.index, fenced: true });
      open = undefined;
    }
  }
  if (open !== undefined) regions.push({ from: open, to: text.length, fenced: true });
  return regions;
}

function fenceStart(text: string, region: Region): number {
  return text.lastIndexOf("```", region.from);
}

function proseRegion(text: string): Region {
  const label = [...text.matchAll(/\bOperation\b[*_]*\s*[::]/giu)].at(-1);
  return { from: label === undefined ? 0 : label.index + label[0].length, to: text.length, fenced: false };
}

function holds(text: string, region: Region, opening: RegExp): boolean {
  return text.slice(region.from, region.to).search(opening) >= 0;
}

function readRegion(
  text: string,
  region: Region,
  opening: RegExp,
  statements: Statement[],
  failures: string[],
): void {
  const source = text.slice(0, region.to);
  let at = region.from;
  for (;;) {
    opening.lastIndex = at;
    const from = opening.exec(source)?.index;
    if (from === undefined) return;
    if (isComment(source, at, from)) {
      at = lineEnd(source, from);
      continue;
    }
    const parsed = parseCall(source, from);
    if (parsed.ok) {
      statements.push({ call: parsed.call, from });
      at = parsed.call.end;
    } else {
      failures.push(`${JSON.stringify(source.slice(from, lineEnd(source, from)))}: ${parsed.reason}`);
      at = lineEnd(source, from);
    }
  }
}

/** Whether the place is behind a `#` on its line; `after` is where the last call ended. */
function isComment(source: string, after: number, at: number): boolean {
  const lineStart = source.lastIndexOf("\n", at - 1) + 1;
  return /(?:^|\s)#/u.test(source.slice(Math.max(after, lineStart), at));
}

function lineEnd(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end < 0 ? source.length : end;
}

function withComment(text: string, statement: Statement): string {
  const rest = text.slice(statement.call.end, lineEnd(text, statement.call.end));
  const comment = /^\s*#.*$/u.test(rest) ? rest.trimEnd() : "";
  return text.slice(statement.from, statement.call.end) + comment;
}

function sameCall(a: Call, b: Call): boolean {
  return callKey(a) === callKey(b);
}

function callKey(call: Call): string {
  const named = [...call.named].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([call.name.toLowerCase(), call.positional, named]);
}

function tidyThought(before: string): string {
  return before
    .replace(/^\s*#+\s*Round\b[^\n]*/iu, "")
    .replace(/(?:^|\n)[^\S\n]*(?:[*-]\s*)?[*_]*Operation[*_]*\s*[::]?[\s*_`]*$/iu, "")
    .trim();
}

function listOf(names: readonly string[]): string {
  return names.map((name) => `${name}()`).join(", ");
}
