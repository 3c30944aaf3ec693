import { open, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { configError, errorMessage } from "../errors.ts";
import { limits } from "./limits.ts";

const importFormats = ["androidgen", "androidlab", "androidcontrol"] as const;
export type ImportFormat = (typeof importFormats)[number];

/** A file that holds one recording or more. */
export interface SourceFile {
  format: ImportFormat;
  file: string;
  /** As reports name it: within the source, with forward slashes. */
  name: string;
}

/** The names that recorders give their files. */
const byName: Readonly<Record<string, ImportFormat>> = {
  "record.jsonl": "androidgen",
  "trace.jsonl": "androidlab",
};

/** Enough of a file to hold the names of the fields of its first record. */
const lookBytes = 262_144;

/**
 * The recordings in a file or folder, in the order of their names, each told by its name or, with that of any other
 * name, by its first record. Symbolic links are not followed.
 *
 * Throws `IMPORT_NOT_FOUND`, `IMPORT_EMPTY` and, for a file of no known form, `IMPORT_FORMAT_UNKNOWN`, all of class
 * `config`.
 */
export async function findSources(source: string, format: ImportFormat | undefined): Promise<SourceFile[]> {
  const found = await stat(source).catch((error: unknown) => {
    throw configError("IMPORT_NOT_FOUND", `There is nothing to import at ${source}. Check the path.`, error);
  });
  try {
    if (!found.isDirectory()) return [await namedFile(source, format)];
    const files: SourceFile[] = [];
    for await (const name of filesIn(source, "", 0)) {
      const file = path.join(source, name);
      const told = await formatOf(file);
      if (told !== undefined && (format === undefined || told === format))
        files.push({ format: told, file, name });
    }
    if (files.length > 0) return files;
  } catch (error) {
    throw unreadable(error, source);
  }
  const what = format === undefined ? importFormats.join(", ") : format;
  throw configError(
    "IMPORT_EMPTY",
    `The folder ${source} holds no recordings of the format ${what}. Name the folder that holds the traces, or a file.`,
  );
}

async function namedFile(file: string, format: ImportFormat | undefined): Promise<SourceFile> {
  const told = format ?? (await formatOf(file));
  if (told !== undefined) return { format: told, file, name: path.basename(file) };
  throw configError(
    "IMPORT_FORMAT_UNKNOWN",
    `${file} is none of ${importFormats.join(", ")}, as far as its first record tells. Give --format.`,
  );
}

async function* filesIn(root: string, folder: string, depth: number): AsyncGenerator<string> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory() && depth < limits.folders) yield* filesIn(root, name, depth + 1);
    else if (entry.isFile() && /\.jsonl?$/u.test(entry.name)) yield name;
  }
}

async function formatOf(file: string): Promise<ImportFormat | undefined> {
  const named = byName[path.basename(file)];
  if (named !== undefined) return named;
  const handle = await open(file, "r");
  try {
    const block = Buffer.alloc(lookBytes);
    const { bytesRead } = await handle.read(block, 0, lookBytes, 0);
    return formatOfText(block.toString("utf8", 0, bytesRead));
  } finally {
    await handle.close();
  }
}

function formatOfText(text: string): ImportFormat | undefined {
  const has = (field: string) => new RegExp(`"${field}"\\s*:`, "u").test(text);
  if (has("goal") && (has("steps") || has("actions"))) return "androidcontrol";
  if (has("instruction") && has("state") && has("response")) return "androidgen";
  return has("target") && has("parsed_action") && (has("xml") || has("ac_xml")) ? "androidlab" : undefined;
}

function unreadable(error: unknown, source: string): Error {
  const system = typeof error === "object" && error !== null && "syscall" in error;
  if (!system) return error as Error;
  return configError(
    "IMPORT_UNREADABLE",
    `${source} cannot be read (${errorMessage(error)}). Check its permissions.`,
    error,
  );
}
