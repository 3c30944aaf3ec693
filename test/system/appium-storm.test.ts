import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { childrenOf, gone } from "../support/children.ts";
import { type RunningSim, startSim } from "../support/cli.ts";
import { removeFolders } from "../support/folder.ts";
import { appiumTest } from "../support/require.ts";
import { runInStorm } from "../support/storm-run.ts";

/** Three runs, one after the other, each with an Appium that has to start. */
const timeoutMs = 300_000;

appiumTest("a storm under Appium", ({ androidHome, adb }) => {
  let sim: RunningSim;
  beforeAll(async () => {
    sim = await startSim(["--devices", "4", "--seed", "1"]);
  });
  afterAll(async () => {
    await sim?.close();
    await removeFolders();
  });

  test(
    "a run over Appium comes through a storm of faults, a kill -9 and the death of its Appium",
    async () => {
      let appium: number | undefined;
      const stderr = await runInStorm(sim, {
        seed: "appium",
        driver: "appium",
        env: { ANDROID_HOME: androidHome },
        faults: [
          "offline ms=300",
          "offline ms=3000",
          "slow-shell times=4 ms=700",
          "stale-tree times=2",
          "black-frame times=1",
          "black-frame times=4",
          "anr times=1",
          "snapshot-error times=1",
          "instrumentation-death times=1",
          "instrumentation-death times=3",
          "session-lost times=2",
          "slow-source times=3 ms=1500",
        ],
        async onResumed(pid) {
          [appium] = await childrenOf(pid);
          process.kill(appium!, "SIGKILL");
        },
      });
      expect(stderr).toMatch(/^Appium has died[^\n]*\n$/);
      await gone(appium!);
      // A session that was cut off leaves its port until the next one on its phone: they do not add up.
      const { stdout } = await promisify(execFile)(adb, ["-P", String(sim.adb.port), "forward", "--list"]);
      const owners = stdout.split("\n").flatMap((row) => row.split(" ")[0] || []);
      expect(owners).toEqual([...new Set(owners)]);
    },
    timeoutMs,
  );
});
