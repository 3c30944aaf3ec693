import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { androidgen, type CliResult, startSim, type RunningSim } from "../support/cli.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { completion, type ModelProxy, startModelProxy, type Weather } from "../support/model-proxy.ts";
import { expectSound, readAttempts, readRows, readSteps } from "../support/records.ts";
import { expectWholeRun, lines, onlyRun, run, type RunAt, runAt } from "../support/run-cli.ts";

const key = "sk-a-key-that-must-never-be-written-down";
const env = { OPENAI_API_KEY: key };
/** Four episodes. */
const tasks = ["tasks/demo.yaml", "--snapshot", "clean", "--only", "wifi", "bluetooth", "--instances", "2"];
const error = (message: string) => JSON.stringify({ error: { message } });

let simFolder: string;
let sim: RunningSim;
let folder: string;
let db: string;
let proxy: ModelProxy;
let at: RunAt;

beforeAll(async () => {
  simFolder = await newFolder();
  sim = await startSim(["--devices", "2"], { HOME: simFolder });
});
afterAll(async () => {
  await sim.close();
  await removeFolders();
});
beforeEach(async () => {
  folder = await newFolder();
  db = path.join(folder, "run.db");
  proxy = await startModelProxy(sim.model.baseUrl);
  at = { ...runAt(sim, db), baseUrl: proxy.baseUrl };
});
afterEach(() => proxy.close());

const runId = () => onlyRun(db);
const resume = () => run(["--resume", runId(), "--json"], at, { env });

const expectFinished = (result: CliResult, steps: readonly string[] = []) =>
  expectWholeRun(result, { db, episodes: 4, steps });

describe("a model endpoint", () => {
  test("that fails now and then, in whatever way, costs nothing but time", async () => {
    const badWeather: Weather[] = [
      "cut",
      { status: 500, body: error("out of memory") },
      { status: 429, body: error("slow down") },
      { status: 429, headers: { "retry-after": "1" }, body: error("slow down") },
      "hang",
      { status: 200, body: JSON.stringify({ choices: [] }) },
      { status: 200, body: completion("") },
      { status: 200, body: '{"choices": [{"mess' },
      { status: 200, headers: { "content-type": "text/html" }, body: "<h1>Welcome</h1>" },
    ];
    const met = new Set<Weather>();
    proxy.onCall = (call) => {
      // Two calls go well, two do not: no prompt meets more than two bad ones, as one device asks one after the other.
      proxy.weather = (call % 4 < 2 ? undefined : badWeather[Math.floor(call / 4)]) ?? "fine";
      met.add(proxy.weather);
    };
    const one = ["--device", sim.devices[0]!.serial];
    const result = await run([...tasks, ...one, "--json", "--model-timeout", "2"], at, { env });
    await expectFinished(result);
    expect([...met]).toEqual(expect.arrayContaining(badWeather));
    expect(readAttempts(db).every(({ attempt }) => attempt === 1)).toBe(true);
  });

  test("that is gone for longer is waited for, and the wait is told", async () => {
    let away = false;
    let back = false;
    const result = await run([...tasks, "--json"], at, {
      env,
      onLine: (text) => {
        const { type } = JSON.parse(text) as { type?: string };
        if (!away && type === "step") {
          away = true;
          void proxy.refuse();
        }
        if (!back && type === "model-failed") {
          back = true;
          void proxy.listen();
        }
      },
    });
    await expectFinished(result);
    expect(lines(result)).toContainEqual(
      expect.objectContaining({
        type: "model-failed",
        retryInMs: 2000,
        error: expect.objectContaining({
          code: "LLM_UNREACHABLE",
          message: expect.stringContaining(at.baseUrl),
        }),
      }),
    );
  });

  test("that is down from the start: it is said, Ctrl-C ends the wait, and --resume goes on", async () => {
    await proxy.refuse();
    let asked = false;
    const stopped = await run(tasks, at, {
      env,
      onLine: (line, child) => {
        if (asked || !line.includes(" no answer for ")) return;
        asked = true;
        child.kill("SIGINT");
      },
    });
    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toMatch(
      /^[\d:]{8} no answer for \S+, asked again in 2 s: .* cannot be reached: .*ECONNREFUSED.* \[LLM_UNREACHABLE\]$/m,
    );
    expect(stopped.stdout).toContain(at.baseUrl);
    const where = `--db ${db} --adb-port ${at.adbPort} --base-url ${at.baseUrl} --model ${at.model}`;
    expect(stopped.stderr).toBe(`stopped; go on with: androidgen run --resume ${runId()} ${where}\n`);
    expect(readSteps(db)).toEqual([]);
    await proxy.listen();
    await expectFinished(await resume());
  });

  test("is asked for the temperature that a resumed run began with", async () => {
    proxy.weather = { status: 401, body: error("no") };
    const refused = await run([...tasks, "--temperature", "1.5"], at, { env });
    expect(refused.code).toBe(2);
    proxy.weather = "fine";
    proxy.temperatures.clear();
    await expectFinished(await resume());
    // The planner has the endpoint's own.
    expect(proxy.temperatures).toEqual(new Set([1.5, undefined]));
  });

  test("that hangs does not hold up a second Ctrl-C", async () => {
    let calls = 0;
    const stopped = await run(tasks, at, {
      env,
      onLine: (line, child) => {
        if (line.includes(" stopping: ")) child.kill("SIGINT");
        if (!/^[\d:]{8} run /.test(line)) return;
        proxy.onCall = (call) => {
          if (call <= 4) return;
          proxy.weather = "hang";
          // Both episodes wait.
          if (++calls === 2) child.kill("SIGINT");
        };
      },
    });
    expect({ code: stopped.code, signal: stopped.signal }).toEqual({ code: 130, signal: null });
    expect(stopped.stdout).toContain(
      "stopping: the steps in flight are finished first; Ctrl-C again stops at once",
    );
    const steps = readSteps(db);
    proxy.onCall = () => {};
    proxy.weather = "fine";
    await expectFinished(await resume(), steps);
  });

  test("that writes nonsense costs steps, not the run", async () => {
    proxy.weather = {
      status: 200,
      body: completion("I would rather \u001b[31mtalk\u0007 about the weather."),
    };
    const result = await run(["tasks/demo.yaml", "--only", "open-app", "--snapshot", "clean"], at, { env });
    expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: "" });
    expect(result.stdout).toMatch(/open-app#1 sample 1 on \S+: failed in \d+ steps/);
    const steps = readRows<{ action_json: string | null; refusal_rule: string | null }>(
      db,
      "SELECT * FROM step",
    );
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.every((step) => step.action_json === null && step.refusal_rule !== null)).toBe(true);
    await expectSound(db);

    const [episode] = readAttempts(db);
    const shown = await androidgen(["show", episode!.id, "--db", db]);
    expect(shown.stdout).toContain("refused by ");
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    for (const { stdout } of [result, shown]) expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
});

describe("what only its owner can mend stops the run at once", () => {
  test.each([
    ["LLM_KEY_REFUSED", 401, error(`wrong key ${key}`), "refused the API key. Check the key and its rights"],
    ["LLM_MODEL_NOT_FOUND", 404, error("what?"), 'does not know the model "androidgen-demo-scripted"'],
    [
      "LLM_QUOTA_USED_UP",
      429,
      JSON.stringify({ error: { message: "pay first", code: "insufficient_quota" } }),
      "the account's quota is used up",
    ],
  ])("%s, which is HTTP %i", async (code, status, body, message) => {
    proxy.onCall = (call) => {
      proxy.weather = call <= 6 ? "fine" : { status, body };
    };
    const stopped = await run([...tasks, "--json"], at, { env });
    expect(stopped.code).toBe(2);
    const { error: said } = JSON.parse(stopped.stderr) as { error: { code: string; message: string } };
    expect(said.code).toBe(code);
    expect(said.message).toContain(at.baseUrl);
    expect(said.message).toContain(message);
    expect(said.message).toContain(`androidgen run --resume ${runId()} --db ${db}`);
    // One call of each device at most: nothing is tried again.
    expect(proxy.calls).toBeLessThanOrEqual(8);
    const steps = readSteps(db);
    expect(steps.length).toBeGreaterThan(0);
    await expectSound(db);

    proxy.onCall = () => {};
    proxy.weather = "fine";
    const resumed = await resume();
    await expectFinished(resumed, steps);
    expect([...proxy.authorizations]).toEqual([`Bearer ${key}`]);
    await expectNowhere(key, [stopped, resumed]);
  });
});

/** Neither printed, nor in any file of the run. */
async function expectNowhere(secret: string, results: readonly CliResult[]): Promise<void> {
  for (const { stdout, stderr } of results) expect(stdout + stderr).not.toContain(secret);
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    const bytes = await readFile(path.join(file.parentPath, file.name));
    const text = file.name.endsWith(".gz") ? gunzipSync(bytes) : bytes;
    expect({ file: file.name, holdsIt: text.includes(secret) }).toEqual({ file: file.name, holdsIt: false });
  }
}
