import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { subGoals } from "../../src/critic/index.ts";
import { parseLabels } from "../../src/critic/labels.ts";

const answer =
  '{"conditions": [{"condition": "The app is open", "step": 1}, {"condition": "Saved", "step": -1}]}';
const labels = [
  { condition: "The app is open", step: 1 },
  { condition: "Saved", step: -1 },
];

describe("a critic's reply", () => {
  test.each([
    ["bare", answer],
    ["fenced", `\`\`\`json\n${answer}\n\`\`\``],
    ["among words", `Let me see.\n${answer}\nThat is all.`],
    ["numbers as text", answer.replace("1}", '"1"}')],
  ])("is read where it is %s", (_, text) => {
    expect(parseLabels(text, 3)).toEqual({ ok: true, value: labels });
  });

  test.each([
    ["nothing", "", "no JSON object"],
    ["broken JSON", '{"conditions": [', "no JSON object"],
    ["broken inside", '{"conditions": [}', "its JSON is broken"],
    ["another shape", '{"steps": []}', "conditions"],
    ["no conditions", '{"conditions": []}', "conditions"],
    ["a round there was not", answer.replace("1}", "4}"), "there is no round 4; rounds are 1 to 3, or -1"],
    ["true for a number", answer.replace("1}", "true}"), "conditions"],
    ["a list for a number", answer.replace("1}", "[1]}"), "conditions"],
    ["round 0", answer.replace("1}", "0}"), "there is no round 0"],
  ])("is refused, with the reason, where it holds %s", (_, text, reason) => {
    expect(parseLabels(text, 3)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });

  test("may be anything", () => {
    fc.assert(fc.property(fc.string(), (text) => expect(() => parseLabels(text, 3)).not.toThrow()));
    fc.assert(fc.property(fc.json(), (text) => void parseLabels(text, 3)));
  });
});

describe("sub-goals", () => {
  test("are the conditions met on the way, each with those before it", () => {
    const met = [
      { condition: "The Clock app is open.", step: 1 },
      { condition: "The alarm tab is shown", step: 3 },
      { condition: "An alarm is saved", step: 6 },
    ];
    expect(subGoals(met)).toEqual([
      { goal: "The Clock app is open.", steps: 1 },
      { goal: "The Clock app is open; then: The alarm tab is shown.", steps: 3 },
    ]);
  });

  test("end where a condition was not met, and never shrink", () => {
    const steps = (...numbers: number[]) =>
      subGoals(numbers.map((step, i) => ({ condition: `c${i}`, step }))).map(({ steps }) => steps);
    expect(steps(2, 1, -1, 4)).toEqual([2, 2]);
    expect(steps(-1, 2)).toEqual([]);
    expect(steps(3)).toEqual([]);
    expect(steps()).toEqual([]);
  });
});
