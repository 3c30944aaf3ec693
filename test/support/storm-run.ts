import path from "node:path";
import { expect } from "@jest/globals";
import { type CliResult, lastJson, type RunningSim } from "./cli.ts";
import { newFolder } from "./folder.ts";
import { expectEveryEpisodeOnce, expectSound, readRows, readSteps } from "./records.ts";
import { type Line, onlyRun, run, runAt } from "./run-cli.ts";
import { startStorm } from "./storm.ts";

export interface StormRun {
  seed: string;
  driver: "adb" | "appium";
  /** Console words after `fault set`. */
  faults: readonly string[];
  env?: Record<string, string>;
  /** Done at the first step after the run was resumed, with the id of its process. */
  onResumed?: (pid: number) => Promise<void>;
}

/** Of different kinds: reading, typing, switches, sheets, screens that never rest. */
const templates = [
  "brightness",
  "android-version",
  "contact-add",
  "contact-delete",
  "alarm-add",
  "timer",
  "folder-create",
  "note-create",
  "sms-send",
  "event-create",
];
/** Steps of all phones until the run is killed. */
const stepsToKill = 15;

/**
 * A run on phones that break all the time. It is killed on the way, resumed while they go on breaking, and
 * resumed once more when they have stopped, for episodes of which all attempts met a fault. Whatever broke: each
 * episode has one result in the end, and nothing that was reported is lost or doubled. Gives what the resumed run
 * wrote to standard error.
 */
export async function runInStorm(sim: RunningSim, options: StormRun): Promise<string> {
  const { seed, driver, faults, env = {}, onResumed = async () => {} } = options;
  const db = path.join(await newFolder(), "run.db");
  const storm = startStorm(sim, seed, faults);
  const reported = new Set<string>();
  const hear = (text: string): void => {
    const event = JSON.parse(text) as Line;
    if (event.type === "step") reported.add(`${event.episode} ${event.number}`);
    storm.onEvent(event);
  };
  const expectKept = async (): Promise<void> => {
    await expectSound(db);
    expect(readSteps(db)).toEqual(expect.arrayContaining([...reported]));
  };
  const resume = (onLine: (text: string, pid: number) => void): Promise<CliResult> =>
    run(["--resume", onlyRun(db), "--json"], runAt(sim, db), {
      env,
      onLine: (text, child) => onLine(text, child.pid!),
    });

  const suite = ["tasks/demo.yaml", "--only", ...templates, "--snapshot", "clean", "--driver", driver];
  const killed = await run([...suite, "--json"], runAt(sim, db), {
    env,
    onLine(text, child) {
      hear(text);
      if (reported.size === stepsToKill) child.kill("SIGKILL");
    },
  });
  expect(killed).toMatchObject({ signal: "SIGKILL", stderr: "" });
  await expectKept();

  let done: Promise<void> | undefined;
  const resumed = await resume((text, pid) => {
    hear(text);
    if ((JSON.parse(text) as Line).type === "step") done ??= onResumed(pid);
  });
  await done;
  expect(await storm.end()).toBeGreaterThan(0);
  expect(resumed.code).toBe(lastJson(resumed)["errors"] === 0 ? 0 : 1);
  await expectKept();

  const calm = await resume(() => {});
  expect({ code: calm.code, stderr: calm.stderr }).toEqual({ code: 0, stderr: "" });
  expect(lastJson(calm)).toMatchObject({ state: "finished", errors: 0, open: 0 });
  await expectKept();
  expectEveryEpisodeOnce(db, templates.length);
  // Only the process that was killed has not given its devices back.
  const kept = "SELECT state FROM lease JOIN episode ON episode_id = episode.id WHERE released_at IS NULL";
  const states = readRows<{ state: string }>(db, kept).map(({ state }) => state);
  expect(states.filter((state) => state !== "interrupted")).toEqual([]);
  return resumed.stderr;
}
