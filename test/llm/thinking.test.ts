import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { splitThinking, thinkingFields, wantsThinking } from "../../src/llm/thinking.ts";

describe("splitThinking", () => {
  test.each([
    ["no thinking", "do(…)", "do(…)", ""],
    ["thinking before the answer", "<think>\nhm\n</think>\n\ndo(…)", "do(…)", "hm"],
    ["thinking that was cut off", "<think>hm, and then", "", "hm, and then"],
    ["nothing but thinking", "<think>hm</think>\n", "", "hm"],
    ["empty thinking, as Qwen3 writes with thinking off", "<think>\n\n</think>\n\ndo(…)", "do(…)", ""],
    ["thinking begun by the chat template", "hm\n</think>\n\ndo(…)", "do(…)", "hm"],
    ["a closing tag that the answer quotes", 'tap "</think>" now', 'tap "</think>" now', ""],
    ["tags after the answer began", "do(…) <think>x</think>", "do(…) <think>x</think>", ""],
    ["answer tags, which are the codec's", "<think>hm</think><answer>a</answer>", "<answer>a</answer>", "hm"],
  ])("%s", (_name, content, text, thinking) => {
    expect(splitThinking(content)).toEqual({ text, thinking });
  });

  test("gives back what was put together, and never invents", () => {
    const plain = fc.string().filter((text) => !text.includes("think>"));
    fc.assert(
      fc.property(plain, plain, (thinking, text) => {
        expect(splitThinking(`<think>${thinking}</think>${text}`)).toEqual({
          text: text.trimStart(),
          thinking: thinking.trim(),
        });
        expect(splitThinking(text)).toEqual({ text, thinking: "" });
      }),
    );
  });
});

test("auto thinks about hard calls only, and nothing is said where nothing is wanted", () => {
  expect(wantsThinking(undefined, true)).toBeUndefined();
  expect([wantsThinking("on", false), wantsThinking("off", true)]).toEqual([true, false]);
  expect([
    wantsThinking("auto", true),
    wantsThinking("auto", false),
    wantsThinking("auto", undefined),
  ]).toEqual([true, false, false]);
});

test("each server is told in its own words", () => {
  expect(thinkingFields("chat_template_kwargs", true)).toEqual({
    chat_template_kwargs: { enable_thinking: true },
  });
  expect(thinkingFields("thinking", false)).toEqual({ thinking: { type: "disabled" } });
  expect(thinkingFields("reasoning_effort", true)).toEqual({ reasoning_effort: "medium" });
  expect(thinkingFields("reasoning_effort", false)).toEqual({ reasoning_effort: "minimal" });
  expect(thinkingFields("none", true)).toEqual({});
  expect(thinkingFields("thinking", undefined)).toEqual({});
});
