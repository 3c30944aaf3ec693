import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Action, codecNamed, codecs } from "../../../src/action/index.ts";
import { AndroidGenError } from "../../../src/errors.ts";
import { anyActionOn, anyScreen, anyText } from "../arbitrary.ts";
import { canSay, expectSame } from "./expected.ts";

const anyCase = anyScreen.chain((screen) => fc.tuple(fc.constant(screen), anyActionOn(screen)));
const sentence = fc.stringMatching(/^[A-Z][a-z ,'é]{0,60}[a-z]\.$/);

describe.each(codecs.map((codec) => [codec.name, codec] as const))("%s", (_, codec) => {
  test("reads back every action that it can say, alone and in a whole reply, and throws for the others", () => {
    fc.assert(
      fc.property(
        anyCase,
        sentence,
        fc.option(sentence, { nil: undefined }),
        ([screen, action], thought, thinking) => {
          if (!canSay(codec, action, screen)) {
            expect(() => codec.format(action, screen)).toThrow(
              expect.objectContaining({ code: "ACTION_NOT_EXPRESSIBLE", class: "agent" }),
            );
            return;
          }
          const alone = codec.parse(codec.format(action, screen), screen);
          if (!alone.ok) throw new Error(alone.reason);
          expectSame(alone.action, action, codec, screen);
          const reply = { thought, action, ...(thinking !== undefined && { thinking }) };
          const whole = codec.parse(codec.formatReply(reply, screen), screen);
          if (!whole.ok) throw new Error(whole.reason);
          expect(whole.action).toEqual(alone.action);
          expect(whole.thought).toBe(thought);
        },
      ),
      { numRuns: 400 },
    );
  });

  test("refuses an action whose element is not on the screen", () => {
    const screen = { width: 1080, height: 2400, elements: [] };
    const tap: Action = { type: "tap", target: { kind: "element", index: 3 } };
    if (codec.name === "androidgen-code") return;
    expect(() => codec.format(tap, screen)).toThrow(/androidworld|qwen|ui-tars|glm/u);
    expect(() => codec.format(tap, screen)).toThrow("tap");
  });

  test("no text makes it throw", () => {
    const soup = fc.array(fc.oneof(fc.constantFrom(...pieces), anyText), { maxLength: 40 });
    fc.assert(
      fc.property(
        anyScreen,
        fc.oneof(
          soup.map((parts) => parts.join("")),
          anyText,
        ),
        (screen, text) => {
          const parsed = codec.parse(text, screen);
          expect(parsed.ok || parsed.reason !== "").toBe(true);
        },
      ),
      { numRuns: 600 },
    );
  });

  test("a screen that no picture can be made of makes it throw nothing", () => {
    for (const [width, height] of [
      [0, 0],
      [1, 1000],
      [Number.NaN, 5],
    ] as const) {
      expect(typeof codec.parse("Action: wait()", { width, height, elements: [] }).ok).toBe("boolean");
    }
  });

  test("the time it takes grows with the text, not with its square", () => {
    const screen = { width: 1080, height: 2400, elements: [] };
    // Reading 100,000 characters anew for each piece would take minutes, and end by the time-out of the test.
    for (const piece of pieces) {
      const text = piece.repeat(Math.ceil(100_000 / piece.length));
      expect(typeof codec.parse(text, screen).ok).toBe("boolean");
    }
  }, 60_000);
});

const pieces = [
  "<tool_call>",
  "</tool_call>",
  "<|begin_of_box|>",
  "<|end_of_box|>",
  "<answer>",
  "<think>",
  "</think>",
  "Thought: ",
  "Action: ",
  "```",
  "```json\n",
  "\n",
  "#",
  "{",
  "}",
  "[[",
  "]]",
  "(",
  ")",
  '"',
  "'",
  "“",
  "，",
  ":",
  ",",
  "=",
  "\\",
  " ",
  '{"action_type": "click", "index": ',
  '{"name": "mobile_use", "arguments": {"action": "click", "coordinate": [',
  "click(start_box='",
  "type(content='",
  'do(action="Tap", element=[',
  "finish(message=",
  "5",
  "None",
  "* Operation*_",
  '{"action',
  '{"a":{"a":',
  "do(\n",
  "click(start_box='\n",
  "<tool_call>{",
];

describe("the registry", () => {
  test("knows each codec by its name", () => {
    for (const codec of codecs) expect(codecNamed(codec.name)).toBe(codec);
    expect(codecs.map(({ name }) => name)).toEqual([
      "androidgen-code",
      "androidworld-json",
      "qwen2.5-vl",
      "qwen3-vl",
      "ui-tars",
      "glm-4.1v",
      "glm-4.5v",
      "open-autoglm",
    ]);
  });

  test("names those there are where one is not", () => {
    const seek = (): unknown => codecNamed("qwen4");
    expect(seek).toThrow(AndroidGenError);
    expect(seek).toThrow(expect.objectContaining({ code: "CODEC_UNKNOWN", class: "config" }));
    expect(seek).toThrow("open-autoglm");
  });
});
