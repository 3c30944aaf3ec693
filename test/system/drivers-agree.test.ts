import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { androidgen, lastJson, type RunningSim, startSim } from "../support/cli.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { readRows } from "../support/records.ts";
import { appiumTest } from "../support/require.ts";
import { atFirst, onlyRun, run, runAt } from "../support/run-cli.ts";

/** Switches, a slider, lists that scroll, text, dialogs, and a question, in six apps. */
const TEMPLATES = [
  "wifi",
  "brightness",
  "contact-add",
  "note-create",
  "sms-send",
  "file-delete",
  "android-version",
];

appiumTest("two drivers over the same phones", ({ androidHome }) => {
  let folder: string;
  let sim: RunningSim;
  beforeAll(async () => {
    folder = await newFolder();
    sim = await startSim(["--devices", "2", "--seed", "5", "--error-rate", "0.12"], { HOME: folder });
  });
  afterAll(async () => {
    await sim.close();
    await removeFolders();
  });

  const env = { env: { ANDROID_HOME: androidHome } };
  const at = (db: string) => runAt(sim, path.join(folder, db));
  const suite = ["tasks/demo.yaml", "--only", ...TEMPLATES, "--seed", "5", "--snapshot", "clean", "--json"];

  /** What became of each place in the plan, and by which driver. */
  const outcomes = (db: string) =>
    readRows<{ slot: number; state: string; steps: number; driver: string }>(
      at(db).db,
      `SELECT slot, instance_id, state, steps, driver
        FROM episode JOIN lease ON lease.episode_id = episode.id JOIN device ON device.id = lease.device_id
        WHERE state IN ('succeeded', 'failed') ORDER BY slot`,
    );

  test("reach the same outcomes for the same seed", async () => {
    for (const driver of ["adb", "appium"]) {
      const ran = await run([...suite, "--driver", driver], at(`${driver}.db`), env);
      expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 0, stderr: "" });
      expect(lastJson(ran)).toMatchObject({ episodes: TEMPLATES.length, errors: 0, open: 0 });
    }
    const [adb, appium] = [outcomes("adb.db"), outcomes("appium.db")];
    expect(adb).toHaveLength(TEMPLATES.length);
    expect(appium).toEqual(adb.map((outcome) => ({ ...outcome, driver: "appium" })));
    // Where all failed alike, or none could fail, they would agree for the wrong reason.
    expect(adb.filter(({ state }) => state === "succeeded").length).toBeGreaterThan(adb.length / 2);
  });

  test("a stopped run goes on with its driver unless told otherwise, and show tells which", async () => {
    const { db } = at("resume.db");
    const only = [
      "tasks/demo.yaml",
      "--only",
      "wifi",
      "bluetooth",
      "--samples",
      "2",
      "--snapshot",
      "clean",
      "--json",
    ];
    const stopped = await run(
      [...only, "--driver", "appium", "--device", sim.devices[0]!.serial],
      at("resume.db"),
      {
        ...env,
        ...atFirst(
          ({ type }) => type === "episode-ended",
          (_line, child) => child.kill("SIGINT"),
        ),
      },
    );
    expect(stopped.code).toBe(130);
    const id = onlyRun(db);
    const resumed = await run(["--resume", id, "--json"], at("resume.db"), env);
    expect(lastJson(resumed)).toMatchObject({ episodes: 4, open: 0, errors: 0 });
    expect(new Set(outcomes("resume.db").map(({ driver }) => driver))).toEqual(new Set(["appium"]));
    expect((await androidgen(["show", "--db", db])).stdout).toMatch(new RegExp(`^${id} +demo +appium`, "m"));
    const shown = await androidgen(["show", `${id}-1-1`, "--db", db]);
    expect(shown.stdout).toMatch(/^device: .*driven by appium/m);
  });
});
