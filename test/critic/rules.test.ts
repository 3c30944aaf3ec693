import { describe, expect, test } from "@jest/globals";
import type { Action } from "../../src/action/index.ts";
import { rules, type Trajectory } from "../../src/critic/index.ts";
import type { JudgedStep } from "../../src/critic/trajectory.ts";
import type { StoredEpisode, StoredVerdict } from "../../src/store/index.ts";
import { pageTask } from "../support/fakes.ts";

const tap = (index: number): Action => ({ type: "tap", target: { kind: "element", index } });
const scroll: Action = { type: "scroll", direction: "down" };
const refused = { rule: "element-on-screen", reason: "there is no element 9" };

interface Move {
  on: string;
  does?: Action;
  refused?: boolean;
}

const finish: Action = { type: "finish", status: "complete", message: "" };

/** A success of these moves, unless something else is said. */
function trajectory(moves: readonly Move[], more: Partial<StoredEpisode> = {}, passed = true): Trajectory {
  const steps = moves.map((move, i): JudgedStep => ({
    number: i + 1,
    screenId: i + 1,
    fingerprint: move.on,
    state: move.on,
    package: "com.example",
    ...(move.does === undefined ? {} : { action: move.does }),
    ...(move.refused === true ? { refusal: refused } : {}),
    thought: "",
    response: "",
    plan: [],
    experiences: [],
    startedAt: 0,
    endedAt: 0,
    deviceMs: 0,
    modelMs: 0,
    ownMs: 0,
  }));
  const episode: StoredEpisode = {
    id: "e",
    runId: "r",
    instanceId: "page-1#1",
    slot: 1,
    sample: 1,
    attempt: 1,
    seed: 1,
    state: "succeeded",
    steps: steps.length,
    finishStatus: "complete",
    ...more,
  };
  const checks = [{ passed, check: "setting global/wifi_on equals 0", found: passed ? "0" : "1" }];
  const detail = { checks };
  const verdict = { episodeId: "e", source: "check" as const, version: "v", success: passed, detail };
  return { episode, instance: pageTask(1), steps, verdicts: [{ ...verdict, labels: [], createdAt: 0 }] };
}

const broken = (given: Trajectory) =>
  Object.fromEntries(
    rules.map((rule) => [rule.id, rule.broken(given)]).filter(([, reason]) => reason !== undefined),
  ) as Record<string, string>;

const good: Move[] = [
  { on: "home", does: { type: "openApp", app: "Settings" } },
  { on: "settings", does: tap(3) },
  { on: "network", does: tap(1) },
  { on: "network off", does: finish },
];

describe("the rules", () => {
  test("keep a straight success", () => {
    expect(broken(trajectory(good))).toEqual({});
  });

  test("want the agent to say that it is done", () => {
    expect(broken(trajectory(good, { finishStatus: "infeasible" }))).toEqual({
      "said-done.v1": "the agent called the task infeasible",
    });
    const { finishStatus: _, ...silent } = trajectory(good).episode;
    expect(broken({ ...trajectory(good), episode: silent })).toEqual({
      "said-done.v1": "the agent had not finished after 4 steps",
    });
  });

  test("want the checks to pass, and some to be there", () => {
    expect(broken(trajectory(good, {}, false))).toEqual({
      "check-passed.v2": "setting global/wifi_on equals 0: found 1",
    });
  });

  test("go by a person, then by the strict critic, then by the plain one, where nothing was checked", () => {
    const unchecked = (...others: Partial<StoredVerdict>[]): Trajectory => ({
      ...trajectory(good),
      verdicts: others.map((other) => ({
        episodeId: "e",
        source: "critic",
        version: "step-critic.v2",
        success: true,
        detail: {},
        labels: [],
        createdAt: 0,
        ...other,
      })),
    });
    const strict = { version: "strict-critic.v1" };
    const noChecks = { source: "check" as const, detail: { checks: [] } };
    const why = (...others: Partial<StoredVerdict>[]) => broken(unchecked(...others))["check-passed.v2"];
    expect(why()).toBe("no check was made, and neither a person nor a critic has judged it");
    expect(why(noChecks)).toBe("the task has no checks, and neither a person nor a critic has judged it");
    expect(why({})).toBeUndefined();
    expect(why({ success: false })).toBe("no check was made, and the critic found it no success");
    expect(why({ ...strict, success: false, detail: { reason: "not met: saved" } }, {})).toBe(
      "no check was made, and the critic found it no success (not met: saved)",
    );
    expect(why(strict, { success: false })).toBeUndefined();
    expect(why({ source: "human" }, { ...strict, success: false })).toBeUndefined();
    expect(why({ source: "human", success: false }, strict)).toBe(
      "no check was made, and a person found it no success",
    );
    // Where something was checked, nobody else is asked.
    expect(
      broken({
        ...trajectory(good, {}, false),
        verdicts: [...trajectory(good, {}, false).verdicts, ...unchecked({ source: "human" }).verdicts],
      }),
    ).toEqual({ "check-passed.v2": "setting global/wifi_on equals 0: found 1" });
  });

  test("want no circles of two moves", () => {
    const back: Action = { type: "press", key: "back" };
    const round: Move[] = [
      { on: "list", does: tap(1) },
      { on: "form", does: back },
    ];
    expect(Object.keys(broken(trajectory([...good.slice(0, 2), ...round, ...good.slice(2)])))).toEqual([]);
    const circle = broken(trajectory([...good.slice(0, 2), ...round, ...round, ...good.slice(2)]));
    expect(circle).toEqual({ "no-loop.v2": "steps 3 to 6 go round in a circle" });
  });

  test("let one form after another be filled in", () => {
    const forms = [1, 2, 3].flatMap((n): Move[] => [
      { on: `list with ${n}`, does: tap(1) },
      { on: "empty form", does: { type: "inputText", text: `item ${n}` } },
      { on: `form ${n}`, does: tap(9) },
    ]);
    expect(broken(trajectory([...forms, { on: "list with 4", does: finish }]))).toEqual({});
  });

  test("want no three steps that change nothing", () => {
    const idle: Move[] = [
      { on: "settings", does: tap(1) },
      { on: "settings", does: tap(2) },
      { on: "settings", refused: true },
    ];
    expect(broken(trajectory([good[0]!, ...idle.slice(0, 2), ...good.slice(2)]))).toEqual({});
    expect(Object.keys(broken(trajectory([good[0]!, ...idle, ...good.slice(1)])))).toEqual([
      "no-noop-run.v2",
    ]);
  });

  test("let an agent note, answer and wait as it likes", () => {
    const still: Move[] = [
      { on: "page", does: { type: "quote", content: "a" } },
      { on: "page", does: { type: "wait", ms: 1000 } },
      { on: "page", does: { type: "answer", text: "b" } },
      { on: "page", does: finish },
    ];
    expect(broken(trajectory(still))).toEqual({});
  });

  test("want no action on the same screen three times, wherever it stands", () => {
    const press: Move = { on: "menu", does: tap(4) };
    const detour = (n: number): Move => ({ on: `detour ${n}`, does: tap(n) });
    const moves = [press, detour(1), press, detour(2), press, { on: "end", does: finish }];
    expect(broken(trajectory(moves))).toEqual({
      "no-repeat.v2": "by step 5, the same action was tried 3 times on the same screen",
    });
  });

  test("let a long list be scrolled", () => {
    const scrolls = [1, 2, 3, 4, 5].map((n): Move => ({ on: `part ${n}`, does: scroll }));
    expect(broken(trajectory([...scrolls, { on: "part 6", does: finish }]))).toEqual({});
  });

  test("forgive a refusal or few", () => {
    const slip: Move = { on: "settings", refused: true };
    expect(broken(trajectory([good[0]!, slip, ...good.slice(1)]))).toEqual({});
    expect(broken(trajectory([slip, good[1]!, { on: "network", refused: true }, good[3]!]))).toEqual({
      "too-many-refusals.v1": "2 of 4 steps were refused",
    });
  });
});
