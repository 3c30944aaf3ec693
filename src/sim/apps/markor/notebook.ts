import type { AppContext, SimFileStat } from "../../system/services.ts";
import { openPreferences } from "../preferences.ts";

export const NOTEBOOK = "/storage/emulated/0/Documents/Markor";
export const QUICK_NOTE = `${NOTEBOOK}/QuickNote.md`;
export const TODO = `${NOTEBOOK}/todo.txt`;

export interface Entry {
  name: string;
  path: string;
  folder: boolean;
  size: number;
  mtime: number;
}

export type SortBy = "name" | "date" | "size";

const PREFERENCES = "/data/data/net.gsantner.markor/shared_prefs/app.xml";

/** The entries of a folder, folders first, in the order that was chosen; hidden ones are left out. */
export function listFolder(context: AppContext, folder: string): Entry[] {
  if (!isFolder(context, folder)) return [];
  const { by, reverse } = readSort(context);
  const entries = context.files
    .list(folder)
    .filter((name) => !name.startsWith("."))
    .map((name) => entryOf(context, `${folder}/${name}`));
  const byName = (a: Entry, b: Entry): number =>
    a.name.toLowerCase().localeCompare(b.name.toLowerCase()) || a.name.localeCompare(b.name);
  const orders = {
    name: byName,
    // As in the app, the newest and the largest come first.
    date: (a: Entry, b: Entry) => b.mtime - a.mtime || byName(a, b),
    size: (a: Entry, b: Entry) => b.size - a.size || byName(a, b),
  };
  const sign = reverse ? -1 : 1;
  return entries.sort((a, b) => Number(b.folder) - Number(a.folder) || sign * orders[by](a, b));
}

/** Files below a folder whose name or text has the words in it. */
export function searchFolder(context: AppContext, folder: string, words: string): Entry[] {
  const wanted = words.toLowerCase();
  return listFolder(context, folder).flatMap((entry) => {
    const hit = entry.name.toLowerCase().includes(wanted);
    if (entry.folder) return [...(hit ? [entry] : []), ...searchFolder(context, entry.path, words)];
    return hit || (isText(entry.name) && context.files.readText(entry.path).toLowerCase().includes(wanted))
      ? [entry]
      : [];
  });
}

export function readSort(context: AppContext): { by: SortBy; reverse: boolean } {
  const preferences = openPreferences(context, PREFERENCES);
  const by = preferences.string("pref_key__file_browser__sort_by", "name");
  return {
    by: by === "date" || by === "size" ? by : "name",
    reverse: preferences.get("pref_key__file_browser__sort_reverse") === true,
  };
}

export function writeSort(context: AppContext, sort: { by: SortBy; reverse: boolean }): void {
  openPreferences(context, PREFERENCES).put({
    pref_key__file_browser__sort_by: sort.by,
    pref_key__file_browser__sort_reverse: sort.reverse,
  });
}

export function statOf(context: AppContext, path: string): SimFileStat | undefined {
  return context.files.exists(path) ? context.files.stat(path) : undefined;
}

export function isFolder(context: AppContext, path: string): boolean {
  return statOf(context, path)?.kind === "directory";
}

function entryOf(context: AppContext, path: string): Entry {
  const { kind, size, mtime } = context.files.stat(path);
  return { name: baseName(path), path, folder: kind === "directory", size, mtime };
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

/** A name as it may stand in a file system; empty where nothing is left of it. */
export function cleanName(name: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what must not be in a name
  const clean = name.replace(/[|\\?*<":>/'\u0000-\u001F]/gu, "").trim();
  return /^\.*$/u.test(clean) ? "" : clean;
}

/** Copies a file or a whole folder. */
export function copyTree(context: AppContext, from: string, to: string): void {
  const { files } = context;
  if (!isFolder(context, from)) {
    files.write(to, files.read(from));
    return;
  }
  files.mkdir(to);
  for (const name of files.list(from)) copyTree(context, `${from}/${name}`, `${to}/${name}`);
}

function isText(name: string): boolean {
  return /\.(?:md|markdown|txt|org|adoc|csv|html|json|xml|ya?ml)$/iu.test(name);
}
