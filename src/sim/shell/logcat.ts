import type { LogLine } from "../system/log.ts";
import { fail, ok, type CommandContext, type Commands, type Output } from "./command.ts";
import { hungUp } from "./exit-codes.ts";
import { strftime } from "./date.ts";

export const logCommands: Commands = { logcat, log };

const priorities = "VDIWEF";

/** Prints the buffer, and then every new line for as long as the client listens; `-d` and `-t` print and end. */
async function logcat(args: readonly string[], context: CommandContext): Promise<Output> {
  const { phone } = context;
  let format = "threadtime";
  let follows = context.live;
  let tail: number | undefined;
  let silent = false;
  const filters: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    if (word === "-c" || word === "--clear") {
      phone.log.clear();
      return ok();
    }
    if (word === "-v") format = args[++at] ?? format;
    else if (word === "-t" || word === "-T") {
      tail = Number(args[++at]);
      if (word === "-t") follows = false;
    } else if (word === "-d") follows = false;
    else if (word === "-s") silent = true;
    else if (word === "-b" || word === "-G" || word === "-f") at++;
    else if (word === "-g")
      return ok("main: ring buffer is 256 KiB (12 KiB consumed), max entry is 5120 B, max payload is 4068 B");
    else if (!word.startsWith("-")) filters.push(word);
    else if (word !== "-D" && !/^--(?:pid|regex|format|buffer)=/u.test(word))
      return fail(`logcat: unrecognized option: ${word}`);
  }
  const shown = phone.log.lines().filter((line) => passes(line, filters, silent));
  const last = tail === undefined || Number.isNaN(tail) ? shown : shown.slice(-tail);
  const printed = ["--------- beginning of main", ...last.map((line) => formatLine(line, format))].join("\n");
  if (!follows) return ok(printed);
  context.print(`${printed}\n`);
  const stop = phone.log.watch((line) => {
    if (passes(line, filters, silent)) context.print(`${formatLine(line, format)}\n`);
  });
  try {
    await aborted(context.signal);
  } finally {
    stop();
  }
  return { code: hungUp };
}

/** When the client closes its stream, or a snapshot takes the phone from under it. */
function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal === undefined || signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** Filters are `TAG:PRIORITY`; a tag alone means all of its lines, and `-s` silences the others. */
function passes(line: LogLine, filters: readonly string[], silent: boolean): boolean {
  const rules = filters.map((text) => text.split(":") as [string, string?]);
  const rule = rules.find(([tag]) => tag === line.tag) ?? rules.find(([tag]) => tag === "*");
  const least = rule === undefined ? (silent ? "S" : "V") : (rule[1] ?? "V").toUpperCase();
  return least !== "S" && priorities.indexOf(line.priority) >= priorities.indexOf(least);
}

function formatLine(line: LogLine, format: string): string {
  const { at, pid, priority, tag, message } = line;
  const milliseconds = String(at % 1000).padStart(3, "0");
  const time = `${strftime("%m-%d %H:%M:%S", new Date(at))}.${milliseconds}`;
  const id = String(pid).padStart(5);
  switch (format) {
    case "brief":
      return `${priority}/${tag.padEnd(8)}(${id}): ${message}`;
    case "tag":
      return `${priority}/${tag.padEnd(8)}: ${message}`;
    case "raw":
      return message;
    case "time":
      return `${time} ${priority}/${tag.padEnd(8)}(${id}): ${message}`;
    case "epoch":
      return `${Math.floor(at / 1000)}.${milliseconds} ${id} ${id} ${priority} ${tag.padEnd(8)}: ${message}`;
    default:
      return `${time} ${id} ${id} ${priority} ${tag.padEnd(8)}: ${message}`;
  }
}

function log(args: readonly string[], { phone }: CommandContext): Output {
  let tag = "log";
  let priority: LogLine["priority"] = "I";
  const words: string[] = [];
  for (let at = 0; at < args.length; at++) {
    if (args[at] === "-t") tag = args[++at] ?? tag;
    else if (args[at] === "-p")
      priority = (args[++at] ?? "i").slice(0, 1).toUpperCase() as LogLine["priority"];
    else words.push(args[at]!);
  }
  if (!priorities.includes(priority)) return fail(`log: bad priority '${priority}'`);
  phone.log.add(priority, tag, words.join(" "), 6000);
  return ok();
}
