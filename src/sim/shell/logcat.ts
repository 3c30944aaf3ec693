import { systemServerPid, type LogLine } from "../system/log.ts";
import { fail, ok, type CommandContext, type Commands, type Output } from "./command.ts";
import { hungUp } from "./exit-codes.ts";
import { priorities, readOptions, type LogcatOptions } from "./logcat-options.ts";
import { strftime } from "./date.ts";

export const logCommands: Commands = { logcat, log };

/** Prints the buffers, and then every new line for as long as the client listens; `-d` and `-t` print and end. */
async function logcat(args: readonly string[], context: CommandContext): Promise<Output> {
  const { phone } = context;
  const options = readOptions(args);
  if (typeof options === "string") return fail(`logcat: ${options}`);
  if (options.does === "clear") {
    phone.log.clear();
    return ok();
  }
  if (options.does === "tell size")
    return ok("main: ring buffer is 256 KiB (12 KiB consumed), max entry is 5120 B, max payload is 4068 B");
  const { format, last, since = "" } = options;
  const shown = phone.log.lines().filter((line) => passes(line, options) && timeOf(line) >= since);
  const lines = last === undefined ? shown : shown.slice(Math.max(0, shown.length - last));
  const [first = "main"] = options.buffers;
  const head = `--------- beginning of ${first}`;
  const printed = [head, ...lines.map((line) => formatLine(line, format))].join("\n");
  if (options.ends || !context.live) return ok(printed);
  context.print(`${printed}\n`);
  const stop = phone.log.watch((line) => {
    if (passes(line, options)) context.print(`${formatLine(line, format)}\n`);
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

function passes(line: LogLine, { buffers, pid, pattern, filters, silent }: LogcatOptions): boolean {
  if (buffers.length > 0 && !buffers.includes(bufferOf(line))) return false;
  if (pid !== undefined && line.pid !== pid) return false;
  if (pattern !== undefined && !pattern.test(line.message)) return false;
  // Filters are `TAG:PRIORITY`; a tag alone means all of its lines, and `-s` silences the others.
  const rules = filters.map((text) => text.split(":") as [string, string?]);
  const rule = rules.find(([tag]) => tag === line.tag) ?? rules.find(([tag]) => tag === "*");
  const least = rule === undefined ? (silent ? "S" : "V") : (rule[1] ?? "V").toUpperCase();
  return least !== "S" && priorities.indexOf(line.priority) >= priorities.indexOf(least);
}

/** Which of Android's buffers has it: crashes and the system's own lines have one of their own. */
function bufferOf({ tag, pid }: LogLine): string {
  if (tag === "AndroidRuntime") return "crash";
  return pid === systemServerPid ? "system" : "main";
}

function timeOf({ at }: LogLine): string {
  return `${strftime("%m-%d %H:%M:%S", new Date(at))}.${String(at % 1000).padStart(3, "0")}`;
}

function formatLine(line: LogLine, format: string): string {
  const { at, pid, priority, tag, message } = line;
  const time = timeOf(line);
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
      return `${(at / 1000).toFixed(3)} ${id} ${id} ${priority} ${tag.padEnd(8)}: ${message}`;
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
