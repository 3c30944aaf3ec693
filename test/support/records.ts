import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect } from "@jest/globals";
import Database from "better-sqlite3";
import { openStore } from "../../src/store/index.ts";

/** An attempt as the database has it. */
export interface AttemptRow {
  id: string;
  run_id: string;
  slot: number;
  attempt: number;
  state: string;
  steps: number;
  device: string | null;
  error_code: string | null;
  ended_at: number | null;
}

/** Reads a database with nothing of ours in between. */
export function readRows<Row>(file: string, sql: string): Row[] {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare(sql).all() as Row[];
  } finally {
    database.close();
  }
}

export function readAttempts(file: string): AttemptRow[] {
  return readRows(file, "SELECT * FROM episode ORDER BY run_id, slot, attempt");
}

/** Each recorded step as `EPISODE NUMBER`. */
export function readSteps(file: string): string[] {
  const steps = readRows<{ episode_id: string; number: number }>(file, "SELECT * FROM step");
  return steps.map(({ episode_id, number }) => `${episode_id} ${number}`);
}

/**
 * What must hold at any time, whatever was killed or failed: no broken page, no step twice or left out, no row that
 * belongs to nothing, and every file that a row names is there, whole.
 */
export async function expectSound(file: string): Promise<void> {
  expect(readRows(file, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);

  const steps = readSteps(file);
  const counted = readAttempts(file).flatMap(({ id, steps: count }) =>
    Array.from({ length: count }, (_, n) => `${id} ${n + 1}`),
  );
  expect(steps.sort()).toEqual(counted.sort());

  const none = (sql: string) => expect({ sql, rows: readRows(file, sql) }).toEqual({ sql, rows: [] });
  none("PRAGMA foreign_key_check");
  none(`SELECT id FROM screen WHERE id NOT IN (SELECT screen_id FROM step)
        AND id NOT IN (SELECT final_screen_id FROM episode WHERE final_screen_id IS NOT NULL)`);
  // Calls of a judge belong to no step, nor do those of a round that broke off, with which no episode succeeds.
  none(`SELECT id FROM llm_call WHERE step_id IS NULL AND role <> 'critic'
        AND episode_id IN (SELECT id FROM episode WHERE state = 'succeeded')`);
  none("SELECT id FROM step WHERE id NOT IN (SELECT step_id FROM llm_call)");
  none(`SELECT id FROM episode WHERE (state IN ('succeeded', 'failed')) <>
        EXISTS (SELECT 1 FROM verdict WHERE episode_id = episode.id)`);

  const reader = await openStore(file, { readonly: true });
  try {
    for (const blob of readRows<{ sha256: string; bytes: number; media_type: string }>(
      file,
      "SELECT * FROM blob",
    )) {
      const bytes = await readFile(reader.blobs.path(blob));
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(blob.sha256);
      expect(bytes.length).toBe(blob.bytes);
    }
  } finally {
    await reader.close();
  }
}

/** Every slot of every run ended, by its last attempt and by no other. */
export function expectEveryEpisodeOnce(file: string, slots: number): void {
  const bySlot = new Map<string, string[]>();
  for (const { run_id, slot, state } of readAttempts(file)) {
    bySlot.set(`${run_id} ${slot}`, [...(bySlot.get(`${run_id} ${slot}`) ?? []), state]);
  }
  expect(bySlot.size).toBe(slots);
  for (const states of bySlot.values()) {
    expect(states.at(-1)).toMatch(/^(succeeded|failed)$/);
    for (const state of states.slice(0, -1)) expect(state).toMatch(/^(interrupted|error)$/);
  }
}
