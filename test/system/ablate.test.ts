import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { androidgen, type CliResult } from "../support/cli.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { readAttempts, readRows } from "../support/records.ts";

let db: string;

beforeEach(async () => {
  db = path.join(await newFolder(), "ablation.db");
});
afterEach(removeFolders);

const small = ["--only", "wifi", "open-app", "timer", "--devices", "2", "--json"];

function ablate(args: readonly string[]): Promise<CliResult> {
  return androidgen(["ablate", "tasks/demo.yaml", "--db", db, ...args]);
}

interface Arm {
  arm: string;
  run: string;
  modules: string[];
  n: number;
  succeeded: number;
  success: { value: number; low: number; high: number };
  steps: number;
  calls: number;
  tokens: number;
  refusals: Record<string, number>;
  shownExamples: number;
}

const armsOf = ({ stdout }: CliResult): Arm[] =>
  stdout
    .trimEnd()
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Arm);

const wholeOf = ({ stdout }: CliResult): Record<string, unknown> & { arms: Arm[]; notes: string[] } =>
  JSON.parse(stdout.trimEnd().split("\n").at(-1)!);

test("an ablation measures the same tasks with one module after the other", async () => {
  const result = await ablate([...small, "--error-rate", "0.3", "--agents", "text"]);
  expect(result.code).toBe(0);
  const arms = armsOf(result);
  expect(arms.map(({ arm, modules }) => [arm, modules.toSorted()])).toEqual([
    ["base", []],
    ["+ReflectPlan", ["reflectPlan"]],
    ["+AutoCheck", ["autoCheck", "reflectPlan"]],
    ["+ExpSearch", ["autoCheck", "expSearch", "reflectPlan"]],
    ["text", []],
  ]);
  for (const arm of arms) {
    expect(arm.n).toBe(3);
    expect(arm.success.value).toBeCloseTo(arm.succeeded / 3);
    expect(arm.success.low).toBeLessThanOrEqual(arm.success.value);
    expect(arm.success.high).toBeGreaterThanOrEqual(arm.success.value);
  }
  const [base, planned] = arms as [Arm, Arm];
  // One call for each step, and one more for each plan.
  expect(base.calls).toBe(base.steps);
  expect(planned.calls).toBeGreaterThanOrEqual(2 * planned.steps);

  const whole = wholeOf(result);
  expect(whole).toMatchObject({ scripted: true, errorRate: 0.3, seed: 1, db });
  expect(whole.arms).toEqual(arms);
  expect(whole.notes.join(" ")).toContain("a script, not an LLM");
  expect(whole.notes.join(" ")).toContain("never of the task's own template");

  // The same tasks and seeds in each arm.
  const drawn = readRows<{ tasks: string }>(
    db,
    `SELECT group_concat(instance_id || ' ' || sample || ' ' || seed) AS tasks
     FROM (SELECT * FROM episode ORDER BY run_id, slot) GROUP BY run_id`,
  );
  expect(drawn).toHaveLength(5);
  expect(new Set(drawn.map(({ tasks }) => tasks)).size).toBe(1);

  // Said once more, it measures nothing again.
  const again = await ablate([...small, "--error-rate", "0.3", "--agents", "text"]);
  expect(armsOf(again)).toEqual(arms);
  // An ablation with other options would mix its experiences with these.
  const other = await ablate([...small, "--error-rate", "0.4"]);
  expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining("ABLATION_DB") });
});

test("the last arm is shown experiences of the arm before it, of other templates", async () => {
  const only = ["--only", "file-delete", "file-rename", "note-delete", "--devices", "2", "--json"];
  const result = await ablate([...only, "--error-rate", "0"]);
  const [, , , last] = armsOf(result);
  expect(last!.shownExamples).toBeGreaterThan(0);
  const shown = readRows<{ example: string; own: string; run: string; other: string }>(
    db,
    `SELECT DISTINCT e.run_id AS run, own.template_id AS own, x.run_id AS example, other.template_id AS other
     FROM step, json_each(step.experiences_json) AS shown
     JOIN episode e ON e.id = step.episode_id
     JOIN task_instance own ON own.run_id = e.run_id AND own.id = e.instance_id
     JOIN episode x ON x.id = shown.value
     JOIN task_instance other ON other.run_id = x.run_id AND other.id = x.instance_id`,
  );
  expect(shown.length).toBeGreaterThan(0);
  const before = armsOf(result)[2]!;
  for (const { run, own, example, other } of shown) {
    expect({ run, example }).toEqual({ run: last!.run, example: before.run });
    expect(own).not.toBe(other);
  }
  const [step] = readRows<{ episode: string; example: string }>(
    db,
    `SELECT step.episode_id AS episode, shown.value AS example FROM step, json_each(step.experiences_json) AS shown LIMIT 1`,
  );
  const told = await androidgen(["show", step!.episode, "--db", db]);
  expect(told.stdout).toMatch(new RegExp(`^ {2}shown: .*${step!.example}`, "mu"));
});

test("an ablation that was stopped goes on where it was", async () => {
  // What an earlier process had spent counts: the budget ends it in one of the first arms.
  const stopped = await ablate([...small, "--budget-tokens", "20000"]);
  expect(stopped.code).toBe(2);
  expect(stopped.stderr).toContain("BUDGET_SPENT");
  expect(stopped.stderr).toContain(`--db ${db}`);
  const before = readAttempts(db).filter(({ state }) => state === "succeeded" || state === "failed");
  expect(before.length).toBeGreaterThan(0);

  const whole = await ablate(small);
  expect(whole.code).toBe(0);
  expect(armsOf(whole)).toHaveLength(4);
  expect(readAttempts(db)).toEqual(expect.arrayContaining(before));
  const runs = readRows<{ n: number }>(db, "SELECT count(*) AS n FROM run");
  expect(runs).toEqual([{ n: 4 }]);
});

test("the scripted model is not asked to see, and no phone goes by the scripted model", async () => {
  const seeing = await ablate([...small, "--agents", "picture"]);
  expect(seeing).toMatchObject({ code: 2, stderr: expect.stringContaining("the scripted model cannot see") });
  const real = await ablate([...small, "--device", "emulator-1"]);
  expect(real).toMatchObject({ code: 2, stderr: expect.stringContaining("MODEL_NOT_NAMED") });
});
