import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createRandom } from "../../src/random.ts";
import { MAIN, startSim, type RunningSim } from "../support/cli.ts";
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
const templates = ["wifi", "open-app", "brightness", "airplane-mode"];
/** 20 processes and more are started one after the other. */
const timeoutMs = 300_000;

let sim: RunningSim;
let folder: string;
beforeAll(async () => {
  folder = await newFolder();
  sim = await startSim(["--devices", "2"], { HOME: folder });
});
afterAll(async () => {
  await sim.close();
  await removeFolders();
});

/** An instant for a kill. `ended` counts the episodes of this process. */
interface Instant {
  due: (lines: readonly string[], ended: number) => boolean;
  afterMs: number;
}

/** Start-up, steps and end in turn, each at a random place. */
function instants(): Instant[] {
  const random = createRandom("cli-kill");
  return Array.from({ length: kills }, (_, n) => {
    const lines = random.int(1, 16);
    const ended = random.int(1, templates.length);
    const places: Instant[] = [
      { due: () => true, afterMs: random.int(50, 900) },
      { due: (printed) => printed.length >= lines, afterMs: random.int(0, 60) },
      { due: (_, count) => count >= ended, afterMs: random.int(0, 20) },
    ];
    return places[n % places.length]!;
  });
}

test(
  `after kill -9 at ${kills} random instants, runs go on and nothing recorded is lost or doubled`,
  async () => {
    const db = path.join(folder, "run.db");
    const where = ["--db", db, "--adb-port", String(sim.adb.port), "--json"];
    const model = ["--base-url", sim.model.baseUrl, "--model", sim.model.model];
    const runs = () =>
      existsSync(db) ? readRows<{ id: string; state: string }>(db, "SELECT id, state FROM run") : [];

    const reported = new Set<string>();
    const finishedEarlier = new Map<string, AttemptRow>();

    /** Goes on with the run that was killed; plans one where there is none. False where it ended unkilled. */
    const carryOn = async ({ due, afterMs }: Instant): Promise<boolean> => {
      const open = runs().find(({ state }) => state !== "finished");
      const what =
        open === undefined
          ? ["tasks/demo.yaml", "--only", ...templates, "--snapshot", "clean"]
          : ["--resume", open.id];
      let ended = 0;
      const { lines, complaints, code, signal } = await runAndKill(
        [MAIN, "run", ...what, ...where, ...model],
        (printed) => {
          if (printed.at(-1)?.startsWith('{"type":"episode-ended"') === true) ended++;
          return due(printed, ended);
        },
        afterMs,
      );
      expect({ complaints, end: signal ?? code }).toEqual({
        complaints: "",
        end: signal === null ? 0 : "SIGKILL",
      });
      for (const line of lines) {
        const event = JSON.parse(line) as { type?: string; episode: string; number: number };
        if (event.type === "step") reported.add(`${event.episode} ${event.number}`);
      }
      return signal !== null;
    };

    for (const instant of instants()) {
      // A process that ended before its instant came finished its run: the kill is due in the next one.
      let killed = false;
      while (!killed) killed = await carryOn(instant);
      if (!existsSync(db)) continue;
      await expectSound(db);
      const finished = readAttempts(db).filter(({ state }) => state === "succeeded");
      for (const row of finished) finishedEarlier.set(row.id, finishedEarlier.get(row.id) ?? row);
    }
    while (runs().some(({ state }) => state !== "finished")) await carryOn({ due: () => false, afterMs: 0 });

    await expectSound(db);
    expectEveryEpisodeOnce(db, runs().length * templates.length);
    expect(readSteps(db)).toEqual(expect.arrayContaining([...reported]));
    const attempts = readAttempts(db);
    expect(attempts).toEqual(expect.arrayContaining([...finishedEarlier.values()]));
    expect(finishedEarlier.size).toBeGreaterThan(0);
    expect(attempts.some(({ state }) => state === "interrupted")).toBe(true);
  },
  timeoutMs,
);
