import { describe, expect, test } from "@jest/globals";
import { androidGenCode } from "../../src/action/index.ts";
import { createHumanAgent } from "../../src/agent/human/human.ts";
import { readShortForm } from "../../src/agent/human/short-forms.ts";
import { observation, pastStep } from "./support.ts";

/** A person who types these lines, and what they were shown before each. */
function person(...lines: string[]) {
  const shown: string[] = [];
  const agent = createHumanAgent(async (text) => {
    shown.push(text);
    const line = lines.shift();
    if (line === undefined) throw new Error("nobody types any more");
    return line;
  });
  return { agent, shown };
}

const at = (index: number) => ({ kind: "element" as const, index });

describe("short forms", () => {
  test.each([
    ["tap 5", { type: "tap", target: at(5) }],
    ["  CLICK 5 ", { type: "tap", target: at(5) }],
    ["double 5", { type: "doubleTap", target: at(5) }],
    ["hold 5", { type: "longPress", target: at(5) }],
    ["text 7 hello 5 times", { type: "inputText", text: "hello 5 times", target: at(7) }],
    ["text 7   two blanks", { type: "inputText", text: "  two blanks", target: at(7) }],
    ["scroll down", { type: "scroll", direction: "down" }],
    ["swipe LEFT 3", { type: "swipe", direction: "left", target: at(3) }],
    ["back", { type: "press", key: "back" }],
    ["open Simple SMS Messenger", { type: "openApp", app: "Simple SMS Messenger" }],
    ["wait", { type: "wait", ms: 1000 }],
    ["note 12 Elm Street", { type: "quote", content: "12 Elm Street" }],
    ["answer 42", { type: "answer", text: "42" }],
    ["done", { type: "finish", status: "complete", message: "" }],
    ["done 42", { type: "finish", status: "complete", message: "42" }],
    ["stuck no such file", { type: "finish", status: "infeasible", message: "no such file" }],
  ])("%s", (line, action) => {
    expect(readShortForm(line)).toEqual(action);
  });

  test.each(["tap", "tap five", "text 7", "scroll sideways", "opener", "undone", ""])(
    "%j is none",
    (line) => {
      expect(readShortForm(line)).toBeUndefined();
    },
  );
});

describe("a person", () => {
  test("is shown goal, screen and apps, and their line becomes a step like a model's", async () => {
    const { agent, shown } = person("tap 2");
    const decision = await agent.decide(observation());
    expect(shown[0]).toContain("Goal: Turn on Wi-Fi.");
    expect(shown[0]).toContain('[2] TextView "Network & internet');
    expect(shown[0]).toContain("Apps: Settings, Clock");
    expect(decision).toMatchObject({ action: { type: "tap", target: at(2) }, plan: [] });
    // What is recorded reads as any other reply does.
    expect(androidGenCode.parse(decision.response)).toMatchObject({ ok: true, action: decision.action });
  });

  test("may write a line of code", async () => {
    const { agent } = person('do(action="Input Text", element_id="1", text="wifi")');
    const { action } = await agent.decide(observation());
    expect(action).toEqual({ type: "inputText", text: "wifi", target: at(1) });
  });

  test("is told what was wrong and asked again, at no cost", async () => {
    const { agent, shown } = person("tap", "tap 99", "open Chess", "?", "open clock");
    const { action } = await agent.decide(observation());
    expect(action).toEqual({ type: "openApp", app: "clock" });
    expect(shown[1]).toContain("That is no action");
    expect(shown[2]).toContain("there is no element 99 on this screen");
    expect(shown[3]).toContain('there is no app "Chess"');
    expect(shown[4]).toContain("tap 5 |");
  });

  test("is told what the device refused", async () => {
    const { agent, shown } = person("back");
    const refusal = { rule: "device", reason: "the screen has moved on" };
    await agent.decide(observation({ history: [pastStep(1, { refusal })] }));
    expect(shown[0]).toContain("Step 2, 12 left");
    expect(shown[0]).toContain("not carried out: the screen has moved on");
  });

  test("who goes away ends it", async () => {
    const { agent } = person();
    await expect(agent.decide(observation())).rejects.toThrow("nobody types any more");
  });
});
