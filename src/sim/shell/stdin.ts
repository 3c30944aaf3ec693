/**
 * Whether a command line needs its standard input. adb keeps the input of most commands open for as
 * long as they run, so waiting for its end would hang those that never read it.
 */
export function readsStdin(command: string): boolean {
  // What is quoted is one word to the shell, whatever it holds.
  const plain = command
    .replace(/'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\\[\s\S]/gu, "Q")
    // Where output goes is no operand.
    .replace(/\d*>>?&?\s*[^\s;&|]+/gu, " ");
  const stages = plain.split(/\|\||&&|[;\n&]/u).map((list) => list.split("|")[0] ?? "");
  return stages.some((stage) => !/<(?!\()/u.test(stage) && stageReads(stage));
}

/** Operands that make a tool read files instead; without as many, it reads its standard input. */
const operandsNeeded: Record<string, number> = {
  awk: 2,
  base64: 1,
  cat: 1,
  cut: 1,
  egrep: 2,
  fgrep: 2,
  grep: 2,
  gunzip: 1,
  gzip: 1,
  head: 1,
  md5sum: 1,
  nl: 1,
  od: 1,
  rev: 1,
  sed: 2,
  sha1sum: 1,
  sha256sum: 1,
  sort: 1,
  sqlite3: 2,
  tac: 1,
  tail: 1,
  uniq: 1,
  wc: 1,
  xxd: 1,
  zcat: 1,
};

const alwaysReads = new Set(["tee", "tr", "xargs", "read"]);

function stageReads(stage: string): boolean {
  const words = stage.trim().split(/\s+/u);
  const name = words[0]?.replace(/^\/system\/bin\//u, "") ?? "";
  if (alwaysReads.has(name) || (name === "while" && words[1] === "read")) return true;
  const options = words.slice(1).filter((word) => word.startsWith("-"));
  // A number belongs to an option such as `-n 5`.
  const operands = words.slice(1).filter((word) => !word.startsWith("-") && !/^\d+$/u.test(word));
  if (name === "sh" || name === "bash") return !options.includes("-c") && operands.length === 0;
  if (name === "dd") return !operands.some((word) => word.startsWith("if="));
  // A package that is streamed in: `cmd package install -S SIZE`.
  if (name === "pm" || name === "cmd" || name === "package")
    return /\binstall(-write)?\b.*\s-S\s/u.test(stage);
  const needed = operandsNeeded[name];
  if (needed === undefined) return false;
  return operands.length < needed || words.includes("-");
}
