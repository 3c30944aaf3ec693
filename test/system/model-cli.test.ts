import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { androidgen, type CliResult, lastJson, type RunningSim, startSim } from "../support/cli.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { expectSound, readRows } from "../support/records.ts";
import { expectWholeRun, onlyRun } from "../support/run-cli.ts";

/** Models files, budgets and cassettes from the command line. */

let sim: RunningSim;
let folder: string;
let db: string;
let models: string;

beforeAll(async () => {
  const home = await newFolder();
  sim = await startSim(["--devices", "2"], { HOME: home });
});
afterAll(async () => {
  await sim.close();
  await removeFolders();
});
beforeEach(async () => {
  folder = await newFolder();
  db = path.join(folder, "run.db");
  models = path.join(folder, "models.yaml");
  await writeFile(
    models,
    `
endpoints:
  house: { baseUrl: "${sim.model.baseUrl}", concurrency: 2 }
roles:
  policy: { use: [{ endpoint: house, model: ${sim.model.model} }], maxTokens: 512 }
prices:
  ${sim.model.model}: { input: 1, output: 4 }
`,
  );
});

function androidgenRun(args: readonly string[], env?: Record<string, string>): Promise<CliResult> {
  const where = ["--db", db, "--adb-port", String(sim.adb.port), "--json"];
  return androidgen(["run", ...args, ...where], env === undefined ? {} : { env });
}

const wifi = ["tasks/demo.yaml", "--only", "wifi", "--snapshot", "clean"];

function recorded(): { calls: number; tokens: number; usd: number } {
  const sql =
    "SELECT count(*) AS calls, sum(prompt_tokens + completion_tokens) AS tokens, sum(cost_usd) AS usd FROM llm_call";
  return readRows<{ calls: number; tokens: number; usd: number }>(db, sql)[0]!;
}

describe("a budget", () => {
  test("of 100,000 tokens: the run stops at or under it, and goes on with a larger one", async () => {
    const all = ["tasks/demo.yaml", "--snapshot", "clean", "--samples", "3", "--models", models];
    const stopped = await androidgenRun([...all, "--budget-tokens", "100000"]);
    expect(stopped.code).toBe(2);
    const { error } = JSON.parse(stopped.stderr) as { error: { code: string; message: string } };
    expect(error.code).toBe("BUDGET_SPENT");
    expect(error.message).toContain(`--resume ${onlyRun(db)}`);
    expect(recorded().tokens).toBeLessThanOrEqual(100_000);
    expect(recorded().tokens).toBeGreaterThan(85_000);
    expect(lastJson(stopped)).toMatchObject({ state: "stopped", errors: 0 });
    await expectSound(db);

    // Its own budget is what it goes on with where no other is named: nothing more can be done with that.
    const before = recorded();
    const same = await androidgenRun(["--resume", onlyRun(db), "--models", models]);
    expect(same.code).toBe(2);
    expect(recorded().tokens).toBeLessThanOrEqual(100_000);

    const larger = await androidgenRun([
      "--resume",
      onlyRun(db),
      "--models",
      models,
      "--budget-tokens",
      "120000",
    ]);
    expect(larger.stderr).toContain("BUDGET_SPENT");
    expect(recorded().tokens).toBeLessThanOrEqual(120_000);
    expect(recorded().calls).toBeGreaterThan(before.calls);
    await expectSound(db);
  });

  test("in dollars needs prices, which is found before anything is written", async () => {
    const named = ["--base-url", sim.model.baseUrl, "--model", sim.model.model];
    const result = await androidgenRun([...wifi, ...named, "--budget-usd", "1"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("PRICE_MISSING");
    expect(() => readRows(db, "SELECT 1")).toThrow("unable to open database file");
  });
});

describe("a models file", () => {
  test("takes the place of what the environment names, and its endpoint and prices are recorded", async () => {
    const result = await androidgenRun([...wifi, "--models", models], {
      OPENAI_BASE_URL: "http://127.0.0.1:9/v1",
      ANDROIDGEN_MODEL: "another",
    });
    await expectWholeRun(result, { db, episodes: 1, steps: [] });
    const calls = readRows<{ endpoint: string; settings_json: string; cost_usd: number }>(
      db,
      "SELECT * FROM llm_call",
    );
    expect(new Set(calls.map(({ endpoint }) => endpoint))).toEqual(new Set(["house"]));
    expect(calls.every(({ cost_usd: usd }) => usd > 0)).toBe(true);
    expect(JSON.parse(calls[0]!.settings_json)).toMatchObject({ maxTokens: 512 });
  });

  test.each([
    [["--model", "m"], "leave out --model"],
    [["--base-url", "http://127.0.0.1:9/v1"], "leave out --base-url"],
    [["--thinking", "on"], "give each a thinkingStyle"],
  ])("and %j do not go together", async (more, message) => {
    const result = await androidgenRun([...wifi, "--models", models, ...more]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
    expect(result.stderr).toContain("MODEL_ARGUMENTS");
  });

  test("that is wrong is told by line", async () => {
    await writeFile(models, "endpoints:\n  house: { baseUrl: nowhere }\n");
    const result = await androidgenRun([...wifi, "--models", models]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("models.yaml:2: endpoints.house.baseUrl");
  });
});

test("a cassette is recorded, and played strictly without any endpoint", async () => {
  const tape = path.join(folder, "tape.jsonl");
  const one = [...wifi, "--device", sim.devices[0]!.serial, "--cassette", tape];
  const first = await androidgenRun([...one, "--models", models, "--cassette-mode", "record"]);
  await expectWholeRun(first, { db, episodes: 1, steps: [] });
  const responses = () => readRows<{ response: string }>(db, "SELECT response FROM llm_call ORDER BY id");
  const told = responses();
  db = path.join(folder, "again.db");
  const again = await androidgenRun([...one, "--cassette-mode", "strict"]);
  await expectWholeRun(again, { db, episodes: 1, steps: [] });
  expect(responses()).toEqual(told);
});
