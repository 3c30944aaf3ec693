import { describe, expect, test } from "@jest/globals";
import { makeMistake, type Mistake, mistakeOf } from "../../../src/sim/model/mistakes.ts";
import { Page } from "../../../src/sim/model/page.ts";

const source = { seed: 1, errorRate: 0.2, requestSeed: 7, goal: "Turn on Wi-Fi.", round: 1 };

function drawn(errorRate: number, change: Partial<typeof source> = {}): (Mistake | undefined)[] {
  return Array.from({ length: 400 }, (_, i) => mistakeOf({ ...source, errorRate, ...change, round: i + 1 }));
}

describe("mistakes", () => {
  test("follow from seed, request seed, goal and round alone", () => {
    expect(drawn(0.2)).toEqual(drawn(0.2));
    for (const change of [{ seed: 2 }, { requestSeed: 8 }, { goal: "Turn off Wi-Fi." }]) {
      expect(drawn(0.2, change)).not.toEqual(drawn(0.2));
    }
  });

  test("never happen at rate 0 and always at rate 1", () => {
    expect(drawn(0).every((mistake) => mistake === undefined)).toBe(true);
    expect(drawn(1).every((mistake) => mistake !== undefined)).toBe(true);
  });

  test("are of all kinds", () => {
    expect(new Set(drawn(0.2))).toEqual(
      new Set([
        undefined,
        "wrong element",
        "malformed code",
        "premature finish",
        "wordless finish",
        "lost track",
        "repeated no-op",
      ]),
    );
  });

  test("a model that has lost track ends the task, unless the plan in its prompt shows what is left", () => {
    const right = {
      stage: 1,
      code: 'open_app(app_name="Settings")',
      why: "The task needs the Settings app.",
    };
    const situation = { goal: source.goal, page: new Page("", "", []), history: [], stuck: false };
    const without = makeMistake("lost track", right, { ...situation, openPlan: false }, source);
    expect(without.code).toBe('exit(message="Done.")');
    expect(makeMistake("lost track", right, { ...situation, openPlan: true }, source)).toEqual(right);
  });

  test("a no-op, once begun, lasts three rounds", () => {
    const rounds = drawn(0.08);
    const first = rounds.indexOf("repeated no-op");
    expect(rounds.slice(first, first + 3)).toEqual(Array.from({ length: 3 }, () => "repeated no-op"));
    expect(rounds[first - 1]).toBeUndefined();
  });
});
