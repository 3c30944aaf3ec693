import { expect } from "@jest/globals";
import { androidgen, type CliOptions, type CliResult, lastJson, type RunningSim } from "./cli.ts";
import { expectEveryEpisodeOnce, expectSound, readRows, readSteps } from "./records.ts";

/** An event of `run --json`; which fields it has depends on its type. */
export type Line = { type?: string; episode?: string; device?: string; number?: number } & Record<
  string,
  unknown
>;

export interface RunAt {
  db: string;
  adbPort: number;
  baseUrl: string;
  model: string;
}

/** The ports of simulated devices, where a test has put nothing in between. */
export function runAt(sim: RunningSim, db: string): RunAt {
  return { db, adbPort: sim.adb.port, baseUrl: sim.model.baseUrl, model: sim.model.model };
}

/** `androidgen run` on given ports. */
export function run(args: readonly string[], at: RunAt, options?: CliOptions): Promise<CliResult> {
  const where = ["--db", at.db, "--adb-port", String(at.adbPort)];
  return androidgen(["run", ...args, ...where, "--base-url", at.baseUrl, "--model", at.model], options);
}

/** Every line of standard output: with `--json` each is JSON. */
export function lines(result: CliResult): Line[] {
  return result.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

/** Does something at the first event that `due` says yes to. */
export function atFirst(due: (line: Line) => boolean, act: CliOptions["onLine"] & {}): CliOptions {
  let acted = false;
  return {
    onLine: (text, child) => {
      if (acted || !due(JSON.parse(text) as Line)) return;
      acted = true;
      act(text, child);
    },
  };
}

/** The id of the only run of a database. */
export function onlyRun(db: string): string {
  return readRows<{ id: string }>(db, "SELECT id FROM run")[0]!.id;
}

/** The run ended well with `--json`, every episode of it once, and holds the steps that were there before. */
export async function expectWholeRun(
  result: CliResult,
  { db, episodes, steps }: { db: string; episodes: number; steps: readonly string[] },
): Promise<void> {
  expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: "" });
  expect(lastJson(result)).toMatchObject({
    run: onlyRun(db),
    state: "finished",
    succeeded: episodes,
    open: 0,
  });
  await expectSound(db);
  expectEveryEpisodeOnce(db, episodes);
  expect(readSteps(db)).toEqual(expect.arrayContaining([...steps]));
}
