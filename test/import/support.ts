import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import {
  type Defect,
  type Difference,
  type ImportOptions,
  type ImportResult,
  importSources,
} from "../../src/import/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { newFolder, removeFolders } from "../support/folder.ts";

const opened: Store[] = [];

/** A store in a new folder for one test. Close and remove them all in `afterEach` with `removeStores`. */
export async function newStore(): Promise<{ folder: string; store: Store }> {
  const folder = await newFolder();
  const store = await openStore(path.join(folder, "androidgen.db"));
  opened.push(store);
  return { folder, store };
}

export async function removeStores(): Promise<void> {
  for (const store of opened.splice(0)) await store.close();
  await removeFolders();
}

export interface Imported extends ImportResult {
  found: Defect[];
  differences: Difference[];
}

export async function importFrom(
  store: Store,
  source: string | readonly string[],
  options: Partial<ImportOptions> = {},
): Promise<Imported> {
  const found: Defect[] = [];
  const differences: Difference[] = [];
  const result = await importSources(store, {
    sources: typeof source === "string" ? [source] : source,
    onDefect: (defect) => found.push(defect),
    onDifference: (difference) => differences.push(difference),
    ...options,
  });
  return { ...result, found, differences };
}

/** Each defect as `FILE:LINE CODE`. */
export function told({ found }: Imported): string[] {
  return found.map(({ file, line, code }) => `${file}:${line} ${code}`);
}

export interface MadeStep {
  index?: number;
  instruction?: string;
  app?: string;
  raw?: string;
  image?: string;
  state?: string;
  plan?: string;
  response?: string;
  parsed_action?: unknown;
  [more: string]: unknown;
}

export const twoElements =
  '<element id="0" class="TextView"> Wi-Fi </element>\n' +
  '<element id="1" class="Switch" resource-name="com.android.settings:id/switch_widget" clickable checkable status="on">  </element>\n';

const click = { operation: "do", action: "Click", kwargs: { element_id: "1" } };

/** A line of `record.jsonl` in which all is well, but for what is given. */
export function madeLine(step: MadeStep = {}): string {
  const index = step.index ?? 0;
  return JSON.stringify({
    env: "android",
    app: "settings",
    image: `7/screenshots/${index}.png`,
    raw: `7/screenshots/${index}-raw.png`,
    state: twoElements,
    instruction: "Turn off Wi-Fi",
    trace_id: 7,
    index,
    plan: "1. Turn off Wi-Fi. State: [Todo]",
    response: '* Analysis: off.\n* Operation:\n```\ndo(action="Click", element_id="1")\n```',
    parsed_action: click,
    ...step,
  });
}

export function exitLine(index: number, more: MadeStep = {}): string {
  return madeLine({
    index,
    response: '* Operation:\n```\nexit(message="Done.")\n```',
    parsed_action: { operation: "exit", kwargs: { message: "Done." } },
    ...more,
  });
}

/** Writes a trace's folder with a picture for each of the first `pictures` steps. */
export async function writeTrace(
  folder: string,
  lines: readonly string[],
  pictures = lines.length,
): Promise<void> {
  const shots = path.join(folder, "screenshots");
  await mkdir(shots, { recursive: true });
  await writeFile(path.join(folder, "record.jsonl"), lines.map((line) => `${line}\n`).join(""));
  for (let i = 0; i < pictures; i++) {
    await writeFile(path.join(shots, `${i}-raw.png`), await picture(i));
  }
}

export function picture(shade: number): Promise<Buffer> {
  const background = { r: shade, g: 0, b: 0 };
  return sharp({ create: { width: 108, height: 240, channels: 3, background } })
    .png()
    .toBuffer();
}
