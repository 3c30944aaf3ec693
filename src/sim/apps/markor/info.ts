import { listItem } from "../../ui/index.ts";
import type { View } from "../../ui/index.ts";
import type { AppContext } from "../../system/services.ts";
import { partsOf } from "../dates.ts";
import { baseName, parentOf, statOf } from "./notebook.ts";

/** What is known of a file: name, folder, time, size. */
export function fileInfo(context: AppContext, path: string): View[] {
  const stat = statOf(context, path);
  const facts: [string, string][] = [
    ["Name", baseName(path)],
    ["Location", parentOf(path)],
  ];
  if (stat) facts.push(["Last modified", timeText(stat.mtime)]);
  if (stat?.kind === "file") {
    const words = context.files.readText(path);
    facts.push(["Size", sizeText(stat.size)]);
    facts.push(["Number of lines", String(words.split("\n").length)]);
    facts.push(["Number of characters", String(words.length)]);
  }
  return facts.map(([title, subtitle]) => listItem({ title, subtitle, style: { paddingHorizontal: 0 } }));
}

/** `2023-10-15 15:34`. */
export function timeText(epochMs: number): string {
  const { year, month, day, hour, minute } = partsOf(epochMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${year}-${two(month + 1)}-${two(day)} ${two(hour)}:${two(minute)}`;
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
