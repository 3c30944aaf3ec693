/** Statements of a script for the sqlite3 shell: SQL up to its semicolon, dot commands up to the line's end. */
export function splitStatements(script: string): string[] {
  const statements: string[] = [];
  let current = "";
  let at = 0;
  const flush = (): void => {
    if (current.trim() !== "") statements.push(current.trim());
    current = "";
  };
  while (at < script.length) {
    if (current.trim() === "" && script[at] === "." && (at === 0 || script[at - 1] === "\n")) {
      const end = endOf(script, "\n", at);
      statements.push(script.slice(at, end).trim());
      at = end;
      continue;
    }
    const next = tokenEnd(script, at);
    const token = script.slice(at, next);
    at = next;
    if (token.startsWith("--") || token.startsWith("/*")) continue;
    current += token;
    // The body of a trigger has semicolons of its own.
    if (token === ";" && !/^\s*CREATE\s+(?:TEMP\w*\s+)?TRIGGER\b(?![\s\S]*\bEND\s*;$)/iu.test(current))
      flush();
  }
  flush();
  return statements.filter((statement) => statement !== ";");
}

/** Where the string, quoted name, comment or single character at a position ends. */
function tokenEnd(script: string, at: number): number {
  const character = script[at]!;
  if (character === "'" || character === '"' || character === "`") return endOf(script, character, at + 1);
  if (character === "[") return endOf(script, "]", at + 1);
  if (script.startsWith("--", at)) return endOf(script, "\n", at);
  if (script.startsWith("/*", at)) return endOf(script, "*/", at + 2);
  return at + 1;
}

function endOf(script: string, mark: string, from: number): number {
  const found = script.indexOf(mark, from);
  return found < 0 ? script.length : found + mark.length;
}
