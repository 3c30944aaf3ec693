/**
 * Whether a command line needs its standard input. adb keeps the input of most commands open for as
 * long as they run, so waiting for its end would hang those that never read it.
 */
export function readsStdin(command: string): boolean {
  const plain = unquoted(command)
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

const alwaysReads = new Set(["nc", "netcat", "tee", "tr", "xargs", "read"]);

function stageReads(stage: string): boolean {
  const words = stage.trim().split(/\s+/u);
  const name = words[0]?.replace(/^\/system\/bin\//u, "") ?? "";
  if (alwaysReads.has(name) || (name === "while" && words[1] === "read")) return true;
  const options = words.slice(1).filter((word) => word.startsWith("-"));
  // A number belongs to an option such as `-n 5`.
  const operands = words.slice(1).filter((word) => !word.startsWith("-") && !/^\d+$/u.test(word));
  if (name === "sh" || name === "bash") return !options.includes("-c") && operands.length === 0;
  if (name === "dd") return !operands.some((word) => word.startsWith("if="));
  const needed = operandsNeeded[name];
  if (needed === undefined) return false;
  return operands.length < needed || words.includes("-");
}

/** A command line with one letter for each quoted word: it is one word to the shell, whatever it holds. */
export function unquoted(command: string): string {
  return command.replace(/'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\\[\s\S]/gu, "Q");
}

const install = /^\s*(?:cmd\s+package|pm)\s+install(?:-write)?\s(?:.*\s)?-S\s+(\d+)(?:\s|$)/u;

/** How many bytes of standard input a package takes that is streamed in: `cmd package install -S SIZE`. */
export function stdinLength(command: string): number | undefined {
  // The adb client quotes each word.
  const size = install.exec(command.replaceAll(/['"]/gu, ""))?.[1];
  return size === undefined ? undefined : Number(size);
}
