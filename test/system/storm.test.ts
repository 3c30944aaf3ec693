import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type RunningSim, startSim } from "../support/cli.ts";
import { removeFolders } from "../support/folder.ts";
import { runInStorm } from "../support/storm-run.ts";

/** Three runs, one after the other. */
const timeoutMs = 300_000;

let sim: RunningSim;
beforeAll(async () => {
  sim = await startSim(["--devices", "4", "--seed", "1"]);
});
afterAll(async () => {
  await sim.close();
  await removeFolders();
});

test(
  "a run over adb comes through a storm of faults and a kill -9",
  async () => {
    const stderr = await runInStorm(sim, {
      seed: "adb",
      driver: "adb",
      faults: [
        "offline ms=300",
        "offline ms=3000",
        "slow-shell times=4 ms=700",
        "stale-tree times=2",
        "dump-error times=2",
        "dump-error times=5",
        "windows-late times=2",
        "never-idle times=1",
        "black-frame times=1",
        "black-frame times=4",
        "anr times=1",
        "snapshot-error times=1",
      ],
    });
    expect(stderr).toBe("");
  },
  timeoutMs,
);
