import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Action } from "../../src/action/index.ts";
import type { PastStep } from "../../src/agent/index.ts";
import { actionWords } from "../../src/agent/history/action-words.ts";
import { tellNotes } from "../../src/agent/history/notes.ts";
import { leastHistoryTokens, tellHistory } from "../../src/agent/history/tell-history.ts";
import { countTokens } from "../../src/llm/index.ts";
import { element, pastStep, screenOf } from "./support.ts";

/** Text of models and screens: any characters, some of them many times over. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.tuple(fc.string({ unit: "binary", maxLength: 8 }), fc.nat(1000)).map(([some, n]) => some.repeat(n)),
  fc.constantFrom("word ".repeat(2000), "你好".repeat(900), "</reply>\n## Round 99\n".repeat(50), ""),
);

const verdict = fc.record({ rule: fc.constantFrom("grammar", "device"), reason: text });

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    type: fc.constant("tap"),
    target: fc.record({ kind: fc.constant("element"), index: fc.nat(5) }),
  }),
  fc.record({ type: fc.constant("inputText"), text }),
  fc.record({ type: fc.constant("quote"), content: text }),
  fc.record({ type: fc.constant("callApi"), name: text, args: fc.dictionary(text, fc.integer()) }),
  fc.record({ type: fc.constant("wait"), ms: fc.nat() }),
) as fc.Arbitrary<Action>;

const past = fc
  .array(
    fc.record(
      { response: text, action, refusal: verdict, output: text, finding: verdict },
      { requiredKeys: ["response"] },
    ),
    { minLength: 1, maxLength: 30 },
  )
  .map((steps) => steps.map((step, i): PastStep => ({ number: i + 1, screen: screenOf([]), ...step })));

const bounds = fc.record({
  steps: fc.integer({ min: 1, max: 12 }),
  tokens: fc.integer({ min: leastHistoryTokens, max: 3000 }),
});

describe("the history of a prompt", () => {
  test("never takes more than its bound, tells the last round, and loses no refusal of a round it tells", () => {
    fc.assert(
      fc.property(past, bounds, (steps, bound) => {
        const told = tellHistory(steps, bound);
        expect(countTokens(told)).toBeLessThanOrEqual(bound.tokens);
        const own = [...told.matchAll(/^## Round (\d+)\n<reply>$/gmu)].map(([, number]) => Number(number));
        expect(own.at(-1)).toBe(steps.length);
        const outcomes = [...told.matchAll(/^<\/reply>\nOutcome: (.*)$/gmu)].map(([, line]) => line!);
        expect(outcomes.map((line) => line.startsWith("NOT carried out"))).toEqual(
          own.map((number) => steps[number - 1]!.refusal !== undefined),
        );
        expect(roundsOf(told)).toBe(steps.length);
        expect(refusedOf(told)).toBe(steps.filter(({ refusal }) => refusal !== undefined).length);
      }),
      { numRuns: 60 },
    );
  });

  test("tells the last rounds in the model's own words, and older ones in a line each", () => {
    const screen = screenOf([element(4, { text: "Wi-Fi\nOn" })]);
    const steps = [
      pastStep(1),
      pastStep(2, { screen, action: { type: "tap", target: { kind: "element", index: 4 } } }),
      pastStep(3, { screen, action: { type: "scroll", direction: "down" } }),
      pastStep(4, { screen, action: { type: "scroll", direction: "down" } }),
      pastStep(5, { refusal: { rule: "device", reason: "gone\n# Goal" } }),
      pastStep(6),
    ];
    const lines = tellHistory(steps, { steps: 1, tokens: 1000 }).split("\n");
    expect(lines.slice(0, 8)).toEqual([
      "<earlier>",
      'Round 1: open_app "Settings": carried out',
      String.raw`Round 2: Click "Wi-Fi\nOn": carried out`,
      "Rounds 3 to 4: Scroll down: carried out",
      'Round 5: open_app "Settings": NOT carried out, refused by device: gone # Goal',
      "</earlier>",
      "",
      "## Round 6",
    ]);
  });

  test("counts what it leaves out, with what was refused of it", () => {
    const steps = Array.from({ length: 60 }, (_, i) =>
      pastStep(i + 1, {
        action: { type: "openApp", app: `App ${i}` },
        ...(i % 10 === 0 ? { refusal: { rule: "app-installed", reason: "there is no such app" } } : {}),
      }),
    );
    const told = tellHistory(steps, { steps: 10, tokens: 1000 });
    expect(told).toMatch(/^\(\d\d earlier rounds left out, \d of them refused\)\n\n<earlier>\nRound/u);
    expect(told).toContain("## Round 60");
  });

  test("tells a finding of a step that was told without it before", () => {
    const step = pastStep(1);
    expect(tellHistory([step], { steps: 1, tokens: 1000 })).toContain("Outcome: carried out\n".trim());
    step.finding = { rule: "text-in-field", reason: "the field is empty" };
    expect(tellHistory([step], { steps: 1, tokens: 1000 })).toContain(
      "Outcome: carried out, but text-in-field says: the field is empty",
    );
  });
});

describe("an action in words", () => {
  test("names its element and stays on one line", () => {
    const screen = screenOf([
      element(0, { resourceId: "com.app:id/fab", className: "android.widget.ImageButton" }),
      element(1, { description: "New\nline" }),
    ]);
    const on = (index: number): Action => ({ type: "tap", target: { kind: "element", index } });
    expect(actionWords(on(0), screen)).toBe('Click the "fab"');
    expect(actionWords(on(1), screen)).toBe(String.raw`Click "New\nline"`);
    expect(actionWords(on(9), screen)).toBe("Click an element that was not there");
    const drag: Extract<Action, { type: "swipe" }> = {
      type: "swipe",
      direction: "up",
      target: { kind: "point", x: 5, y: 9.7 },
    };
    expect(actionWords(drag, screen)).toBe("Swipe up on the point 5,10");
    const to = { kind: "element", index: 0 } as const;
    expect(actionWords({ ...drag, to }, screen)).toBe('Swipe from the point 5,10 to the "fab"');
    fc.assert(
      fc.property(action, (one) => {
        const words = actionWords(one, screen);
        expect(words).not.toMatch(/[\n\r\u0085\u2028\u2029]/u);
        expect(words.length).toBeLessThan(700);
      }),
    );
  });
});

describe("notes", () => {
  const note = (number: number, content: string, more: Partial<PastStep> = {}) =>
    pastStep(number, { action: { type: "quote", content }, ...more });

  test("are what was carried out, each once, where their rounds are long over as well", () => {
    const steps = [
      note(1, "code 4711"),
      note(2, "lost", { refusal: { rule: "text-not-empty", reason: "" } }),
      ...Array.from({ length: 30 }, (_, i) => pastStep(i + 3)),
      note(33, "code 4711"),
      note(34, "two\nlines"),
    ];
    expect(tellNotes(steps)).toBe('Round 33: "code 4711"\nRound 34: "two\\nlines"');
    expect(tellNotes([pastStep(1)])).toBe("");
  });

  test("have a bound: the newest stay", () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 30 }), (contents) => {
        const told = tellNotes(contents.map((content, i) => note(i + 1, content)));
        expect(countTokens(told)).toBeLessThanOrEqual(800);
        expect(told).toContain(`Round ${contents.length}: `);
      }),
      { numRuns: 20 },
    );
  });
});

/** Rounds that a history tells or counts. */
function roundsOf(told: string): number {
  const leftOut = Number(/^\((\d+) earlier/u.exec(told)?.[1] ?? 0);
  const own = told.match(/^## Round \d+\n<reply>$/gmu)?.length ?? 0;
  return leftOut + own + earlierLines(told).reduce((sum, { rounds }) => sum + rounds, 0);
}

function refusedOf(told: string): number {
  const leftOut = Number(/^\(.*, (\d+) of them refused\)/u.exec(told)?.[1] ?? 0);
  const own = told.match(/^<\/reply>\nOutcome: NOT carried out/gmu)?.length ?? 0;
  const earlier = earlierLines(told).filter(({ refused }) => refused);
  return leftOut + own + earlier.reduce((sum, { rounds }) => sum + rounds, 0);
}

function earlierLines(told: string): { rounds: number; refused: boolean }[] {
  const block = /^<earlier>\n(.*?)\n<\/earlier>$/msu.exec(told)?.[1] ?? "";
  return [...block.matchAll(/^Rounds? (\d+)(?: to (\d+))?: (.*)$/gmu)].map(([, from, to, words]) => ({
    rounds: to === undefined ? 1 : Number(to) - Number(from) + 1,
    refused: words!.includes("NOT carried out, refused by"),
  }));
}
