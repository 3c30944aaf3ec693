import { type Frame, type Region, regionsOf, within } from "./regions.ts";
import { tidyThought } from "./thought.ts";

/** The one statement of a reply that says what to do, and the words around it. */
export type Found<T> =
  | {
      ok: true;
      statement: T;
      /** What stands before it, without headings and labels. */
      thought: string;
      /** The statement as written, with the comment that follows it on its line. */
      code: string;
    }
  | { ok: false; reason: string };

/** How statements of one kind are found. */
export interface Syntax<T> {
  /** Finds where one may begin, in code and, more carefully, in prose. Both are global. */
  openings: { code: RegExp; prose: RegExp };
  /** `skip` is something else that begins alike. */
  read(source: string, at: number): ReadStatement<T>;
  /** Equal for statements that say the same. */
  key(statement: T): string;
  /**
   * A line of code: what is behind a `#` is a comment, and a line that cannot be read makes nothing of
   * the rest of its line and, where only code stands, of the reply.
   */
  linewise: boolean;
  /** What a reply without any lacks. */
  missing: string;
}

export type ReadStatement<T> =
  | { kind: "statement"; statement: T; end: number }
  | { kind: "skip" }
  /** Without a reason where it was hardly meant for one. */
  | { kind: "broken"; reason?: string; end: number };

/** Each broken beginning may be read up to the end of the text: at most this many are, and this many times its length. */
const mostBroken = 100;
const mostReadings = 16;

/**
 * Finds the statement in the answer of a reply. The same one written twice is one; two different ones
 * are refused, because it is not known which of them the model meant for this screen.
 */
export function findStatement<T>(text: string, frame: Frame, syntax: Syntax<T>): Found<T> {
  if (text.trim() === "") return { ok: false, reason: "the reply is empty" };
  const openings = {
    code: [...text.matchAll(syntax.openings.code)].map(({ index }) => index),
    prose: [...text.matchAll(syntax.openings.prose)].map(({ index }) => index),
  };
  const regions = regionsOf(text, frame, openings);
  const scan = new Scan(text, syntax);
  for (const region of regions) scan.region(region, region.kind === "prose" ? openings.prose : openings.code);

  const [first, ...others] = scan.statements;
  const fenced = regions[0]?.kind === "fence";
  // In prose a name before a bracket need not be code; inside a fence it must be.
  if (first === undefined || (syntax.linewise && fenced && scan.failures.length > 0)) {
    return { ok: false, reason: scan.failures[0] ?? syntax.missing };
  }
  const other = others.find(({ statement }) => syntax.key(statement) !== syntax.key(first.statement));
  if (other !== undefined) {
    const written = [first, other].map(({ from, end }) => text.slice(from, end));
    return { ok: false, reason: `the reply has more than one action: ${written.join(" and ")}` };
  }
  const before = regions[0]!.kind === "prose" ? first.from : regions[0]!.outside;
  return {
    ok: true,
    statement: first.statement,
    thought: tidyThought(text.slice(0, before), frame),
    code: withComment(text, first.from, first.end),
  };
}

class Scan<T> {
  readonly statements: { statement: T; from: number; end: number }[] = [];
  readonly failures: string[] = [];
  private readonly text: string;
  private readonly syntax: Syntax<T>;
  private broken = 0;
  private left: number;

  constructor(text: string, syntax: Syntax<T>) {
    this.text = text;
    this.syntax = syntax;
    this.left = mostReadings * text.length;
  }

  region(region: Region, openings: number[]): void {
    const source = this.text.slice(0, region.to);
    let at = region.from;
    for (const from of within(openings, region)) {
      if (from < at) continue;
      if (this.left < 0 || this.broken > mostBroken) return;
      if (this.syntax.linewise && isComment(source, at, from)) {
        at = lineEnd(source, from);
        continue;
      }
      at = this.statement(source, from);
    }
  }

  /** Reads what begins at `from`, and says where to go on. */
  private statement(source: string, from: number): number {
    const read = this.syntax.read(source, from);
    if (read.kind === "statement") {
      this.statements.push({ statement: read.statement, from, end: read.end });
      return read.end;
    }
    if (read.kind === "broken") {
      const line = source.slice(from, Math.min(lineEnd(source, from), from + 200));
      if (read.reason !== undefined) this.failures.push(`${JSON.stringify(line)}: ${read.reason}`);
      this.left -= read.end - from;
      this.broken++;
    }
    return this.syntax.linewise ? lineEnd(source, from) : from + 1;
  }
}

/** Whether the place is behind a `#` on its line; `after` is where the last statement ended. */
function isComment(source: string, after: number, at: number): boolean {
  const before = source.slice(after, at);
  return /(?:^|\s)#/u.test(before.slice(before.lastIndexOf("\n") + 1));
}

function lineEnd(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end < 0 ? source.length : end;
}

function withComment(text: string, from: number, end: number): string {
  const rest = text.slice(end, lineEnd(text, end));
  const comment = /^\s*#.*$/u.test(rest) ? rest.trimEnd() : "";
  return text.slice(from, end) + comment;
}
