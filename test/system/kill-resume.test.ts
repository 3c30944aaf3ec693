import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { createRandom } from "../../src/random.ts";
import { planRun } from "../../src/run/index.ts";
import { openStore } from "../../src/store/index.ts";
import { bookPlan } from "../support/book.ts";
import { compileProgram } from "../support/compile.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { runAndKill } from "../support/kill.ts";
import {
  type AttemptRow,
  expectEveryEpisodeOnce,
  expectSound,
  readAttempts,
  readRows,
  readSteps,
} from "../support/records.ts";

const kills = 20;
/** Of three tasks of two to four steps: more than the kills leave time for, so that each finds a run at work. */
const samples = 40;
/** 21 processes are started one after the other. */
const timeoutMs = 300_000;

afterEach(removeFolders);

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
      const due = random.int(1, 24);
      const { lines, complaints, signal } = await runAndKill(
        [program, db, run.id],
        (printed) => printed.length >= due,
        random.int(0, 12),
      );
      expect({ signal, complaints }).toEqual({ signal: "SIGKILL", complaints: "" });
      for (const line of lines.slice(1)) reported.add(line);
      await expectSound(db);
      const finished = readAttempts(db).filter(({ state }) => state === "succeeded");
      for (const row of finished) finishedEarlier.set(row.id, finishedEarlier.get(row.id) ?? row);
    }
    const last = await runAndKill([program, db, run.id], () => false, 0);
    expect({ code: last.code, complaints: last.complaints }).toEqual({ code: 0, complaints: "" });
    expect(last.lines.at(-1)).toBe("done");
    for (const line of last.lines.slice(1, -1)) reported.add(line);

    await expectSound(db);
    expectEveryEpisodeOnce(db, 3 * samples);
    expect(readSteps(db)).toEqual(expect.arrayContaining([...reported]));
    const attempts = readAttempts(db);
    expect(attempts.every(({ state }) => state === "succeeded" || state === "interrupted")).toBe(true);
    expect(attempts).toEqual(expect.arrayContaining([...finishedEarlier.values()]));
    expect(finishedEarlier.size).toBeGreaterThan(0);
    expect(readRows(db, "SELECT state FROM run")).toEqual([{ state: "finished" }]);
  },
  timeoutMs,
);
