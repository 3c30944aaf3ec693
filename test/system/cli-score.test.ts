import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type DemoModel, startDemoModel } from "../../src/sim/model/index.ts";
import { openStore } from "../../src/store/index.ts";
import { carryOut, look } from "../sim/model/carry-out.ts";
import { androidgen, type CliResult, lastJson } from "../support/cli.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { usePhone } from "../support/phone.ts";
import { type EpisodeToRecord, recordEpisodes } from "../support/recorded-episode.ts";

let db: string;
let run: string;
let model: DemoModel;

/** One goal reached, the other left half way with a claim of success; and one that nobody checked. */
beforeAll(async () => {
  db = path.join(await newFolder(), "score.db");
  model = await startDemoModel({ seed: 1, errorRate: 0 });
  const store = await openStore(db);
  run = await recordEpisodes(store, [attempt(20, true), attempt(3, false), attempt(20, null)]);
  await store.close();
});
afterAll(async () => {
  await model.close();
  await removeFolders();
});

function attempt(budget: number, passed: boolean | null): EpisodeToRecord {
  const goal = "Turn off Wi-Fi.";
  const user = usePhone();
  try {
    const { steps } = carryOut(user, goal, { budget });
    const finalScreen = look(user);
    const claim = { type: "finish", status: "complete", message: "Wi-Fi is off." } as const;
    const ended = [...steps, { screen: finalScreen, action: claim, response: "All is done." }];
    return { instance: { goal }, steps: ended, finalScreen, answer: claim.message, passed };
  } finally {
    user.device.close();
  }
}

function score(...args: string[]): Promise<CliResult> {
  const where = ["--db", db, "--base-url", model.baseUrl, "--model", model.model];
  return androidgen(["score", ...where, ...args]);
}

describe("androidgen score", () => {
  test("does not keep what nobody judged", async () => {
    const { code, stdout } = await score("--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      run,
      kept: 1,
      unjudged: 1,
      reasons: { "check-passed.v2": 2 },
    });
  });

  test("stops at its budget, and goes on with a larger one", async () => {
    const poor = await score("--critic", "strict", "--budget-tokens", "9000", "--json");
    expect(poor.code).toBe(2);
    expect(poor.stderr).toContain("BUDGET_SPENT");
    const rich = await score("--critic", "strict", "--json");
    expect(rich.code).toBe(0);
    expect(lastJson(rich)).toMatchObject({
      kept: 2,
      critic: {
        success: 2,
        failure: 1,
        agreement: { n: 2, tp: 1, fp: 0, fn: 0, tn: 1, precision: { value: 1 }, recall: { value: 1 } },
      },
      caveat: expect.stringContaining("not an LLM"),
    });
  });

  test("pays but once, and prints what it found with its n", async () => {
    const { stdout } = await score("--critic", "strict");
    expect(stdout).toContain("Strict StepCritic: 2 reached every condition, 1 did not");
    expect(stdout).toContain("  0 calls, 0 + 0 tokens");
    expect(stdout).toContain(
      "beside the checks, n = 2: both success 1, critic alone 0, checks alone 0, neither 1",
    );
    expect(stdout).toContain("note: the critic is a script");
  });

  test("judges plainly beside it, and shows both verdicts and their calls", async () => {
    expect(lastJson(await score("--critic", "--json"))).toMatchObject({ critic: { spent: { calls: 3 } } });
    const second = `${run}-2-1`;
    const shown = await androidgen(["show", second, "--db", db]);
    expect(shown.stdout).toMatch(
      /verdict by critic strict-critic\.v1: no success\n  not met: Switch Wi-Fi off\./u,
    );
    expect(shown.stdout).toContain("verdict by critic step-critic.v2: no success");
    const calls = await androidgen(["prompt", second, "judge", "--db", db]);
    expect(calls.stdout).toContain("prompt strict-vote.v1");
    expect(calls.stdout).toContain("prompt step-critic.v2");
  });

  test.each([
    [["--critic", "lenient"], "Allowed choices are plain, strict"],
    [["--critic", "strict", "--votes", "1"], "a whole number from 2 on is needed"],
    [["--votes", "5"], "give --critic strict as well"],
    [["--critic", "--votes", "5"], "give --critic strict as well"],
  ])("refuses %j", async (args, message) => {
    const { code, stderr } = await score(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
