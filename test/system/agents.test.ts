import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { androidgen, type CliResult, lastJson, type RunningSim, startSim } from "../support/cli.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { readAttempts, readRows } from "../support/records.ts";
import { atFirst, lines, onlyRun, run, type RunAt, runAt } from "../support/run-cli.ts";

let sim: RunningSim;
let at: RunAt;

beforeAll(async () => {
  sim = await startSim(["--devices", "2", "--seed", "1"]);
});
afterAll(() => sim.close());
beforeEach(async () => {
  at = runAt(sim, path.join(await newFolder(), "run.db"));
});
afterEach(removeFolders);

const ownApi = `
apis:
  - name: own.wifi
    description: Switch Wi-Fi
    permission: own.write
    params:
      state: { type: string, description: on or off, choices: { "on": enable, "off": disable } }
    service: [svc, wifi, "{state}"]
`;
const clean = ["--snapshot", "clean", "--json"];
const oneDevice = () => ["--device", sim.devices[0]!.serial];

/** `androidgen run` by an agent that needs no model. */
function runWithout(args: readonly string[], input?: string): Promise<CliResult> {
  const where = ["--db", at.db, "--adb-port", String(at.adbPort), "--json"];
  return androidgen(["run", ...args, ...where], input === undefined ? {} : { input });
}

/** Each recorded action of a run, in order, with what became of it. */
function actions(runId: string): unknown[] {
  return readRows<{ action_json: string | null; refusal_rule: string | null }>(
    at.db,
    `SELECT action_json, refusal_rule FROM step JOIN episode ON episode.id = episode_id
     WHERE run_id = '${runId}' ORDER BY slot, attempt, number`,
  ).map(({ action_json, refusal_rule }) => refusal_rule ?? JSON.parse(action_json ?? "null"));
}

describe("a person at the terminal", () => {
  const stopwatch = ["tasks/demo.yaml", "--agent", "human", "--only", "open-app", "--snapshot", "clean"];

  test("carries out a task by lines that are piped in, and it is recorded like any other", async () => {
    // Which app the goal names follows from the seed.
    const goal = lines(await runWithout([...stopwatch, ...oneDevice()], "stuck\n")).find(
      ({ type }) => type === "episode-started",
    )!["goal"] as string;
    const app = /Open the (.+?) app|Open (.+?)\./u.exec(goal)?.slice(1).find(Boolean);
    const result = await runWithout([...stopwatch, ...oneDevice()], `tap 999\nopen ${app}\ndone\n`);
    expect({ code: result.code, goal, last: lastJson(result) }).toMatchObject({
      code: 0,
      last: { state: "finished", succeeded: 1, steps: 2, calls: 0 },
    });
    expect(result.stderr).toContain(`Goal: ${goal}`);
    expect(result.stderr).toContain("there is no element 999 on this screen");
    expect(actions(lastJson(result)["run"] as string)).toEqual([
      { type: "openApp", app },
      { type: "finish", status: "complete", message: "" },
    ]);
  });

  test("who leaves in the middle leaves a run that can go on", async () => {
    const left = await runWithout([...stopwatch, ...oneDevice()], "home\n");
    expect(left.code).toBe(2);
    expect(left.stderr).toContain("HUMAN_INPUT_ENDED");
    const again = await runWithout(["--resume", onlyRun(at.db), ...oneDevice()], "stuck cannot see it\n");
    expect({ code: again.code, last: lastJson(again) }).toMatchObject({
      code: 0,
      last: { state: "finished", failed: 1 },
    });
    expect(readAttempts(at.db).map(({ state }) => state)).toEqual(["interrupted", "failed"]);
  });

  test("needs standard input, and one device", async () => {
    const nobody = await runWithout([...stopwatch, ...oneDevice()]);
    expect(nobody).toMatchObject({ code: 2, stderr: expect.stringContaining("NO_TERMINAL") });
    const two = await runWithout(stopwatch, "done\n");
    expect(two).toMatchObject({ code: 2, stderr: expect.stringContaining("a person works on one device") });
  });
});

test("a replay of a recorded run does the same again, without a model", async () => {
  const only = ["--only", "contact-add", "note-create", "wifi", "alarm-add"];
  const recorded = await run(["tasks/demo.yaml", ...only, ...clean], at);
  expect(recorded.code).toBe(0);
  const id = lastJson(recorded)["run"] as string;
  const replayed = await runWithout(["--replay", id, "--snapshot", "clean"]);
  expect({ code: replayed.code, stderr: replayed.stderr }).toEqual({ code: 0, stderr: "" });
  const { succeeded, failed, calls, run: again } = lastJson(replayed);
  expect({ succeeded, failed, calls }).toEqual({
    succeeded: lastJson(recorded)["succeeded"],
    failed: lastJson(recorded)["failed"],
    calls: 0,
  });
  const carriedOut = actions(id).filter((action) => typeof action === "object");
  expect(actions(again as string)).toEqual(carriedOut);
});

test("a run keeps its agent when it goes on, and refuses another", async () => {
  const chosen = [
    "--without",
    "exp-search",
    "reflect-plan",
    "--no-rule",
    "no-third-repeat",
    "--history-steps",
    "4",
  ];
  const stopped = await run(
    ["tasks/demo.yaml", "--only", "contact-add", "wifi", ...chosen, ...clean],
    at,
    atFirst(
      ({ type }) => type === "step",
      (_line, child) => child.kill("SIGINT"),
    ),
  );
  expect(stopped.code).toBe(130);
  expect(stopped.stderr).toContain(`--adb-port ${at.adbPort} --base-url ${at.baseUrl} --model ${at.model}`);
  const id = onlyRun(at.db);

  for (const other of [
    ["--agent", "text"],
    ["--history-steps", "5"],
    ["--without", "auto-check"],
  ]) {
    const refused = await run(["--resume", id, ...other], at);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(other[0]!) });
    expect(refused.stderr).toContain("RESUME_CHANGES");
  }
  expect((await run(["--resume", id, ...clean], at)).code).toBe(0);
  const prompts = readRows<{ prompt: string }>(at.db, "SELECT DISTINCT prompt FROM llm_call");
  expect(prompts).toEqual([{ prompt: expect.stringMatching(/^policy\./u) }]);
  const [row] = readRows<{ settings_json: string }>(at.db, "SELECT settings_json FROM run");
  expect(JSON.parse(row!.settings_json)).toMatchObject({
    agent: { kind: "androidgen", historySteps: 4, rulesOff: ["no-third-repeat"] },
  });
});

test("a recorded run has its tasks already, and nothing to do again where nothing came to a result", async () => {
  const stopped = await run(["tasks/demo.yaml", ...clean, "--budget-tokens", "10"], at);
  expect(stopped.code).toBe(2);
  const id = onlyRun(at.db);
  const resumed = await runWithout(["--resume", id, "--only", "wifi", "--seed", "4"]);
  expect(resumed).toMatchObject({ code: 2, stderr: expect.stringContaining("leave out --only, --seed") });
  const replayed = await runWithout(["--replay", id, "--snapshot", "clean"]);
  expect(replayed).toMatchObject({ code: 2, stderr: expect.stringContaining("REPLAY_EMPTY") });
  expect(onlyRun(at.db)).toBe(id);
});

test("a run goes on with the app interfaces and the embedding model that it was started with", async () => {
  const folder = path.dirname(at.db);
  const embeddings = path.join(folder, "embeddings.yaml");
  const naming = (model: string) => writeFile(embeddings, `baseUrl: ${at.baseUrl}\nmodel: ${model}\n`);
  const apis = path.join(folder, "apis");
  await mkdir(apis);
  await writeFile(path.join(apis, "own.yaml"), ownApi);
  const files = ["--apis", apis, "--embeddings", embeddings];
  const task = ["tasks/demo.yaml", "--only", "open-app", ...clean, ...oneDevice()];

  await naming("nobody");
  const wrong = await run([...task, ...files, "--allow-api", "all"], at);
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("LLM_MODEL_NOT_FOUND") });
  expect(readRows(at.db, "SELECT id FROM run")).toEqual([]);

  await naming("androidgen-scripted-embedding");
  const args = [...task, ...files, "--allow-api", "all", "--budget-tokens", "10"];
  expect((await run(args, at)).stderr).toContain(`--apis ${apis} --embeddings ${embeddings}`);
  const id = onlyRun(at.db);
  const [stored] = readRows<{ settings_json: string }>(at.db, "SELECT settings_json FROM run");
  expect(stored!.settings_json).not.toContain(folder);
  expect(JSON.parse(stored!.settings_json)).toMatchObject({
    agent: {
      apis: expect.arrayContaining(["own.write"]),
      expSearch: { by: "androidgen-scripted-embedding" },
    },
  });
  const goOn = ["--resume", id, "--json", "--budget-tokens", "1000000"];
  for (const some of [
    ["--apis", apis],
    ["--embeddings", embeddings],
  ]) {
    const changed = await run([...goOn, ...some], at);
    expect(changed).toMatchObject({ code: 2, stderr: expect.stringContaining("RESUME_CHANGES") });
  }
  const resumed = await run([...goOn, ...files], at);
  expect({ code: resumed.code, last: lastJson(resumed) }).toMatchObject({ code: 0, last: { succeeded: 1 } });
  const [offered] = readRows<{ apis_json: string }>(
    at.db,
    "SELECT apis_json FROM episode WHERE apis_json <> ''",
  );
  expect(offered!.apis_json).toContain("own.wifi");
});

test("a run stops at its budget of tokens, and goes on with a larger one", async () => {
  const only = ["--only", "contact-add", "note-create", "event-create", "sms-send", "alarm-add", "timer"];
  const budget = 100_000;
  const spent = () =>
    readRows<{ tokens: number }>(
      at.db,
      "SELECT coalesce(sum(prompt_tokens + completion_tokens), 0) AS tokens FROM llm_call",
    )[0]!.tokens;
  const first = await run(
    ["tasks/demo.yaml", ...only, "--instances", "2", "--budget-tokens", String(budget), ...clean],
    at,
  );
  expect(first.code).toBe(2);
  expect(first.stderr).toContain("BUDGET_SPENT");
  expect(first.stderr).toContain(`--budget-tokens ${2 * budget}`);
  expect(spent()).toBeLessThanOrEqual(budget);
  expect(lastJson(first)).toMatchObject({ state: "stopped" });

  // The budget is the run's: what was spent counts.
  const id = onlyRun(at.db);
  expect((await run(["--resume", id, ...clean], at)).stderr).toContain("BUDGET_SPENT");
  expect(spent()).toBeLessThanOrEqual(budget);

  const second = await run(["--resume", id, "--budget-tokens", "5000000", ...clean], at);
  expect({ code: second.code, stderr: second.stderr }).toEqual({ code: 0, stderr: "" });
  expect(lastJson(second)).toMatchObject({ state: "finished", episodes: 12, open: 0, errors: 0 });
});
