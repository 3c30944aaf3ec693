import { execFileSync } from "node:child_process";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import Database from "better-sqlite3";
import { type CliResult, lastJson, startSim, type RunningSim } from "../support/cli.ts";
import { describeWith } from "../support/require.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { killDevice } from "../support/kill-device.ts";
import { expectSound, readAttempts, readRows, readSteps } from "../support/records.ts";
import { atFirst, expectWholeRun, lines, onlyRun, run, runAt } from "../support/run-cli.ts";
import { startTcpGate } from "../support/tcp-gate.ts";

const cleanups: (() => Promise<unknown> | void)[] = [];
let folder: string;
let db: string;
beforeEach(async () => {
  folder = await newFolder();
  db = path.join(folder, "run.db");
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await removeFolders();
});

async function devices(count: number): Promise<RunningSim> {
  const sim = await startSim(["--devices", String(count)], { HOME: folder });
  cleanups.push(() => sim.close());
  return sim;
}

const kill = (sim: RunningSim, serial: string) =>
  killDevice(
    sim.devices.find((device) => device.serial === serial)!.consolePort,
    path.join(folder, ".emulator_console_auth_token"),
  );

/** Six episodes. */
const tasks = [
  "tasks/demo.yaml",
  "--snapshot",
  "clean",
  "--instances",
  "2",
  "--only",
  "wifi",
  "bluetooth",
  "open-app",
];

const isStep = (line: { type?: string }) => line.type === "step";

const runId = () => onlyRun(db);

const expectResumed = (result: CliResult, steps: readonly string[]) =>
  expectWholeRun(result, { db, episodes: 6, steps });

describe("devices", () => {
  test("one is killed: its episode starts anew on the other, and none is lost or doubled", async () => {
    const sim = await devices(2);
    const victim = sim.devices[1]!.serial;
    const result = await run(
      [...tasks, "--json"],
      runAt(sim, db),
      atFirst(
        (line) => isStep(line) && line.device === victim,
        () => void kill(sim, victim),
      ),
    );
    await expectResumed(result, []);
    const events = lines(result);
    expect(events).toContainEqual(
      expect.objectContaining({ type: "episode-ended", state: "error", device: victim }),
    );
    expect(events).toContainEqual(expect.objectContaining({ type: "retry", device: victim }));
    expect(events).toContainEqual(expect.objectContaining({ type: "device-failed", device: victim }));
    const attempts = readAttempts(db);
    const failed = attempts.filter(({ state }) => state === "error");
    expect(failed.map(({ device }) => device)).toEqual([victim]);
    expect(attempts).toContainEqual(
      expect.objectContaining({
        slot: failed[0]!.slot,
        attempt: 2,
        state: "succeeded",
        device: sim.devices[0]!.serial,
      }),
    );
  });

  test("one that is named twice carries out one episode at a time", async () => {
    const sim = await devices(1);
    const { serial } = sim.devices[0]!;
    const twice = [...tasks, "--json", "--device", serial, serial];
    const result = await run(twice, runAt(sim, db));
    expect(result).toMatchObject({ code: 0, stderr: "" });
    let busy = 0;
    for (const { type } of lines(result)) {
      if (type === "episode-started") expect(++busy).toBe(1);
      if (type === "episode-ended") busy--;
    }
    expect(lines(result).filter(({ type }) => type === "device-opened")).toHaveLength(1);
  });

  test("the only one is killed: it is said, Ctrl-C ends the wait, and other devices go on with the run", async () => {
    const sim = await devices(1);
    const { serial } = sim.devices[0]!;
    let killed = false;
    let asked = false;
    const stopped = await run(tasks, runAt(sim, db), {
      onLine: (line, child) => {
        if (!killed && line.includes(" [1/6] ")) {
          killed = true;
          void kill(sim, serial);
        }
        if (!asked && line.includes("is set aside")) {
          asked = true;
          child.kill("SIGINT");
        }
      },
    });
    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toMatch(
      new RegExp(`^[\\d:]{8} ${serial} is set aside for \\d+ s: .*${serial}.*`, "m"),
    );
    expect(stopped.stdout).toContain("stopping: the steps in flight are finished first");
    const { adb, model } = sim;
    const where = `--db ${db} --adb-port ${adb.port} --base-url ${model.baseUrl} --model ${model.model}`;
    expect(stopped.stderr).toBe(`stopped; go on with: androidgen run --resume ${runId()} ${where}\n`);
    const steps = readSteps(db);
    expect(steps.length).toBeGreaterThan(0);
    await expectSound(db);

    const other = await devices(2);
    await expectResumed(await run(["--resume", runId(), "--json"], runAt(other, db)), steps);
  });

  test("their adb server goes away and comes back: the run waits, and goes on by itself", async () => {
    const sim = await devices(2);
    const gate = await startTcpGate(sim.adb.port);
    cleanups.push(() => gate.shut());
    let opened = false;
    let shut = false;
    const result = await run(
      [...tasks, "--json"],
      { ...runAt(sim, db), adbPort: gate.port },
      {
        onLine: (text) => {
          const { type } = JSON.parse(text) as { type?: string };
          if (!shut && type === "step") {
            shut = true;
            void gate.shut();
          }
          if (!opened && type === "device-quarantined") {
            opened = true;
            void gate.open();
          }
        },
      },
    );
    await expectResumed(result, []);
    const away = lines(result).find(({ type }) => type === "device-quarantined") as unknown as {
      error: { message: string };
    };
    expect(away.error.message).toContain(`127.0.0.1:${gate.port}`);
  });
});

describe("a database", () => {
  const nowhere = () => ({ db, adbPort: 9, baseUrl: "http://127.0.0.1:1/v1", model: "m" });

  test("that is none is left alone", async () => {
    await writeFile(db, "Dear diary, today I collected trajectories.\n".repeat(200));
    const result = await run(tasks, nowhere());
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(`${db} cannot be read as a database`);
    expect(result.stderr).toContain("Name another file with --db");
    expect(result.stderr).toContain("[DB_UNREADABLE]");
  });

  test("that is a folder", async () => {
    await mkdir(db);
    const result = await run(tasks, nowhere());
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(`${db} cannot be read as a database (it is a folder)`);
  });

  test("in a folder that cannot be made", async () => {
    await writeFile(path.join(folder, "file"), "");
    db = path.join(folder, "file", "run.db");
    const result = await run(tasks, nowhere());
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(db);
    expect(result.stderr).not.toContain("unexpected");
  });

  test("of a newer androidgen is not touched", async () => {
    const raw = new Database(db);
    raw.exec(
      `CREATE TABLE kysely_migration (name TEXT PRIMARY KEY, timestamp TEXT NOT NULL);
       INSERT INTO kysely_migration VALUES ('9999-from-the-future', '2040-01-01')`,
    );
    raw.close();
    const result = await run(tasks, nowhere());
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(`${db} was written by a newer androidgen`);
    expect(readRows(db, "SELECT name FROM sqlite_master WHERE type = 'table'")).toEqual([
      { name: "kysely_migration" },
    ]);
  });

  test("that is not there is not made for a run to be resumed", async () => {
    const result = await run(["--resume", "20260101-000000-0000"], nowhere());
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(`There is no database at ${db}`);
    expect(() => readRows(db, "SELECT 1")).toThrow("unable to open");
  });
});

describe("a run", () => {
  test("goes on with the tasks it was started with, whatever became of the suite file", async () => {
    const sim = await devices(2);
    const suite = path.join(folder, "mine.yaml");
    await copyFile("tasks/demo.yaml", suite);
    const [, ...options] = tasks;
    const stopped = await run(
      [suite, ...options, "--json"],
      runAt(sim, db),
      atFirst(isStep, (_line, child) => child.kill("SIGINT")),
    );
    expect(stopped.code).toBe(130);
    const steps = readSteps(db);
    await writeFile(suite, "tasks: everything is different now");
    await expectResumed(await run(["--resume", runId(), "--json"], runAt(sim, db)), steps);
  });

  test("that is finished is left as it is; one that is unknown is named", async () => {
    const sim = await devices(1);
    const ran = await run(
      ["tasks/demo.yaml", "--snapshot", "clean", "--only", "wifi", "--json"],
      runAt(sim, db),
    );
    expect(ran.code).toBe(0);
    const everything = () =>
      ["run", "episode", "step", "device_event", "verdict", "device"].map((table) =>
        readRows(db, `SELECT * FROM ${table}`),
      );
    const before = everything();

    // Devices and model are not needed for nothing.
    const again = await run(["--resume", runId()], {
      ...runAt(sim, db),
      adbPort: 9,
      baseUrl: "http://127.0.0.1:1/v1",
    });
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: "" });
    expect(again.stdout).toContain(`run ${runId()} is finished: nothing is left to be done`);
    expect(lastJson(await run(["--resume", runId(), "--json"], runAt(sim, db)))).toMatchObject({
      succeeded: 1,
    });
    expect(everything()).toEqual(before);

    const unknown = await run(["--resume", "20260101-000000-0000"], runAt(sim, db));
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('no run "20260101-000000-0000"');
    expect(unknown.stderr).toContain(runId());
  });

  test("is carried out by one process: the second is told so, and the first notices nothing", async () => {
    const sim = await devices(2);
    let second: Promise<CliResult> | undefined;
    const first = await run(
      [...tasks, "--json"],
      runAt(sim, db),
      atFirst(isStep, () => {
        second = run(["--resume", runId()], runAt(sim, db));
      }),
    );
    const { code, stderr } = await second!;
    expect(code).toBe(2);
    expect(stderr).toBe(
      `error: Run ${runId()} is being carried out by another process. Wait for it, or stop it. [RUN_BUSY]\n`,
    );
    await expectResumed(first, []);
    expect(readAttempts(db).every(({ attempt }) => attempt === 1)).toBe(true);
  });
});

describeWith("the right to mount a small file system, for a full disk", process.getuid?.() === 0, () => {
  const size = (megabytes: number) => `size=${megabytes}m`;

  test("stops the run with exit code 2; with room again it goes on", async () => {
    const disk = path.join(folder, "disk");
    await mkdir(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", size(2), "androidgen-test", disk]);
    cleanups.push(() => void execFileSync("umount", [disk]));
    db = path.join(disk, "run.db");
    const sim = await devices(2);
    const full = await run([...tasks, "--json"], runAt(sim, db));
    expect(full.code).toBe(2);
    const { error } = JSON.parse(full.stderr) as { error: { code: string; message: string } };
    expect(error.code).toBe("DISK_FULL");
    expect(error.message).toContain("is full. Nothing that was recorded is lost");
    expect(error.message).toContain(`androidgen run --resume ${runId()} --db ${db}`);
    const reported = lines(full)
      .filter(isStep)
      .map(({ episode, number }) => `${episode} ${number}`);
    expect(reported.length).toBeGreaterThan(0);
    await expectSound(db);
    expect(readSteps(db)).toEqual(expect.arrayContaining(reported));

    execFileSync("mount", ["-o", `remount,${size(64)}`, disk]);
    await expectResumed(await run(["--resume", runId(), "--json"], runAt(sim, db)), reported);
  });
});
