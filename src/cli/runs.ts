import { configError } from "../errors.ts";
import type { Store } from "../store/index.ts";

/** The runs that were named, or the newest one. Throws `RUN_NOT_FOUND` (class `config`). */
export async function chosenRuns(store: Store, named: readonly string[] | undefined): Promise<string[]> {
  if (named !== undefined) {
    for (const id of named) await store.runs.get(id);
    return [...new Set(named)];
  }
  const newest = (await store.runs.list())[0];
  if (newest === undefined) {
    throw configError("RUN_NOT_FOUND", `${store.file} has no runs yet; start one with: androidgen run SUITE`);
  }
  return [newest.id];
}
