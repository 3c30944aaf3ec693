/** What the app does to files. Names are checked as Android's FileUtils does for its shared storage. */
import type { AppContext } from "../../system/services.ts";
import { listFolder, nameOf, parentOf } from "./entries.ts";

/** A name that FAT, and so shared storage, can hold. */
export function validName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === "" || trimmed === "." || trimmed === "..") return "(invalid)";
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  return trimmed.replace(/["*/:<>?\\|\u0000-\u001f\u007f]/gu, "_");
}

/** The name itself, or the first of `name (1).txt`, `name (2).txt` … that is free in the folder. */
export function freeName(context: AppContext, folder: string, name: string): string {
  const dot = name.lastIndexOf(".");
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  let candidate = name;
  for (let n = 1; context.files.exists(`${folder}/${candidate}`); n++)
    candidate = `${stem} (${n})${extension}`;
  return candidate;
}

/** Returns the path of the new folder, which has another name where this one was taken. */
export function createFolder(context: AppContext, parent: string, name: string): string {
  const path = `${parent}/${freeName(context, parent, validName(name))}`;
  context.files.mkdir(path);
  return path;
}

/** False where another file has that name. */
export function rename(context: AppContext, path: string, name: string): boolean {
  const target = `${parentOf(path)}/${validName(name)}`;
  if (target !== path && context.files.exists(target)) return false;
  context.files.move(path, target);
  return true;
}

export function copyInto(context: AppContext, source: string, folder: string): void {
  copy(context, source, `${folder}/${freeName(context, folder, nameOf(source))}`);
}

export function moveInto(context: AppContext, source: string, folder: string): void {
  context.files.move(source, `${folder}/${freeName(context, folder, nameOf(source))}`);
}

/** Why the sources cannot go into the folder. */
export function refusal(sources: readonly string[], folder: string, moving: boolean): string | undefined {
  if (sources.some((source) => folder === source || folder.startsWith(`${source}/`)))
    return "A folder can't go into itself";
  if (moving && sources.some((source) => parentOf(source) === folder)) return "Already in this folder";
  return undefined;
}

function copy(context: AppContext, source: string, target: string): void {
  const stat = context.files.stat(source);
  if (stat.kind !== "directory") {
    context.files.write(target, context.files.read(source), { mode: stat.mode });
    return;
  }
  context.files.mkdir(target);
  for (const entry of listFolder(context, source)) copy(context, entry.path, `${target}/${entry.name}`);
}
