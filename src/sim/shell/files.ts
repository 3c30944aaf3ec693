import { posix } from "node:path";
import { SimFileError } from "../system/files.ts";
import { absolute, fail, ok, type CommandContext, type Commands, type Output } from "./command.ts";
import { parseDate, strftime } from "./date.ts";
import { ls, modeText, ownerOf } from "./list-files.ts";

/** File tools that print otherwise on Android than in just-bash, or that it lacks. */
export const fileCommands: Commands = { ls, cp, stat, dd, du, touch, readlink, realpath, xxd, mktemp };

/** toybox cp: `-a`, `-r`, `-R`, `-p`, `-f`, `-n`, `-v`; `SOURCE/.` copies what is in a folder. */
function cp(args: readonly string[], context: CommandContext): Output {
  const letters = args.filter((word) => /^-[a-zA-Z]+$/u.test(word)).join("");
  const words = args.filter((word) => !word.startsWith("-"));
  const target = words.pop();
  if (target === undefined || words.length === 0) return fail('cp: Needs 2 arguments (see "cp --help")');
  const { files } = context.phone;
  const to = absolute(context, target);
  const intoFolder = files.exists(to) && files.stat(to).kind === "directory";
  if (words.length > 1 && !intoFolder) return fail(`cp: '${target}' not a directory`);
  if (!intoFolder && target.endsWith("/")) return fail(`cp: bad '${target}': No such file or directory`);
  let err = "";
  for (const word of words) {
    const from = absolute(context, word);
    const content = /(?:^|\/)\.$/u.test(word);
    if (!files.exists(from)) err += `cp: bad '${word}': No such file or directory\n`;
    else if (files.stat(from).kind === "directory" && !/[arR]/u.test(letters))
      err += `cp: Skipped dir '${word}'\n`;
    else {
      const destination = intoFolder && !content ? posix.join(to, posix.basename(from)) : to;
      if (!files.exists(posix.dirname(destination)))
        err += `cp: bad '${target}': No such file or directory\n`;
      else
        copyTree(context, from, destination, {
          keep: /[ap]/u.test(letters),
          clobber: !letters.includes("n"),
        });
    }
  }
  return err === "" ? ok() : fail(err);
}

function copyTree(
  context: CommandContext,
  from: string,
  to: string,
  options: { keep: boolean; clobber: boolean },
): void {
  const { files } = context.phone;
  const stat = files.stat(from);
  if (stat.kind === "directory") {
    // Listed first: a folder may be copied into itself.
    const names = files.list(from);
    files.mkdir(to);
    for (const name of names) copyTree(context, `${from}/${name}`, `${to}/${name}`, options);
    if (options.keep) files.utimes(to, stat.mtime);
  } else if (options.clobber || !files.exists(to))
    files.write(
      to,
      files.read(from),
      options.keep ? { mode: stat.mode, mtime: stat.mtime } : { mode: stat.mode },
    );
}

/** toybox stat, with `-c` formats. */
function stat(args: readonly string[], context: CommandContext): Output {
  let format: string | undefined;
  const words: string[] = [];
  let follow = false;
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    if (word === "-c") format = args[++at] ?? "";
    else if (word.startsWith("--format=")) format = word.slice("--format=".length);
    else if (word === "-L") follow = true;
    else words.push(word);
  }
  if (words.length === 0) return fail('stat: Needs 1 argument (see "stat --help")');
  let out = "";
  let err = "";
  for (const word of words) {
    try {
      out += `${describe(word, format, follow, context)}\n`;
    } catch (error) {
      if (!(error instanceof SimFileError)) throw error;
      err += `stat: '${word}': No such file or directory\n`;
    }
  }
  return { out, err, code: err === "" ? 0 : 1 };
}

function describe(
  name: string,
  format: string | undefined,
  follow: boolean,
  context: CommandContext,
): string {
  const path = absolute(context, name);
  const { files } = context.phone;
  const found = follow ? files.stat(path) : files.lstat(path);
  const [user = "root", group = "root"] = ownerOf(path, context).split(" ");
  const time = `${strftime("%Y-%m-%d %H:%M:%S.%N", new Date(found.mtime))} +0000`;
  const kind = { file: "regular file", directory: "directory", symlink: "symbolic link" }[found.kind];
  const type = { file: 0o100000, directory: 0o040000, symlink: 0o120000 }[found.kind];
  const fields: Record<string, string> = {
    a: found.mode.toString(8),
    A: modeText(found),
    b: String(Math.ceil(found.size / 512)),
    B: "512",
    f: (type | found.mode).toString(16),
    F: kind,
    g: "0",
    G: group,
    h: "1",
    n: name,
    N: `'${name}'`,
    s: String(found.size),
    u: "0",
    U: user,
    x: time,
    X: String(Math.floor(found.mtime / 1000)),
    y: time,
    Y: String(Math.floor(found.mtime / 1000)),
    z: time,
    Z: String(Math.floor(found.mtime / 1000)),
    "%": "%",
  };
  if (format !== undefined) return format.replace(/%([a-zA-Z%])/gu, (all, key: string) => fields[key] ?? all);
  return [
    `  File: ${name}`,
    `  Size: ${found.size}\t Blocks: ${fields["b"]}\t IO Blocks: 512\t${kind}`,
    `Device: fe09h/65033d\t Inode: 1\t Links: 1`,
    `Access: (${found.mode.toString(8).padStart(4, "0")}/${modeText(found)})\tUid: (    0/${user})\tGid: (    0/${group})`,
    `Access: ${time}`,
    `Modify: ${time}`,
    `Change: ${time}`,
  ].join("\n");
}

/** `if=`, `of=`, `bs=`, `count=`; /dev/zero is the only endless input. */
function dd(args: readonly string[], context: CommandContext): Output {
  const options = new Map(args.map((word) => [word.replace(/=.*$/u, ""), word.replace(/^[^=]*=?/u, "")]));
  const block = size(options.get("bs") ?? "512");
  const count = options.has("count") ? size(options.get("count")!) : undefined;
  if (block === undefined || Number.isNaN(count)) return fail("dd: bad number");
  const { files } = context.phone;
  const input = options.get("if");
  let bytes: Uint8Array;
  if (input === undefined) bytes = context.stdin;
  else if (input === "/dev/zero") {
    if (count === undefined || count * block > maxZeros)
      return fail("dd: /dev/zero: needs a count, of at most 256 MiB");
    bytes = new Uint8Array(count * block);
  } else if (files.exists(absolute(context, input))) bytes = files.read(absolute(context, input));
  else return fail(`dd: ${input}: No such file or directory`);
  if (count !== undefined) bytes = bytes.subarray(0, count * block);
  const output = options.get("of");
  const report = `${Math.floor(bytes.length / block)}+${bytes.length % block === 0 ? 0 : 1} records in\n${Math.floor(bytes.length / block)}+${bytes.length % block === 0 ? 0 : 1} records out\n${bytes.length} bytes copied\n`;
  if (output === undefined) return { out: bytes, err: report };
  if (output !== "/dev/null") files.write(absolute(context, output), bytes, { mode: 0o644 });
  return { err: report };
}

const maxZeros = 256 * 1024 * 1024;

function size(text: string): number | undefined {
  const match = /^(\d+)([kKmMgG]?)$/u.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * 1024 ** ["", "k", "m", "g"].indexOf(match[2]!.toLowerCase());
}

/** `touch [-c] [-d DATE] [-t TIME] [-r FILE] FILE...`, by the device's clock. */
function touch(args: readonly string[], context: CommandContext): Output {
  const { files, clock } = context.phone;
  let mtime = clock.now();
  const words: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    if (word === "-d" || word === "-t" || word === "-r") {
      const value = args[++at] ?? "";
      const given =
        word === "-r" ? mtimeOf(absolute(context, value), context) : parseTouch(word, value, mtime);
      if (given === undefined) return fail(`touch: bad date '${value}'`);
      mtime = given;
    } else if (!/^-[acmh]+$/u.test(word)) words.push(word);
  }
  if (words.length === 0) return fail('touch: Needs 1 argument (see "touch --help")');
  let err = "";
  for (const word of words) {
    const path = absolute(context, word);
    if (files.exists(path)) files.utimes(path, mtime);
    else if (!files.exists(posix.dirname(path))) err += `touch: '${word}': No such file or directory\n`;
    else if (!args.includes("-c")) files.write(path, "", { mode: 0o644, mtime });
  }
  return err === "" ? ok() : fail(err);
}

function mtimeOf(path: string, { phone }: CommandContext): number | undefined {
  return phone.files.exists(path) ? phone.files.stat(path).mtime : undefined;
}

/** `-t` is `[[CC]YY]MMDDhhmm[.ss]`, `-d` a date as `date -d` takes it. */
function parseTouch(option: string, text: string, now: number): number | undefined {
  const match = /^(\d{2}|\d{4})?(\d{8})(\.\d{2})?$/u.exec(text);
  if (option === "-d" || match === null) return parseDate(text, now);
  return parseDate(`${match[2]}${match[1] ?? ""}${match[3] ?? ""}`, now);
}

/** `du [-s] [-h] [FILE...]`, in KiB of 4 KiB pages as toybox counts. */
function du(args: readonly string[], context: CommandContext): Output {
  const letters = args.filter((word) => word.startsWith("-")).join("");
  const words = args.filter((word) => !word.startsWith("-"));
  let out = "";
  let err = "";
  const show = (kib: number, name: string): void => {
    out += `${letters.includes("h") ? (kib < 1024 ? `${kib}K` : `${(kib / 1024).toFixed(1)}M`) : kib}\t${name}\n`;
  };
  const visit = (path: string, name: string, top: boolean): number => {
    const { files } = context.phone;
    const found = top ? files.stat(path) : files.lstat(path);
    let kib = Math.ceil(found.size / 4096) * 4;
    if (found.kind === "directory")
      for (const child of files.list(path)) kib += visit(`${path}/${child}`, `${name}/${child}`, false);
    if (top || (found.kind === "directory" && !letters.includes("s"))) show(kib, name);
    return kib;
  };
  for (const word of words.length === 0 ? ["."] : words) {
    const path = absolute(context, word);
    if (context.phone.files.exists(path)) visit(path, word === "/" ? "" : word.replace(/\/$/u, ""), true);
    else err += `du: ${word}: No such file or directory\n`;
  }
  return { out, err, code: err === "" ? 0 : 1 };
}

/** `readlink [-f] FILE`. */
function readlink(args: readonly string[], context: CommandContext): Output {
  const path = absolute(context, args.find((word) => !word.startsWith("-")) ?? "");
  if (args.includes("-f")) return ok(context.phone.files.realpath(path));
  try {
    return ok(context.phone.files.readlink(path));
  } catch (error) {
    if (error instanceof SimFileError) return { code: 1 };
    throw error;
  }
}

function realpath(args: readonly string[], context: CommandContext): Output {
  const word = args[0] ?? "";
  const path = absolute(context, word);
  if (!context.phone.files.exists(path)) return fail(`realpath: ${word}: No such file or directory`);
  return ok(context.phone.files.realpath(path));
}

/** `xxd [-p] [FILE]`. */
function xxd(args: readonly string[], context: CommandContext): Output {
  const file = args.find((word) => !word.startsWith("-"));
  if (file !== undefined && !context.phone.files.exists(absolute(context, file)))
    return fail(`xxd: ${file}: No such file or directory`);
  const bytes = Buffer.from(
    file === undefined ? context.stdin : context.phone.files.read(absolute(context, file)),
  );
  if (args.includes("-p")) return ok(bytes.toString("hex").replace(/.{60}/gu, "$&\n"));
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.subarray(at, at + 16);
    const hex = row.toString("hex").replace(/.{4}/gu, "$& ").padEnd(40);
    const text = row.toString("latin1").replace(/[^\x20-\x7e]/gu, ".");
    lines.push(`${at.toString(16).padStart(8, "0")}: ${hex} ${text}`);
  }
  return ok(lines.join("\n"));
}

function mktemp(args: readonly string[], { phone }: CommandContext): Output {
  const path = `/data/local/tmp/tmp.${phone.random
    .int(0, 2 ** 31)
    .toString(36)
    .padStart(6, "0")}`;
  if (args.includes("-d")) phone.files.mkdir(path);
  else phone.files.write(path, "", { mode: 0o600 });
  return ok(path);
}
