/**
 * Keeps the rooms of `src/` apart: a room imports only rooms below it, and only through their door
 * (`index.ts`). Prints one line per breach and exits 1. Cycles between files are oxlint's to find
 * (`import/no-cycle`); between rooms this order leaves none.
 *
 *     node --import tsx tools/lint-rooms.ts
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** From the lowest to the highest, with what each may import; docs/architecture.md says the same. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  action: [],
  screen: [],
  llm: [],
  device: ["action", "screen"],
  farm: ["device"],
  api: ["action", "device"],
  task: ["device", "screen", "action"],
  agent: ["action", "screen", "llm", "task"],
  store: ["action", "screen", "llm", "task", "agent"],
  episode: ["action", "screen", "llm", "device", "farm", "api", "task", "agent", "store"],
  import: ["action", "screen", "llm", "task", "agent", "store"],
  critic: ["action", "screen", "llm", "task", "agent", "store"],
  run: ["action", "screen", "llm", "device", "farm", "api", "task", "agent", "store", "episode", "critic"],
  dataset: ["action", "screen", "task", "agent", "store", "critic"],
  sim: [],
  cli: [
    "action",
    "screen",
    "llm",
    "device",
    "farm",
    "api",
    "task",
    "agent",
    "store",
    "episode",
    "import",
    "critic",
    "run",
    "dataset",
    "sim",
  ],
};

const IMPORT = /^\s*(?:import|export)\b[^"'`;]*?["'](\.[^"']+)["']|\bimport\(\s*["'](\.[^"']+)["']/gm;

/** The breaches in one file: `file` is relative to `src/`, with forward slashes. */
export function breachesIn(file: string, text: string): string[] {
  const room = roomOf(file);
  const breaches: string[] = [];
  for (const match of text.matchAll(IMPORT)) {
    const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), match[1] ?? match[2]!));
    const targetRoom = roomOf(target);
    if (targetRoom === undefined || targetRoom === room) continue;
    if (room === undefined) {
      breaches.push(`${file}: shared files know no room, but this one imports ${target}`);
    } else if (!(ROOMS[room] ?? []).includes(targetRoom)) {
      breaches.push(`${file}: ${room}/ may not know ${targetRoom}/ (imports ${target})`);
    } else if (target !== `${targetRoom}/index.ts`) {
      breaches.push(`${file}: reaches past the door of ${targetRoom}/ (imports ${target})`);
    }
  }
  return breaches;
}

function roomOf(file: string): string | undefined {
  const [first, ...rest] = file.split("/");
  return rest.length > 0 ? first : undefined;
}

async function main(): Promise<void> {
  const files = (await readdir("src", { recursive: true }))
    .map((file) => file.replaceAll(path.sep, "/"))
    .filter((file) => file.endsWith(".ts"))
    .sort();
  const breaches: string[] = [];
  for (const file of files) {
    const room = roomOf(file);
    if (room !== undefined && !(room in ROOMS))
      breaches.push(`${file}: ${room}/ is not a room of docs/architecture.md`);
    breaches.push(...breachesIn(file, await readFile(path.join("src", file), "utf8")));
  }
  for (const breach of breaches) process.stderr.write(`src/${breach}\n`);
  process.stdout.write(`rooms: ${files.length} files, ${breaches.length} breaches\n`);
  if (breaches.length > 0) process.exitCode = 1;
}

if (process.argv[1]?.endsWith("lint-rooms.ts")) await main();
