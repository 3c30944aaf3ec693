import { describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { codecNamed } from "../../src/action/index.ts";
import { type AgentKind, createAgent, defaultAgentSpec } from "../../src/agent/index.ts";
import { pictureGrammars } from "../../src/agent/prompts/picture-grammars.v1.ts";
import { screenImage } from "../../src/screen/index.ts";
import { fakeModel, observation, pastStep, screenOf, settingsScreen, userText } from "./support.ts";

function agentOf(kind: AgentKind, codec: string, ...replies: string[]) {
  const model = fakeModel({ policy: replies });
  return { model, agent: createAgent({ ...defaultAgentSpec(kind), codec }, { model }) };
}

const code = (line: string) => `The list shows it.\n\`\`\`\n${line}\n\`\`\``;

describe("the text agent", () => {
  test("asks once for a step, with goal, past and list, and does what it is told", async () => {
    const { agent, model } = agentOf("text", "androidgen-code", code('do(action="Click", element_id="2")'));
    const round = observation({ history: [pastStep(1)] });
    const decision = await agent.decide(round);
    expect(decision.action).toEqual({ type: "tap", target: { kind: "element", index: 2 } });
    expect(decision).toMatchObject({ thought: "The list shows it.", plan: [], experiences: [] });
    expect(round.calls.map(({ prompt }) => prompt)).toEqual(["text.v1/androidgen-code"]);
    expect(model.requests).toHaveLength(1);
    const prompt = userText(model.requests[0]);
    expect(prompt).toContain("# Goal\nTurn on Wi-Fi.");
    expect(prompt).toContain("## Round 1");
    expect(prompt).toContain('[2] TextView "Network & internet');
    expect(prompt).toContain("# Round\n2, 12 left");
  });

  test("checks nothing: what AutoCheck would refuse goes to the device", async () => {
    const { agent } = agentOf("text", "androidgen-code", code('do(action="Click", element_id="99")'));
    const { action, refusal } = await agent.decide(observation());
    expect(action).toMatchObject({ target: { index: 99 } });
    expect(refusal).toBeUndefined();
  });

  test("pays with a step for a reply that cannot be read", async () => {
    const { agent } = agentOf("text", "androidgen-code", "I would tap on it.");
    const { action, refusal, response } = await agent.decide(observation());
    expect(action).toBeUndefined();
    expect(refusal?.rule).toBe("grammar");
    expect(response).toBe("I would tap on it.");
  });

  test("writes AndroidWorld's JSON as well", async () => {
    const { agent, model } = agentOf(
      "text",
      "androidworld-json",
      code('{"action_type": "click", "index": 2}'),
    );
    const { action } = await agent.decide(observation());
    expect(action).toEqual({ type: "tap", target: { kind: "element", index: 2 } });
    expect(JSON.stringify(model.requests[0]!.messages[0])).toContain("action_type");
  });

  test("is not made for a grammar of points", () => {
    expect(() => agentOf("text", "qwen3-vl")).toThrow("the text agent has no prompt for the codec qwen3-vl");
  });
});

describe("the picture agent", () => {
  async function screenWithPicture() {
    const create = { width: 1080, height: 2400, channels: 3 as const, background: "white" };
    const bytes = await sharp({ create }).png().toBuffer();
    return screenOf(settingsScreen.elements, { image: screenImage(bytes) });
  }

  test.each([
    ["qwen2.5-vl", { width: 1092, height: 2408 }, "1092 wide and 2408 high"],
    ["ui-tars", { width: 1092, height: 2408 }, "1092 wide and 2408 high"],
    ["qwen3-vl", { width: 1088, height: 2400 }, "thousandths"],
    ["glm-4.5v", { width: 1080, height: 2400 }, "thousandths"],
    ["open-autoglm", { width: 1080, height: 2400 }, "thousandths"],
  ])("sends %s a picture of the size that it counts in", async (codec, size, places) => {
    const screen = await screenWithPicture();
    const { agent, model } = agentOf("picture", codec, "nothing");
    await agent.decide(observation({ screen }));
    const content = model.requests[0]!.messages[1]!.content as { type: string; bytes?: Buffer }[];
    const { width, height } = await sharp(content.find(({ type }) => type === "image")!.bytes).metadata();
    expect({ width, height }).toEqual(size);
    expect(userText(model.requests[0])).toContain(places);
    // It sees the picture and nothing else of the screen.
    expect(userText(model.requests[0])).not.toContain("Network & internet");
  });

  test.each(Object.keys(pictureGrammars))("%s: a reply in the form asked for is read", async (name) => {
    const screen = await screenWithPicture();
    const codec = codecNamed(name);
    const tap = { type: "tap", target: { kind: "point", x: 540, y: 250 } } as const;
    const { agent } = agentOf("picture", name, codec.formatReply({ thought: "There.", action: tap }, screen));
    const { action } = await agent.decide(observation({ screen }));
    expect(action).toMatchObject({ type: "tap", target: { kind: "point" } });
    const { x, y } = (action as unknown as { target: { x: number; y: number } }).target;
    expect(Math.abs(x - 540)).toBeLessThanOrEqual(2);
    expect(Math.abs(y - 250)).toBeLessThanOrEqual(2);
  });

  test.each(Object.entries(pictureGrammars))(
    "%s: every action that its prompt names can be read",
    (name, grammar) => {
      const codec = codecNamed(name);
      for (const line of grammar.actions.split("\n")) {
        // What stands after three blanks is said about the action.
        const [example = ""] = line.split("   ");
        const filled = example
          .replaceAll(/\[\[l, t, r, b\]\]/gu, "[[10, 20, 30, 40]]")
          .replaceAll(/\bx2?\b/gu, "100")
          .replaceAll(/\by2?\b/gu, "200");
        const call = name.startsWith("qwen")
          ? `<tool_call>\n{"name": "mobile_use", "arguments": ${filled}}\n</tool_call>`
          : filled;
        const reply = name === "ui-tars" ? `Action: ${call}` : call;
        expect({ line, parsed: codec.parse(reply, settingsScreen) }).toMatchObject({
          line,
          parsed: { ok: true },
        });
      }
    },
  );

  test("is not asked about a screen without a picture", async () => {
    const { agent, model } = agentOf("picture", "qwen3-vl", "nothing");
    const round = observation();
    const { refusal } = await agent.decide(round);
    expect(refusal?.rule).toBe("no-picture");
    expect(round.calls).toEqual([]);
    expect(model.requests).toEqual([]);
  });

  test("is not made for a grammar of element numbers", () => {
    expect(() => agentOf("picture", "androidgen-code")).toThrow(
      "has no prompt for the codec androidgen-code",
    );
  });
});

test("an agent that lacks a part says which", () => {
  expect(() => createAgent(defaultAgentSpec("text"), {})).toThrow("cannot be made without its model");
  expect(() => createAgent(defaultAgentSpec("human"), {})).toThrow("cannot be made without its ask");
  expect(() => createAgent(defaultAgentSpec("replay"), {})).toThrow("cannot be made without its recording");
});
