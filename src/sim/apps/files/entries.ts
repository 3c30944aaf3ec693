import type { IconName } from "../../ui/index.ts";
import type { AppContext } from "../../system/services.ts";
import { partsOf, shortMonth, timeOfDay } from "../dates.ts";

/** A file or folder as the app lists it. */
export interface Entry {
  path: string;
  name: string;
  folder: boolean;
  /** Bytes; 0 for a folder. */
  size: number;
  /** Milliseconds since the epoch. */
  mtime: number;
}

type SortKey = "name" | "date" | "size" | "type";
export interface Sorting {
  by: SortKey;
  descending: boolean;
}

export const storageRoot = "/storage/emulated/0";

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

export function entryAt(context: AppContext, path: string): Entry {
  const stat = context.files.stat(path);
  const folder = stat.kind === "directory";
  return { path, name: nameOf(path), folder, size: folder ? 0 : stat.size, mtime: stat.mtime };
}

/** What a folder holds; names that begin with a dot are hidden. Empty where the folder is gone. */
export function listFolder(context: AppContext, path: string): Entry[] {
  if (!context.files.exists(path)) return [];
  return (
    context.files
      .list(path)
      // A symbolic link that leads nowhere is not there for an app.
      .filter((name) => !name.startsWith(".") && context.files.exists(`${path}/${name}`))
      .map((name) => entryAt(context, `${path}/${name}`))
  );
}

/** Every file below a folder, and every folder too where asked for. */
export function listDeep(context: AppContext, path: string, withFolders: boolean): Entry[] {
  return listFolder(context, path).flatMap((entry) => {
    if (!entry.folder) return [entry];
    const below = listDeep(context, entry.path, withFolders);
    return withFolders ? [entry, ...below] : below;
  });
}

/** Folders first, as the app has it, then by the key; equal ones by name. */
export function sorted(entries: readonly Entry[], sorting: Sorting): Entry[] {
  const sign = sorting.descending ? -1 : 1;
  const byName = (a: Entry, b: Entry): number => a.name.localeCompare(b.name, "en", { numeric: true });
  const compare = (a: Entry, b: Entry): number => {
    switch (sorting.by) {
      case "name":
        return sign * byName(a, b);
      case "date":
        return sign * (a.mtime - b.mtime) || byName(a, b);
      case "size":
        return sign * (a.size - b.size) || byName(a, b);
      case "type":
        return sign * typeOf(a.name).label.localeCompare(typeOf(b.name).label, "en") || byName(a, b);
    }
  };
  return [...entries].sort((a, b) => Number(b.folder) - Number(a.folder) || compare(a, b));
}

export interface FileType {
  mime: string;
  label: string;
  icon: IconName;
}

const types: Record<string, FileType> = {
  txt: { mime: "text/plain", label: "TXT document", icon: "file" },
  md: { mime: "text/markdown", label: "MD document", icon: "file" },
  csv: { mime: "text/csv", label: "CSV document", icon: "file" },
  pdf: { mime: "application/pdf", label: "PDF document", icon: "file" },
  jpg: { mime: "image/jpeg", label: "JPG image", icon: "image" },
  png: { mime: "image/png", label: "PNG image", icon: "image" },
  mp3: { mime: "audio/mpeg", label: "MP3 audio", icon: "sound" },
  wav: { mime: "audio/x-wav", label: "WAV audio", icon: "sound" },
  mp4: { mime: "video/mp4", label: "MP4 video", icon: "play" },
  zip: { mime: "application/zip", label: "ZIP archive", icon: "storage" },
};

export function typeOf(name: string): FileType {
  const extension = /\.([^.]+)$/u.exec(name)?.[1]?.toLowerCase() ?? "";
  return types[extension] ?? { mime: "application/octet-stream", label: "File", icon: "file" };
}

/** `812 B`, `1.23 kB`, `20 MB`: three digits, by thousands, as android.text.format.Formatter. */
export function formatSize(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value > 900 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  if (unit === 0) return `${bytes} B`;
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${units[unit]}`;
}

/** The time of today, the day of this year, the whole date of others. */
export function formatDate(context: Pick<AppContext, "clock" | "settings">, mtime: number): string {
  const [then, today] = [new Date(mtime), context.clock.date()];
  if (then.toISOString().slice(0, 10) === today.toISOString().slice(0, 10))
    return timeOfDay(context.settings, then.getUTCHours(), then.getUTCMinutes());
  const { month, day, year } = partsOf(mtime);
  const date = `${shortMonth(month)} ${day}`;
  return year === today.getUTCFullYear() ? date : `${date}, ${year}`;
}
