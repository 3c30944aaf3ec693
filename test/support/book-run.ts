/**
 * Carries out, or resumes, a run on four fake devices: `book-run DATABASE RUN`.
 * Prints `ready`, then `EPISODE NUMBER` for each step once it is recorded, and `done` at the end.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { executeRun } from "../../src/run/index.ts";
import { openStore } from "../../src/store/index.ts";
import { bookPool } from "./book.ts";
import { fakeAgent } from "./fakes.ts";

const [db, runId] = process.argv.slice(2);
const store = await openStore(db!);
// A device that takes a moment, so that steps of several episodes overlap.
const pool = bookPool(["a", "b", "c", "d"], async () => sleep(1));
process.stdout.write("ready\n");
const { error } = await executeRun({
  store,
  runId: runId!,
  pool,
  agentFor: () => fakeAgent(),
  onEvent: (event) => {
    if (event.type === "step") process.stdout.write(`${event.episode} ${event.number}\n`);
  },
});
if (error !== undefined) throw error;
await pool.close();
await store.close();
process.stdout.write("done\n");
