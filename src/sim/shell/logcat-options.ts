/** Arguments of `logcat` (AOSP system/logging, logcat.cpp). */
import { errorMessage } from "../../errors.ts";

export const priorities = "VDIWEF";

export interface LogcatOptions {
  does: "print" | "clear" | "tell size";
  format: string;
  /** Does not wait for more. */
  ends: boolean;
  /** So many lines of those that there are. */
  last?: number;
  /** Only from this time on: `MM-DD hh:mm:ss.mmm`. */
  since?: string;
  /** Names of buffers; none for all of them. */
  buffers: string[];
  pid?: number;
  pattern?: RegExp;
  /** `TAG:PRIORITY`. */
  filters: string[];
  /** What no filter names is left out. */
  silent: boolean;
}

/** The long names of options that take a value. */
const long: Record<string, string> = {
  "--buffer": "-b",
  "--format": "-v",
  "--regex": "-e",
  "--pid": "--pid",
};

/** Those that only say where the output goes or how it is kept. */
const ignored = new Set(["-D", "--dividers", "-f", "-r", "-n", "-G"]);
const takesValue = new Set(["-b", "-v", "-e", "-t", "-T", "-f", "-r", "-n", "-G", "--pid"]);

/** What the arguments ask for, or what is wrong with them. */
export function readOptions(args: readonly string[]): LogcatOptions | string {
  const options: LogcatOptions = {
    does: "print",
    format: "threadtime",
    ends: false,
    buffers: [],
    filters: [],
    silent: false,
  };
  const words = args.flatMap((word) => {
    const [, name, value] = /^(--[a-z-]+)=(.*)$/su.exec(word) ?? [];
    return name !== undefined && value !== undefined && name in long ? [long[name]!, value] : [word];
  });
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const value = takesValue.has(word) ? words[++at] : "";
    if (value === undefined) return `option requires an argument: ${word}`;
    const wrong = take(options, word, value);
    if (wrong !== undefined) return wrong;
  }
  return options;
}

function take(options: LogcatOptions, word: string, value: string): string | undefined {
  switch (word) {
    case "-c":
    case "--clear":
      options.does = "clear";
      break;
    case "-g":
      options.does = "tell size";
      break;
    case "-d":
      options.ends = true;
      break;
    case "-t":
    case "-T":
      if (word === "-t") options.ends = true;
      return takeTail(options, value);
    case "-b":
      options.buffers.push(...value.split(","));
      if (options.buffers.some((name) => name === "all" || name === "default")) options.buffers = [];
      break;
    case "-v":
      options.format = value;
      break;
    case "-e":
      return takePattern(options, value);
    case "--pid":
      options.pid = Number(value);
      break;
    case "-s":
      options.silent = true;
      break;
    default:
      if (!word.startsWith("-")) options.filters.push(word);
      else if (!ignored.has(word)) return `unrecognized option: ${word}`;
  }
  return undefined;
}

function takePattern(options: LogcatOptions, value: string): string | undefined {
  try {
    options.pattern = new RegExp(value, "u");
    return undefined;
  } catch (error) {
    return `bad regular expression: ${errorMessage(error)}`;
  }
}

/** A number of lines, or the time of the first one; a year before it says nothing here. */
function takeTail(options: LogcatOptions, value: string): string | undefined {
  const [, time] = /^(?:\d{4}-)?(\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,3})\d*$/u.exec(value) ?? [];
  if (time !== undefined) options.since = time;
  else if (/^\d+$/u.test(value)) options.last = Number(value);
  else return `-t/-T: '${value}' is neither a number of lines nor a time`;
  return undefined;
}
