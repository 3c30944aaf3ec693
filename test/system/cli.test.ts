import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { androidgen, lastJson, MAIN, startSim, type RunningSim } from "../support/cli.ts";

const COMMANDS = [
  "demo",
  "sim",
  "devices",
  "run",
  "show",
  "prompt",
  "score",
  "export",
  "ablate",
  "import",
  "tasks",
  "doctor",
];

describe("command line", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "androidgen-cli-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("help names every command, and each has examples", async () => {
    const help = await androidgen(["--help"]);
    expect(help.code).toBe(0);
    for (const command of COMMANDS) {
      expect(help.stdout).toMatch(new RegExp(`^  ${command}\\b`, "m"));
      const own = await androidgen([command, "--help"]);
      expect(own.code).toBe(0);
      expect(own.stdout).toContain(command === "tasks" ? "check [options] <suite>" : "Examples:");
    }
  });

  test.each([
    ["an unknown command", ["fly"], "unknown command 'fly'"],
    ["an unknown option", ["run", "--speed", "9"], "unknown option '--speed'"],
    ["a bad number", ["sim", "--devices", "many"], "a whole number from 1 on is needed"],
    [
      "a missing suite",
      ["run", "none.yaml", "--base-url", "http://127.0.0.1:9/v1", "--model", "m"],
      "none.yaml: cannot read the task suite",
    ],
    ["neither suite nor run", ["run"], "name a suite, such as tasks/everyday.yaml, or a run with --resume"],
    ["no model", ["run", "tasks/demo.yaml"], "no model is named: give --base-url"],
    ["a broken suite", ["tasks", "list", "package.json"], "package.json:"],
    ["no database", ["show", "--db", "none/none.db"], "There is no database at none/none.db"],
    ["an adb server that is not there", ["devices", "--adb-port", "9"], "127.0.0.1:9"],
  ])("%s is an error that says what to do, with exit code 2", async (_name, args, message) => {
    const result = await androidgen(args);
    expect(result.stderr).toContain(message);
    expect(result.code).toBe(2);
  });

  test("errors are JSON with --json", async () => {
    const result = await androidgen(["show", "--db", "none/none.db", "--json"]);
    expect(JSON.parse(result.stderr)).toMatchObject({ error: { code: "DB_UNREADABLE", class: "config" } });
  });

  test("a reader who has read enough ends it without a word", async () => {
    const args = [MAIN, "tasks", "list", "tasks/everyday.yaml"];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let complaints = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
    const [code] = (await once(child, "close")) as [number | null];
    expect(complaints).toBe("");
    expect(code).toBe(1);
  });

  test("a new suite is valid, and is never written over", async () => {
    const file = path.join(folder, "mine.yaml");
    expect((await androidgen(["tasks", "new", file])).code).toBe(0);
    expect((await androidgen(["tasks", "check", "--shape", file])).stdout).toContain("nothing wrong");
    const again = await androidgen(["tasks", "new", file]);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain("exists already");
  });

  describe("on simulated devices", () => {
    let sim: RunningSim;
    beforeAll(async () => {
      sim = await startSim(["--devices", "2"], { HOME: folder });
    });
    afterAll(() => sim.close());

    const on = (db: string): string[] => [
      "--db",
      path.join(folder, db),
      "--adb-port",
      String(sim.adb.port),
      "--snapshot",
      "clean",
      "--base-url",
      sim.model.baseUrl,
      "--model",
      sim.model.model,
    ];

    test("devices and doctor see them", async () => {
      const port = String(sim.adb.port);
      const devices = await androidgen(["devices", "--adb-port", port, "--json"]);
      expect(
        devices.stdout
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line)),
      ).toEqual(sim.devices.map(({ serial }) => expect.objectContaining({ serial, state: "device" })));
      const doctor = await androidgen([
        "doctor",
        "--adb-port",
        port,
        "--db",
        path.join(folder, "d.db"),
        "--base-url",
        sim.model.baseUrl,
        "--model",
        sim.model.model,
      ]);
      expect(doctor.stdout).not.toContain("MISSING");
      expect(doctor.code).toBe(0);
    });

    test("run, score, show and export, one after the other", async () => {
      const db = path.join(folder, "whole.db");
      const ran = await androidgen([
        "run",
        "tasks/demo.yaml",
        "--only",
        "wifi",
        "open-app",
        "--json",
        ...on("whole.db"),
      ]);
      expect(ran.stderr).toBe("");
      expect(ran.code).toBe(0);
      const summary = lastJson(ran);
      expect(summary).toMatchObject({ episodes: 2, succeeded: 2, open: 0, state: "finished" });

      expect(
        (await androidgen(["export", "--db", db, "--out", path.join(folder, "early")])).stderr,
      ).toContain("is not scored");
      const scored = await androidgen(["score", "--db", db, "--json"]);
      expect(lastJson(scored)).toMatchObject({ episodes: 2, kept: 2 });

      const run = String(summary["run"]);
      const shown = await androidgen(["show", run, "--db", db]);
      expect(shown.stdout).toMatch(/wifi#1\s+succeeded\s+yes/);
      const episode = shown.stdout.match(new RegExp(`${run}-\\d+-\\d+`))![0];
      expect((await androidgen(["show", episode, "--db", db])).stdout).toMatch(
        /step 1[^]*action: [^]*verdict by rules/,
      );

      const out = path.join(folder, "dataset");
      const exported = await androidgen(["export", "--db", db, "--out", out, "--images", "--json"]);
      const manifest = lastJson(exported) as { samples: number };
      const train = JSON.parse(await readFile(path.join(out, "train.json"), "utf8")) as unknown[];
      const val = JSON.parse(await readFile(path.join(out, "val.json"), "utf8")) as unknown[];
      expect(train.length + val.length).toBe(manifest.samples);
      expect(train.length * val.length).toBeGreaterThan(0);
      expect((await readdir(path.join(out, "images"))).length).toBeGreaterThan(0);

      const again = await androidgen(["export", "--db", db, "--out", out]);
      expect(again.code).toBe(2);
      expect(again.stderr).toContain("is not empty");
      expect((await readdir(folder)).filter((name) => name.includes(".part-"))).toEqual([]);
    });

    test("Ctrl-C leaves a run that goes on where it was", async () => {
      const suite = [
        "run",
        "tasks/demo.yaml",
        "--only",
        "wifi",
        "bluetooth",
        "airplane-mode",
        "--instances",
        "2",
      ];
      let asked = false;
      const stopped = await androidgen([...suite, "--json", ...on("stop.db")], {
        onLine: (line, child) => {
          // Once: a second Ctrl-C would not wait for the steps in flight.
          if (asked || (JSON.parse(line) as { type?: string }).type !== "episode-ended") return;
          asked = true;
          child.kill("SIGINT");
        },
      });
      expect(stopped.code).toBe(130);
      const summary = lastJson(stopped) as { run: string; open: number; succeeded: number };
      expect(summary.open).toBeGreaterThan(0);
      expect(stopped.stderr).toContain(`androidgen run --resume ${summary.run}`);

      const resumed = await androidgen(["run", "--resume", summary.run, "--json", ...on("stop.db")]);
      expect(resumed.code).toBe(0);
      expect(lastJson(resumed)).toMatchObject({ run: summary.run, episodes: 6, succeeded: 6, open: 0 });
    });

    test("what is wrong with a run is said before anything is written", async () => {
      const wrong = await androidgen(["run", "tasks/demo.yaml", "--only", "nothing", ...on("never.db")]);
      expect(wrong.code).toBe(2);
      expect(wrong.stderr).toContain("no task nothing");
      const gone = await androidgen([
        "run",
        "tasks/demo.yaml",
        "--only",
        "wifi",
        "--device",
        "emulator-9998",
        ...on("gone.db"),
      ]);
      expect(gone.code).toBe(2);
      expect(gone.stderr).toContain("emulator-9998");
      const lost = await androidgen(["run", "tasks/demo.yaml", ...on("lost.db"), "--snapshot", "unsaved"]);
      expect(lost.code).toBe(2);
      expect(lost.stderr).toContain("has no snapshot unsaved (it has clean)");
      expect(lost.stderr).toMatch(/save one with: adb -P \d+ -s emulator-\d+ emu avd snapshot save unsaved/u);
    });

    test("tasks check tells a check that proves nothing from one that does", async () => {
      const file = path.join(folder, "weak.yaml");
      await writeFile(
        file,
        `name: weak
tasks:
  - id: always-true
    goal: Do nothing
    apps: [Settings]
    checks: [{ setting: { namespace: global, key: wifi_on, equals: 1 } }]
  - id: sound
    goal: Turn off Wi-Fi.
    apps: [Settings]
    checks: [{ setting: { namespace: global, key: wifi_on, equals: 0 } }]
`,
      );
      const result = await androidgen(["tasks", "check", file, "--json"]);
      expect(result.code).toBe(1);
      const rows = result.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(rows).toMatchObject([
        { template: "always-true", before: "passes" },
        { template: "sound", before: "fails", after: { episodes: 1, passed: 1 } },
        { templates: 2, good: 1 },
      ]);
    });
  });
});
