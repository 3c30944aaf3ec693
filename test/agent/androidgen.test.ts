import { describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { androidGenCode } from "../../src/action/index.ts";
import {
  type AgentModules,
  createAndroidGenAgent,
  type Experience,
  type ExperienceSource,
} from "../../src/agent/index.ts";
import type { ChatModel } from "../../src/llm/index.ts";
import { screenImage } from "../../src/screen/index.ts";
import { element, fakeModel, observation, pastStep, screenOf, userText } from "./support.ts";

const all: AgentModules = { expSearch: true, reflectPlan: true, autoCheck: true };
const none: AgentModules = { expSearch: false, reflectPlan: false, autoCheck: false };
const plan = "1. Open Settings. State: [Todo]\n2. Turn on Wi-Fi. State: [Todo]";
const tap = 'Analysis: the row leads there.\nOperation:\n```\ndo(action="Click", element_id="2")\n```';

function agent(model: ChatModel, modules = all, experiences?: ExperienceSource) {
  const source = experiences === undefined ? {} : { experiences };
  return createAndroidGenAgent({ model, codec: androidGenCode, modules, ...source });
}

describe("a decision", () => {
  test("carries action, thought, plan, and every call with its prompt's version", async () => {
    const model = fakeModel({ planner: [plan], policy: [tap] });
    const decision = await agent(model).decide(observation({ seed: 5 }));
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
      ["planner", "plan.v1"],
      ["policy", "policy.v1"],
    ]);
    expect(model.requests.map((request) => request.seed)).toEqual([5, 5]);
    expect(userText(model.requests[1])).toContain("2. Turn on Wi-Fi. State: [Todo]");
  });

  test("without modules is one call", async () => {
    const model = fakeModel({ policy: [tap] });
    const decision = await agent(model, none).decide(observation());
    expect(decision.plan).toEqual([]);
    expect(decision.calls).toHaveLength(1);
    expect(userText(model.requests[0])).toContain("There is no plan.");
  });

  test("shows the picture, with boxes and numbers, only where asked to", async () => {
    const grey = { width: 100, height: 200, channels: 3 as const, background: "#808080" };
    const image = screenImage(await sharp({ create: grey }).png().toBuffer());
    const screen = screenOf([element(2, { text: "Wi-Fi" })], { image });
    const model = fakeModel({ policy: [tap] });
    await agent(model, none).decide(observation({ screen }));
    const seeing = createAndroidGenAgent({ model, codec: androidGenCode, modules: none, pictures: true });
    await seeing.decide(observation({ screen }));
    const seen = model.requests.map(userText);
    expect(seen.map((text) => text.includes("[image/jpeg]"))).toEqual([false, true]);
    expect(seen.map((text) => text.includes("its number at the box"))).toEqual([false, true]);
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
    await expect(one.decide(observation())).rejects.toThrow("endpoint down");
    // The loop makes the observation anew; the screen is the same.
    const decision = await one.decide(observation());
    expect(inner.requests.map(({ role }) => role)).toEqual(["planner", "policy"]);
    expect(decision.calls.map(({ role }) => role)).toEqual(["planner", "policy"]);
    expect(decision.plan[0]!.done).toBe(false);
    // A round that has ended is over, also where the screen stays the same.
    const next = await one.decide(observation({ history: [pastStep(1)] }));
    expect(next.calls.map(({ prompt }) => prompt)).toEqual(["reflect.v1", "policy.v1"]);
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
    const decision = await one.decide(observation({ history: [pastStep(1)] }));
    expect(decision.calls[0]!.prompt).toBe("reflect.v1");
    expect(userText(model.requests[2])).toContain("1. Open Settings. State: [Todo]");
    expect(decision.plan.map((item) => item.done)).toEqual([true, false]);
  });

  test("asks again a few times, says what was wrong, and then keeps the last good plan", async () => {
    const model = fakeModel({ planner: [plan, "no idea"], policy: [tap] });
    const one = agent(model);
    const first = await one.decide(observation());
    const second = await one.decide(observation({ history: [pastStep(1)] }));
    expect(second.calls.map((call) => call.role)).toEqual(["planner", "planner", "planner", "policy"]);
    expect(second.calls[1]!.messages.at(-1)!.content).toContain("That plan cannot be read");
    expect(second.plan).toEqual(first.plan);
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

  test("goes through where AutoCheck is left out", async () => {
    const decision = await agent(fakeModel({ policy: [lost] }), none).decide(observation());
    expect(decision.action).toEqual({ type: "tap", target: { kind: "element", index: 77 } });
  });
});

describe("ExpSearch", () => {
  const experience: Experience = {
    episodeId: "e1",
    templateId: "bluetooth",
    goal: "Turn on Bluetooth.",
    text: 'open_app(app_name="Settings")',
  };

  function source(found: Experience[]) {
    const queries: unknown[] = [];
    const experiences: ExperienceSource = {
      async search(query) {
        queries.push(query);
        return found;
      },
    };
    return { queries, experiences };
  }

  test("looks once, and shows the best example in every round", async () => {
    const { queries, experiences } = source([experience, { ...experience, episodeId: "e2" }]);
    const model = fakeModel({ policy: [tap] });
    const one = agent(model, { ...none, expSearch: true }, experiences);
    for (const history of [[], [pastStep(1)]]) {
      const decision = await one.decide(observation({ history, templateId: "wifi" }));
      expect(decision.experiences).toEqual(["e1"]);
    }
    expect(queries).toEqual([{ goal: "Turn on Wi-Fi.", limit: 1, excludeTemplate: "wifi" }]);
    expect(userText(model.requests[1])).toContain("Goal: Turn on Bluetooth.");
  });

  test("never shows the task's own template, even where the source does", async () => {
    const { experiences } = source([{ ...experience, templateId: "wifi" }]);
    const model = fakeModel({ policy: [tap] });
    const one = agent(model, { ...none, expSearch: true }, experiences);
    expect((await one.decide(observation({ templateId: "wifi" }))).experiences).toEqual([]);
  });

  test("cuts a long example at a line", async () => {
    const lines = Array.from({ length: 800 }, (_, i) => `${i}. do(action="Click", element_id="${i}")`);
    const { experiences } = source([{ ...experience, text: lines.join("\n") }]);
    const model = fakeModel({ policy: [tap] });
    await agent(model, { ...none, expSearch: true }, experiences).decide(observation());
    const shown = userText(model.requests[0]).split("\n");
    const kept = shown.filter((line) => lines.includes(line));
    expect(kept).toEqual(lines.slice(0, kept.length));
    expect(kept.length).toBeGreaterThan(50);
    expect(kept.length).toBeLessThan(200);
    expect(shown).toContain("(the rest is left out)");
  });
});
