import { posix } from "node:path";
import { SimFileError } from "../system/files.ts";
import type { SimFileStat } from "../system/services.ts";
import { absolute, type CommandContext, type Output } from "./command.ts";
import { strftime } from "./date.ts";

interface Entry {
  name: string;
  path: string;
  stat: SimFileStat;
}

/** toybox ls. Options may stand after the paths, as in `ls PATH -ll -au`. */
export function ls(args: readonly string[], context: CommandContext): Output {
  const letters = args.filter((word) => /^-[A-Za-z1]+$/u.test(word)).join("");
  const has = (letter: string): boolean => letters.includes(letter);
  const words = args.filter((word) => !word.startsWith("-") || word === "-");
  const paths = words.length === 0 ? ["."] : words;
  const long = has("l") || has("o") || has("g") || has("n");
  let err = "";
  const singles: Entry[] = [];
  const folders: Entry[] = [];
  for (const name of paths) {
    const path = absolute(context, name);
    try {
      const follow = !long || name.endsWith("/");
      const stat = follow ? context.phone.files.stat(path) : context.phone.files.lstat(path);
      (stat.kind === "directory" && !has("d") ? folders : singles).push({ name, path, stat });
    } catch (error) {
      if (!(error instanceof SimFileError)) throw error;
      err += `ls: ${name}: No such file or directory\n`;
    }
  }
  const order = (entries: Entry[]): Entry[] => {
    if (has("t")) entries.sort((a, b) => b.stat.mtime - a.stat.mtime);
    else if (has("S")) entries.sort((a, b) => b.stat.size - a.stat.size);
    return has("r") ? entries.reverse() : entries;
  };
  const show = (entries: Entry[]): string =>
    formatEntries(
      order(entries),
      { long, nanoseconds: /l.*l/u.test(letters), marks: has("F"), inode: has("i") },
      context,
    );

  const blocks: string[] = singles.length > 0 ? [show(singles)] : [];
  const visit = (folder: Entry): void => {
    const entries = children(folder, context, has("a"), has("A"));
    const title = paths.length > 1 || has("R") ? `${folder.name}:\n` : "";
    const total =
      long || has("s") ? `total ${entries.reduce((sum, { stat }) => sum + blocksOf(stat), 0)}\n` : "";
    blocks.push(title + total + show(entries));
    if (!has("R")) return;
    for (const entry of entries)
      if (entry.stat.kind === "directory" && entry.name !== "." && entry.name !== "..")
        visit({ ...entry, name: `${folder.name.replace(/\/$/u, "")}/${entry.name}` });
  };
  for (const folder of folders) visit(folder);
  return { out: blocks.join("\n"), err, code: err === "" ? 0 : 1 };
}

function children(folder: Entry, { phone }: CommandContext, all: boolean, almostAll: boolean): Entry[] {
  const names = phone.files.list(folder.path).filter((name) => all || almostAll || !name.startsWith("."));
  return [...(all ? [".", ".."] : []), ...names].map((name) => {
    const path = posix.join(folder.path, name);
    return { name, path, stat: name === ".." ? phone.files.stat(path) : phone.files.lstat(path) };
  });
}

/** 512-byte blocks of 4 KiB pages, in KiB as toybox counts its total. */
function blocksOf(stat: SimFileStat): number {
  return stat.kind === "symlink" ? 0 : Math.ceil(stat.size / 4096) * 4;
}

interface Style {
  long: boolean;
  nanoseconds: boolean;
  marks: boolean;
  inode: boolean;
}

function formatEntries(entries: readonly Entry[], style: Style, context: CommandContext): string {
  const sizes = Math.max(0, ...entries.map(({ stat }) => String(stat.size).length));
  const owners = Math.max(0, ...entries.map(({ path }) => ownerOf(path, context).length));
  return entries
    .map(({ name, path, stat }) => {
      const mark = style.marks && stat.kind === "directory" ? "/" : "";
      if (!style.long) return `${name}${mark}\n`;
      const links = stat.kind === "directory" ? 2 : 1;
      const time = strftime("%Y-%m-%d %H:%M", new Date(stat.mtime));
      const precise = `${strftime("%Y-%m-%d %H:%M:%S.%N", new Date(stat.mtime))} +0000`;
      const target = stat.kind === "symlink" ? ` -> ${context.phone.files.readlink(path)}` : "";
      const owner = ownerOf(path, context).padEnd(owners);
      return `${modeText(stat)} ${links} ${owner} ${String(stat.size).padStart(sizes)} ${style.nanoseconds ? precise : time} ${name}${mark}${target}\n`;
    })
    .join("");
}

/** Owner and group by where a file lies: they follow from the path on a phone that has one user. */
export function ownerOf(path: string, { phone }: Pick<CommandContext, "phone">): string {
  const real = phone.files.realpath(posix.dirname(path)) + "/" + posix.basename(path);
  if (real.startsWith("/storage/emulated")) return "u0_a165 media_rw";
  const name = /^\/data\/data\/([^/]+)/u.exec(real)?.[1];
  const uid = name === undefined ? undefined : phone.packages.get(name)?.uid;
  if (uid !== undefined) return uid < 10_000 ? "system system" : `u0_a${uid - 10_000} u0_a${uid - 10_000}`;
  if (real.startsWith("/data/local")) return "shell shell";
  if (real.startsWith("/data")) return "system system";
  return "root root";
}

export function modeText(stat: SimFileStat): string {
  const kind = { file: "-", directory: "d", symlink: "l" }[stat.kind];
  const bits = [6, 3, 0].map((shift) => {
    const three = (stat.mode >> shift) & 7;
    return `${three & 4 ? "r" : "-"}${three & 2 ? "w" : "-"}${three & 1 ? "x" : "-"}`;
  });
  return kind + bits.join("");
}
