import { describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { androidGenCode } from "../../src/action/index.ts";
import {
  type Agent,
  type AgentModules,
  createAndroidGenAgent,
  type Experience,
  type ExperienceSource,
  type Observation,
} from "../../src/agent/index.ts";
import { type ChatModel, countTokens, type RecordedCall } from "../../src/llm/index.ts";
import { screenImage, type Screen } from "../../src/screen/index.ts";
import { element, fakeModel, observation, pastStep, screenOf, userText } from "./support.ts";

const all: AgentModules = { expSearch: true, reflectPlan: true, autoCheck: true };
const none: AgentModules = { expSearch: false, reflectPlan: false, autoCheck: false };
const plan = "1. Open Settings. State: [Todo]\n2. Turn on Wi-Fi. State: [Todo]";
const tap = 'Analysis: the row leads there.\nOperation:\n```\ndo(action="Click", element_id="2")\n```';

function agent(model: ChatModel, modules = all, experiences?: ExperienceSource) {
  const source = experiences === undefined ? {} : { experiences };
  return createAndroidGenAgent({ model, codec: androidGenCode, modules, ...source });
}

/** A round: the decision, and what was asked for it. */
async function round(one: Agent, fields: Partial<Observation> = {}) {
  const about = observation({ calls: [], ...fields });
  return { ...(await one.decide(about)), calls: about.calls };
}

describe("a decision", () => {
  test("carries action, thought, plan, and every call with its prompt's version", async () => {
    const model = fakeModel({ planner: [plan], policy: [tap] });
    const decision = await round(agent(model), { seed: 5 });
    expect(decision).toMatchObject({
      action: { type: "tap", target: { kind: "element", index: 2 } },
      thought: "Analysis: the row leads there.",
      response: tap,
      plan: [
        { text: "Open Settings.", done: false },
        { text: "Turn on Wi-Fi.", done: false },
      ],
      experiences: [],
    });
    expect(decision).not.toHaveProperty("refusal");
    expect(decision.calls.map(({ role, prompt }) => [role, prompt])).toEqual([
      ["planner", "plan.v2"],
      ["policy", "policy.v2"],
    ]);
    expect(model.requests.map((request) => request.seed)).toEqual([5, 5]);
    expect(userText(model.requests[1])).toContain("2. Turn on Wi-Fi. State: [Todo]");
  });

  test("without modules is one call", async () => {
    const model = fakeModel({ policy: [tap] });
    const decision = await round(agent(model, none));
    expect(decision.plan).toEqual([]);
    expect(decision.calls).toHaveLength(1);
    expect(userText(model.requests[0])).toContain("There is no plan.");
  });

  describe("shows of a screen what it was asked to", () => {
    const observing = async (observe: "text" | "picture" | "both", screen: Screen) => {
      const model = fakeModel({ policy: [tap] });
      const one = createAndroidGenAgent({ model, codec: androidGenCode, modules: none, observe });
      const { calls } = await round(one, { screen });
      return { prompt: calls[0]!.prompt, text: userText(model.requests[0]) };
    };
    const pictured = async () => {
      const grey = { width: 100, height: 200, channels: 3 as const, background: "#808080" };
      const image = screenImage(await sharp({ create: grey }).png().toBuffer());
      return screenOf([element(2, { text: "Wi-Fi" })], { image });
    };

    test.each([
      ["text", "policy.v2", true, false],
      ["picture", "policy-picture.v1", false, true],
      ["both", "policy.v2", true, true],
    ] as const)("%s", async (observe, prompt, list, picture) => {
      const shown = await observing(observe, await pictured());
      expect(shown.prompt).toBe(prompt);
      expect(shown.text.includes('TextView "Wi-Fi"')).toBe(list);
      expect(shown.text.includes("[image/jpeg]")).toBe(picture);
    });

    test("and the list where there is no picture", async () => {
      const shown = await observing("picture", screenOf([element(2, { text: "Wi-Fi" })]));
      expect(shown).toMatchObject({ prompt: "policy.v2", text: expect.stringContaining('TextView "Wi-Fi"') });
      expect(shown.text).not.toContain("# Picture");
    });
  });

  test("is thought about where it is hard, and thoughts enter neither reply nor history", async () => {
    const inner = fakeModel({ planner: [plan], policy: [tap] });
    const model: ChatModel = {
      complete: async (request) => ({ ...(await inner.complete(request)), thinking: "secret thoughts" }),
    };
    const one = agent(model);
    const first = await one.decide(observation());
    const done = pastStep(1, { response: first.response });
    const refusal = { rule: "device", reason: "no" };
    await one.decide(observation({ history: [done] }));
    await one.decide(
      observation({ history: [done, pastStep(2, { refusal, action: { type: "openApp", app: "Clock" } })] }),
    );
    expect(inner.requests.map(({ role, hard }) => [role, hard])).toEqual([
      ["planner", true],
      ["policy", true],
      ["planner", false],
      ["policy", false],
      ["planner", false],
      ["policy", true],
    ]);
    expect(JSON.stringify([first.response, first.thought, inner.requests])).not.toContain("secret");
  });

  test("says what the screen shows to be wrong with the action before, in its own prompt already", async () => {
    const model = fakeModel({ policy: [tap] });
    const tapped = pastStep(1, { action: { type: "tap", target: { kind: "element", index: 2 } } });
    const decision = await agent(model, { ...none, autoCheck: true }).decide(
      observation({ history: [tapped] }),
    );
    expect(decision.finding).toMatchObject({ rule: "screen-changed" });
    expect(userText(model.requests[0])).toContain(
      "Outcome: carried out, but screen-changed says: after the touch on element 2 ",
    );
    expect(model.requests[0]!.hard).toBe(true);
    const blind = await agent(model, none).decide(observation({ history: [tapped] }));
    expect(blind).not.toHaveProperty("finding");
  });

  test("passes the model's failure on", async () => {
    const model: ChatModel = { complete: () => Promise.reject(new Error("endpoint down")) };
    await expect(agent(model).decide(observation())).rejects.toThrow("endpoint down");
  });

  test("goes on where the model failed: nothing is paid for twice or left out of the record", async () => {
    const inner = fakeModel({ planner: [plan, plan.replace("[Todo]", "[Done]")], policy: [tap] });
    let failures = 1;
    const model: ChatModel = {
      complete: (request) =>
        request.role === "policy" && failures-- > 0
          ? Promise.reject(new Error("endpoint down"))
          : inner.complete(request),
    };
    const one = agent(model);
    const calls: RecordedCall[] = [];
    await expect(one.decide(observation({ calls }))).rejects.toThrow("endpoint down");
    expect(calls.map(({ role }) => role)).toEqual(["planner"]);
    // The loop makes the observation anew; the screen is the same.
    const decision = await round(one, { calls });
    expect(inner.requests.map(({ role }) => role)).toEqual(["planner", "policy"]);
    expect(decision.calls.map(({ role }) => role)).toEqual(["planner", "policy"]);
    expect(decision.plan[0]!.done).toBe(false);
    // A round that has ended is over, also where the screen stays the same.
    const next = await round(one, { history: [pastStep(1)] });
    expect(next.calls.map(({ prompt }) => prompt)).toEqual(["reflect.v2", "policy.v2"]);
  });

  test("needs room for the last round", () => {
    const options = { model: fakeModel({}), codec: androidGenCode, modules: none, historyTokens: 100 };
    expect(() => createAndroidGenAgent(options)).toThrow("400 or more");
  });

  test("needs the grammar that its prompt teaches", () => {
    const codec = { ...androidGenCode, name: "other" };
    expect(() => createAndroidGenAgent({ model: fakeModel({}), codec, modules: none })).toThrow(
      "androidgen-code",
    );
  });
});

describe("ReflectPlan", () => {
  test("rewrites the plan before every further round", async () => {
    const done = plan.replace("[Todo]", "[Done]");
    const model = fakeModel({ planner: [plan, done], policy: [tap] });
    const one = agent(model);
    await one.decide(observation());
    const decision = await round(one, { history: [pastStep(1)] });
    expect(decision.calls[0]!.prompt).toBe("reflect.v2");
    expect(userText(model.requests[2])).toContain("1. Open Settings. State: [Todo]");
    expect(decision.plan.map((item) => item.done)).toEqual([true, false]);
  });

  test("asks again a few times, says what was wrong, and then keeps the last good plan", async () => {
    const model = fakeModel({ planner: [plan, "no idea"], policy: [tap] });
    const one = agent(model);
    const first = await one.decide(observation());
    const second = await round(one, { history: [pastStep(1)] });
    expect(second.calls.map((call) => call.role)).toEqual(["planner", "planner", "planner", "policy"]);
    expect(second.calls[1]!.messages.at(-1)!.content).toContain("That plan cannot be read");
    expect(second.plan).toEqual(first.plan);
  });

  test("wants another way where the agent goes round in circles, and warns the policy of it", async () => {
    const other = "1. Search for Wi-Fi. State: [Todo]";
    const model = fakeModel({ planner: [plan, other], policy: [tap] });
    const one = agent(model, { ...all, autoCheck: false });
    await one.decide(observation());
    const decision = await round(one, { history: [pastStep(1), pastStep(2)] });
    expect(decision.calls.map(({ prompt }) => prompt)).toEqual(["strategy.v1", "policy.v2"]);
    expect(decision.plan).toEqual([{ text: "Search for Wi-Fi.", done: false }]);
    const stuck = "Rounds 1 and 2 did the same on the same screen, and led to the same screen again.";
    expect(model.requests.slice(2).map((request) => userText(request).includes(stuck))).toEqual([true, true]);
    expect(model.requests.slice(2).map(({ hard }) => hard)).toEqual([true, true]);
  });

  test("is what sees circles: an agent without it is not warned", async () => {
    const model = fakeModel({ policy: [tap] });
    await agent(model, none).decide(observation({ history: [pastStep(1), pastStep(2)] }));
    expect(userText(model.requests[0])).not.toContain("# Stuck");
  });

  test("shows a planner that talks nonsense no more than a piece of it", async () => {
    const model = fakeModel({ planner: ["la ".repeat(50_000)], policy: [tap] });
    const decision = await round(agent(model));
    expect(decision.plan).toEqual([]);
    const again = decision.calls[1]!.messages.at(-2)!;
    expect(again.role).toBe("assistant");
    expect(countTokens(again.content as string)).toBeLessThanOrEqual(500);
  });

  test("makes do without a plan where none can be had, and tries again in the next round", async () => {
    const model = fakeModel({ planner: ["?", "?", "?", plan], policy: [tap] });
    const one = agent(model);
    expect((await one.decide(observation())).plan).toEqual([]);
    expect((await one.decide(observation({ history: [pastStep(1)] }))).plan).toHaveLength(2);
  });
});

describe("a reply that is refused", () => {
  const shout = "I would rather not say.";
  const lost = '```\ndo(action="Click", element_id="77")\n```';

  test("by the grammar has no action", async () => {
    const decision = await agent(fakeModel({ planner: [plan], policy: [shout] })).decide(observation());
    expect(decision).toMatchObject({ refusal: { rule: "grammar" }, response: shout });
    expect(decision).not.toHaveProperty("action");
  });

  test("by AutoCheck has no action, and the next prompt says why", async () => {
    const model = fakeModel({ policy: [lost, tap] });
    const one = agent(model, { ...none, autoCheck: true });
    const { refusal, action } = await one.decide(observation());
    expect(action).toBeUndefined();
    expect(refusal).toMatchObject({ rule: "element-on-screen" });
    const { response: _, ...step } = pastStep(1);
    delete step.action;
    await one.decide(observation({ history: [{ ...step, response: lost, refusal: refusal! }] }));
    expect(userText(model.requests[1])).toContain(
      "Outcome: NOT carried out, refused by element-on-screen: there is no element 77",
    );
  });

  test("goes through where the rule is left out, and so does what a rule left out would find", async () => {
    const agentWithout = (rulesOff: string[]) => {
      const model = fakeModel({ policy: [lost] });
      return createAndroidGenAgent({
        model,
        codec: androidGenCode,
        modules: { ...none, autoCheck: true },
        rulesOff,
      });
    };
    const tapped = pastStep(1, { action: { type: "tap", target: { kind: "element", index: 2 } } });
    const about = () => observation({ history: [tapped] });
    const checked = await agentWithout(["text-not-empty"]).decide(about());
    expect(checked).toMatchObject({
      finding: { rule: "screen-changed" },
      refusal: { rule: "element-on-screen" },
    });
    const free = await agentWithout(["element-on-screen", "screen-changed"]).decide(about());
    expect(free.action).toEqual({ type: "tap", target: { kind: "element", index: 77 } });
    expect(free).not.toHaveProperty("finding");
    expect(() => agentWithout(["no-such-rule"])).toThrow("no-such-rule");
  });

  test("goes through where AutoCheck is left out", async () => {
    const decision = await agent(fakeModel({ policy: [lost] }), none).decide(observation());
    expect(decision.action).toEqual({ type: "tap", target: { kind: "element", index: 77 } });
  });
});

describe("ExpSearch", () => {
  test("shows its examples in every round, and tells of them", async () => {
    const experience: Experience = {
      episodeId: "e1",
      templateId: "bluetooth",
      kind: "trajectory",
      goal: "Turn on Bluetooth.",
      text: 'open_app(app_name="Settings")',
      similarity: 0.7,
    };
    const model = fakeModel({ policy: [tap] });
    const one = agent(model, { ...none, expSearch: true }, { search: async () => [experience] });
    for (const history of [[], [pastStep(1)]]) {
      const decision = await one.decide(observation({ history, templateId: "wifi" }));
      expect(decision.experiences).toEqual(["e1"]);
    }
    expect(userText(model.requests[1])).toContain("Goal: Turn on Bluetooth.");
  });
});
