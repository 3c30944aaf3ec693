import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { androidgen, lastJson, type RunningSim, startSim } from "../support/cli.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { readRows } from "../support/records.ts";
import { atFirst, lines, onlyRun, run, runAt } from "../support/run-cli.ts";

describe("devices on the command line", () => {
  let folder: string;
  let sim: RunningSim;
  beforeAll(async () => {
    folder = await newFolder();
    sim = await startSim(["--devices", "2"], { HOME: folder });
  });
  afterAll(async () => {
    await sim.close();
    await removeFolders();
  });

  const at = (db: string) => runAt(sim, path.join(folder, db));
  const adbPort = () => ["--adb-port", String(sim.adb.port)];

  test("are listed with what they say of themselves, and with --probe with what they can do", async () => {
    const [first] = sim.devices;
    const plain = await androidgen(["devices", ...adbPort()]);
    expect(plain.stdout).toMatch(
      new RegExp(`^${first!.serial} +device +Pixel 6 +33 +1080×2400 at 420 dpi$`, "m"),
    );
    const args = ["devices", "--device", first!.serial, ...adbPort(), "--json"];
    const asked = lastJson(await androidgen(args)) as { info: Record<string, unknown> };
    expect(asked.info).toMatchObject({ apiLevel: 33, driver: "adb", emulator: true });
    // Some of it shows only when the device is used, and is not made up before.
    expect(asked.info).not.toHaveProperty("capabilities");
    const probed = lastJson(await androidgen([...args, "--probe"]));
    expect(probed["info"]).toMatchObject({
      ...asked.info,
      capabilities: { root: true, snapshots: true, windows: true, text: expect.arrayContaining(["keys"]) },
    });
  });

  test("are used by one run at a time, whatever database it writes, and the next one has them after it", async () => {
    const serial = sim.devices[0]!.serial;
    const work = ["tasks/demo.yaml", "--only", "wifi", "--samples", "2", "--snapshot", "clean", "--json"];
    const here = [...work, "--device", serial];
    let meanwhile: Promise<Awaited<ReturnType<typeof androidgen>>[]> | undefined;
    const first = await run(
      here,
      at("first.db"),
      atFirst(
        ({ type }) => type === "step",
        (_line, child) => {
          // It is held where it is, so that it cannot end before the others have tried.
          child.kill("SIGSTOP");
          meanwhile = Promise.all([
            run(here, at("second.db")),
            androidgen(["devices", "--probe", "--device", serial, ...adbPort(), "--json"]),
            androidgen(["tasks", "check", "tasks/demo.yaml", "--no-prove", "--device", serial, ...adbPort()]),
            run([...work, "--device", serial, sim.devices[1]!.serial], at("third.db")),
          ]).finally(() => child.kill("SIGCONT"));
        },
      ),
    );
    const [second, probe, check, third] = await meanwhile!;
    expect(second!.code).toBe(2);
    expect(second!.stderr).toMatch(new RegExp(`DEVICE_IN_USE.*${serial}.*--device`));
    expect(lastJson(probe!)).toMatchObject({ serial, error: { code: "DEVICE_IN_USE" } });
    expect(check!.code).toBe(2);
    expect(check!.stderr).toContain("[DEVICE_IN_USE]");
    // With another device to use, a run leaves the one out and says so.
    expect(third!.code).toBe(0);
    expect(lines(third!)).toContainEqual(
      expect.objectContaining({
        type: "device-quarantined",
        device: serial,
        error: expect.objectContaining({ code: "DEVICE_IN_USE" }),
      }),
    );
    expect(readRows(at("third.db").db, "SELECT DISTINCT device FROM episode")).toEqual([
      { device: sim.devices[1]!.serial },
    ]);
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: "" });
    const again = await run(
      ["--resume", onlyRun(at("second.db").db), "--device", serial, "--json"],
      at("second.db"),
    );
    expect(lastJson(again)).toMatchObject({ episodes: 2, succeeded: 2 });
  });

  test("are recorded with what they were, and no folder of this host", async () => {
    const { db } = at("record.db");
    const ran = await run(
      ["tasks/demo.yaml", "--only", "wifi", "--snapshot", "clean", "--json"],
      at("record.db"),
    );
    expect(ran.code).toBe(0);
    const id = onlyRun(db);
    expect((await androidgen(["show", "--db", db])).stdout).toMatch(new RegExp(`^${id} +demo +adb`, "m"));
    const episode = `${id}-1-1`;
    const [row] = readRows<Record<string, string>>(
      db,
      `SELECT device.* FROM device JOIN lease ON lease.device_id = device.id WHERE episode_id = '${episode}'`,
    );
    expect(row).toMatchObject({
      driver: "adb",
      model: "Pixel 6",
      identity: expect.stringMatching(/^[\da-f]{64}$/),
    });
    expect(JSON.parse(row!["features_json"]!)).toContain("shell_v2");
    expect(JSON.parse(row!["capabilities_json"]!)).toMatchObject({
      root: true,
      windows: true,
      snapshots: true,
    });
    const rows = JSON.stringify([
      ...readRows(db, "SELECT * FROM device"),
      ...readRows(db, "SELECT settings_json FROM run"),
    ]);
    for (const place of [folder, process.cwd()]) expect(rows).not.toContain(place);
    const shown = await androidgen(["show", episode, "--db", db]);
    expect(shown.stdout).toMatch(
      /^device: emulator-\d+, Pixel 6, API 33, .*driven by adb, identity [\da-f]{12}$/m,
    );
    const json = JSON.parse(
      (await androidgen(["show", episode, "--db", db, "--json"])).stdout.split("\n")[0]!,
    );
    expect(json).toMatchObject({ device: { driver: "adb", identity: row!["identity"] } });
  });

  test("can be driven by two drivers only, and --appium-url is for one of them", async () => {
    const unknown = await androidgen(["run", "tasks/demo.yaml", "--driver", "telepathy"]);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain("adb, appium");
    const noUrl = await androidgen(["run", "tasks/demo.yaml", "--appium-url", "ftp://x"]);
    expect(noUrl.stderr).toContain("http://127.0.0.1:4723");
    const odd = await run(["tasks/demo.yaml", "--appium-url", "http://127.0.0.1:4723"], at("odd.db"));
    expect(odd.code).toBe(2);
    expect(odd.stderr).toContain("--driver appium");
    const nobody = ["--driver", "appium", "--appium-url", "http://127.0.0.1:9"];
    const dead = await run(["tasks/demo.yaml", "--only", "wifi", ...nobody], at("dead.db"));
    expect(dead.code).toBe(2);
    expect(dead.stderr).toContain("[APPIUM_URL]");
  });

  test("doctor finds them, and starts no adb server where there is none", async () => {
    const doctor = await androidgen(["doctor", ...adbPort(), "--db", path.join(folder, "d.db"), "--json"]);
    const checks = new Map(lines(doctor).map((check) => [check["name"], check]));
    expect(checks.get("adb server")).toMatchObject({
      status: "ok",
      found: expect.stringContaining("1.0.41"),
    });
    expect(checks.get("devices")).toMatchObject({
      status: "ok",
      found: expect.stringContaining("emulator-"),
    });
    expect([...checks.keys()]).toEqual(
      expect.arrayContaining(["Node", "adb", "Android SDK", "emulator", "acceleration", "Java", "Appium"]),
    );
    // Only the endpoint is not named here.
    const missing = [...checks.values()].filter(({ status }) => status === "missing");
    expect(missing.map(({ name }) => name)).toEqual(["model endpoint"]);
    expect(doctor.code).toBe(1);
    for (let round = 0; round < 2; round++) {
      const none = lines(
        await androidgen(["doctor", "--adb-port", "9", "--db", path.join(folder, "d.db"), "--json"]),
      );
      expect(none).toContainEqual(expect.objectContaining({ name: "adb server", status: "missing" }));
    }
  });
});
