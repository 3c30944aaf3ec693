import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Embedder } from "../../llm/index.ts";
import { openStore, type Store } from "../../store/index.ts";
import type { TaskSuite } from "../../task/index.ts";
import type { Bench } from "../bench.ts";
import type { AblateOptions } from "../commands/ablate.ts";
import { timeStamp } from "../time-stamp.ts";
import { toGoOn } from "../to-go-on.ts";

interface Stores {
  store: Store;
  /** The database of `--examples-from`. */
  examples?: Store;
}

/** Has the databases for as long as `use` takes. What it throws says how to go on, once there is something to go on with. */
export async function withStores(
  options: AblateOptions,
  use: (stores: Stores) => Promise<void>,
): Promise<void> {
  const { examplesFrom, embeddings } = options;
  // What an embedding model makes of experiences is kept with them.
  const access = embeddings === undefined ? { readonly: true } : { existing: true };
  const examples = examplesFrom === undefined ? undefined : await openStore(examplesFrom, access);
  try {
    const db = options.db ?? path.join("trajectories", `ablation-${timeStamp()}`, "androidgen.db");
    await mkdir(path.dirname(db), { recursive: true });
    const store = await openStore(db);
    try {
      await use({ store, ...(examples === undefined ? {} : { examples }) });
    } catch (error) {
      throw (await isBegun(store, error)) ? toGoOn(error, goOnWith(store, error)) : error;
    } finally {
      await store.close();
    }
  } finally {
    await examples?.close();
  }
}

async function isBegun(store: Store, error: unknown): Promise<boolean> {
  return (await store.runs.list()).length > 0 && codeOf(error) !== "ABLATION_DB";
}

function goOnWith({ file }: Store, error: unknown): string {
  const how = codeOf(error) === "BUDGET_SPENT" ? " and a larger budget" : "";
  return `What was measured is kept; to go on, give the same command with --db ${file}${how}.`;
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code;
}

/** What an ablation works with. */
export interface Ablation extends Stores {
  suite: TaskSuite;
  bench: Bench;
  embedder: Embedder | undefined;
}
