import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "@jest/globals";
import Database from "better-sqlite3";
import { createRandom } from "../../src/random.ts";
import { planRun } from "../../src/run/index.ts";
import { openStore } from "../../src/store/index.ts";
import { bookPlan } from "../support/book.ts";
import { compileProgram } from "../support/compile.ts";
import { newFolder, removeFolders } from "../support/folder.ts";

const kills = 20;
/** Of three tasks of two to four steps: more than the kills leave time for, so that each finds a run at work. */
const samples = 40;
/** 21 processes are started one after the other. */
const timeoutMs = 300_000;

afterEach(removeFolders);

/** Runs the child until it has printed so many lines and then for some milliseconds more; kills it with -9. */
async function runAndKill(program: string, db: string, runId: string, afterLines: number, afterMs: number) {
  const child = spawn(process.execPath, [program, db, runId], { stdio: ["ignore", "pipe", "pipe"] });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  const exited = once(child, "exit");
  const lines: string[] = [];
  let killing: Promise<void> | undefined;
  // Lines printed while it is being killed are read as well: what was reported must be there.
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length >= afterLines) killing ??= sleep(afterMs).then(() => void child.kill("SIGKILL"));
  }
  await killing;
  const [code, signal] = await exited;
  return { lines, complaints, code, signal };
}

function rows<Row>(db: Database.Database, sql: string): Row[] {
  return db.prepare(sql).all() as Row[];
}

interface AttemptRow {
  id: string;
  slot: number;
  attempt: number;
  state: string;
  steps: number;
  ended_at: number;
}

test(
  `after kill -9 at ${kills} random instants, a run goes on and nothing recorded is lost or doubled`,
  async () => {
    const db = path.join(await newFolder(), "run.db");
    const program = await compileProgram("book-run");
    const store = await openStore(db);
    const run = await planRun(store, bookPlan([1, 2, 3], { samples }));
    await store.close();

    const random = createRandom("kill-resume");
    const reported = new Set<string>();
    const finishedEarlier = new Map<string, AttemptRow>();
    for (let i = 0; i < kills; i++) {
      const { lines, complaints, signal } = await runAndKill(
        program,
        db,
        run.id,
        random.int(1, 24),
        random.int(0, 12),
      );
      expect({ signal, complaints }).toEqual({ signal: "SIGKILL", complaints: "" });
      for (const line of lines.slice(1)) reported.add(line);
      const raw = new Database(db);
      expect(rows(raw, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
      const finished = rows<AttemptRow>(raw, "SELECT * FROM episode WHERE state = 'succeeded'");
      raw.close();
      for (const row of finished) finishedEarlier.set(row.id, finishedEarlier.get(row.id) ?? row);
    }
    const last = await runAndKill(program, db, run.id, Infinity, 0);
    expect({ code: last.code, complaints: last.complaints }).toEqual({ code: 0, complaints: "" });
    expect(last.lines.at(-1)).toBe("done");
    for (const line of last.lines.slice(1, -1)) reported.add(line);

    const raw = new Database(db, { readonly: true });
    try {
      // Every step that was reported is there, once; steps of an episode have no holes.
      const steps = rows<{ episode_id: string; number: number }>(raw, "SELECT * FROM step");
      const recorded = steps.map(({ episode_id, number }) => `${episode_id} ${number}`);
      expect(new Set(recorded).size).toBe(recorded.length);
      expect([...reported].filter((line) => !recorded.includes(line))).toEqual([]);
      const episodes = rows<AttemptRow>(raw, "SELECT * FROM episode ORDER BY slot, attempt");
      for (const { id, steps: count } of episodes) {
        const numbers = steps.filter(({ episode_id }) => episode_id === id).map(({ number }) => number);
        expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n + 1));
      }

      // Every slot ended, by its last attempt and by no other; what had ended before a kill never changed.
      for (let slot = 1; slot <= 3 * samples; slot++) {
        const attempts = episodes.filter((episode) => episode.slot === slot);
        expect(attempts.map(({ state }) => state)).toEqual([
          ...attempts.slice(1).map(() => "interrupted"),
          "succeeded",
        ]);
      }
      for (const row of finishedEarlier.values()) expect(episodes).toContainEqual(row);
      expect(finishedEarlier.size).toBeGreaterThan(0);
      expect(rows(raw, "SELECT state FROM run")).toEqual([{ state: "finished" }]);

      // No row stands alone.
      expect(rows(raw, "PRAGMA foreign_key_check")).toEqual([]);
      expect(
        rows(
          raw,
          `SELECT id FROM screen WHERE id NOT IN (SELECT screen_id FROM step)
         AND id NOT IN (SELECT final_screen_id FROM episode WHERE final_screen_id IS NOT NULL)`,
        ),
      ).toEqual([]);
      expect(rows(raw, "SELECT id FROM llm_call WHERE step_id IS NULL")).toEqual([]);
      expect(rows<{ n: number }>(raw, "SELECT count(*) n FROM llm_call")).toEqual([{ n: steps.length }]);
      expect(
        rows(
          raw,
          `SELECT id FROM episode WHERE (state = 'succeeded') <>
         EXISTS (SELECT 1 FROM verdict WHERE episode_id = episode.id)`,
        ),
      ).toEqual([]);

      // Every file that a row names is there, whole.
      const blobs = rows<{ sha256: string; bytes: number; media_type: string }>(raw, "SELECT * FROM blob");
      expect(blobs.length).toBeGreaterThan(0);
      const reader = await openStore(db, { readonly: true });
      for (const blob of blobs) {
        const bytes = await readFile(reader.blobs.path(blob));
        expect(createHash("sha256").update(bytes).digest("hex")).toBe(blob.sha256);
        expect(bytes.length).toBe(blob.bytes);
      }
      await reader.close();
    } finally {
      raw.close();
    }
  },
  timeoutMs,
);
