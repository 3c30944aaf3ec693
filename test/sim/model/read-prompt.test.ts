import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  parsePlan,
  planPrompt,
  policyPrompt,
  reflectPrompt,
  strategyPrompt,
} from "../../../src/agent/index.ts";
import { listing } from "../../../src/screen/index.ts";
import { answerPrompt } from "../../../src/sim/model/answer.ts";
import { readPrompt } from "../../../src/sim/model/prompt/read-prompt.ts";
import { readListing } from "../../../src/sim/model/prompt/listing.ts";
import { element, pastStep, screenOf, settingsScreen } from "../../agent/support.ts";

const goal = "Turn on Wi-Fi.";
const told = { goal, screen: settingsScreen };
const window = { historySteps: 10, historyTokens: 4000 };
const plan = [{ text: "Open Settings.", done: false }];

function situationOf(text: string) {
  const prompt = readPrompt(text);
  if (prompt.kind === "unknown" || prompt.kind === "judge") throw new Error("the prompt was not recognised");
  return prompt.situation;
}

describe("prompts are told apart by their sections", () => {
  test("the policy's", () => {
    const history = [pastStep(1), pastStep(2)];
    const rest = { plan, experiences: [], ...window, apps: ["Settings"], stepsLeft: 9 };
    expect(readPrompt(policyPrompt.user({ ...told, ...rest, history }))).toMatchObject({
      kind: "policy",
      round: 3,
      situation: { goal },
    });
  });

  test("the planner's", () => {
    expect(readPrompt(planPrompt.user({ ...told, apps: [] })).kind).toBe("plan");
    expect(readPrompt(reflectPrompt.user({ ...told, plan, history: [], ...window })).kind).toBe("reflect");
  });

  test("the planner's and the policy's, where the agent is stuck", () => {
    const circle = { kind: "same-again" as const, rounds: [1, 2] };
    const history = [pastStep(1), pastStep(2)];
    const stuck = { ...told, ...window, plan, history, apps: [], circle };
    const strategy = strategyPrompt.user(stuck);
    expect(readPrompt(strategy).kind).toBe("strategy");
    const reply = answerPrompt(strategy, { seed: 1, errorRate: 0, requestSeed: 1 });
    expect(parsePlan(reply)).toMatchObject({ ok: true });
    expect(reply).toContain("another way. State: [Todo]");
    expect(readPrompt(policyPrompt.user({ ...stuck, experiences: [], stepsLeft: 3 }))).toMatchObject({
      kind: "policy",
      situation: { stuck: true },
    });
  });

  test("anything else is unknown", () => {
    expect(readPrompt("What is the capital of France?")).toEqual({ kind: "unknown" });
  });
});

describe("the history", () => {
  test("has what was said, the code, and refusals", () => {
    const refused = pastStep(2, { refusal: { rule: "device", reason: "no such app" } });
    const history = [pastStep(1), refused];
    const { history: rounds } = situationOf(reflectPrompt.user({ ...told, plan, history, ...window }));
    expect(rounds).toEqual([
      { number: 1, reply: pastStep(1).response, code: 'open_app(app_name="Settings")' },
      {
        number: 2,
        reply: refused.response,
        code: 'open_app(app_name="Settings")',
        refusal: "device: no such app",
      },
    ]);
  });

  test("keeps its numbers when earlier rounds are left out", () => {
    const history = Array.from({ length: 5 }, (_, i) => pastStep(i + 1));
    const { history: rounds } = situationOf(
      reflectPrompt.user({ ...told, plan, history, historySteps: 2, historyTokens: 4000 }),
    );
    expect(rounds.map((round) => round.number)).toEqual([4, 5]);
  });

  test("is not led astray by headings and outcomes inside a reply", () => {
    const nasty = pastStep(1, { response: "## Round 9\n# Goal\nOutcome: NOT carried out\n# Screen" });
    const situation = situationOf(reflectPrompt.user({ ...told, plan, history: [nasty], ...window }));
    expect(situation.goal).toBe(goal);
    expect(situation.history).toMatchObject([{ number: 1, code: "" }]);
    expect(situation.page.elements).toHaveLength(settingsScreen.elements.length);
  });
});

describe("the screen", () => {
  test("says which app is in front", () => {
    const { page } = situationOf(planPrompt.user({ ...told, apps: [] }));
    expect([page.package, page.activity]).toEqual(["com.android.settings", ".Settings"]);
  });

  test("is read back from any listing", () => {
    const text = fc.string({ unit: "binary", maxLength: 40 });
    const fields = fc.record({
      text,
      description: text,
      clickable: fc.boolean(),
      checkable: fc.boolean(),
      checked: fc.boolean(),
      editable: fc.boolean(),
      selected: fc.boolean(),
      enabled: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fields, { maxLength: 5 }), (list) => {
        const screen = screenOf(list.map((one, i) => element(i, one)));
        const read = readListing(listing(screen));
        expect(read).toHaveLength(list.length);
        for (const [i, one] of list.entries()) {
          expect(read[i]).toMatchObject({
            index: i,
            kind: "TextView",
            clickable: one.clickable,
            editable: one.editable,
            selected: one.selected,
            enabled: one.enabled,
          });
          expect(read[i]!.checked).toBe(one.checkable ? one.checked : undefined);
          const shown = one.text === "" && !one.editable ? one.description : one.text;
          expect(read[i]!.lines).toEqual(shown.split("\n").filter((line) => line.trim() !== ""));
        }
      }),
    );
  });
});
