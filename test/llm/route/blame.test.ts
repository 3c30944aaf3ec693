import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { ChatMessage } from "../../../src/llm/index.ts";
import { Blame } from "../../../src/llm/route/blame.ts";

const prompt = (content: string): ChatMessage[] => [{ role: "user", content }];
const bad = prompt("bad");
const good = prompt("good");

describe("blame", () => {
  test("falls on a prompt that fails five times while others are answered in between", () => {
    const blame = new Blame();
    const verdicts = Array.from({ length: 5 }, () => {
      blame.answered(good);
      return blame.failed(bad);
    });
    expect(verdicts).toEqual([false, false, false, false, true]);
  });

  test("falls on nobody while nothing is answered", () => {
    const blame = new Blame();
    fc.assert(
      fc.property(fc.array(fc.constantFrom(bad, good), { maxLength: 50 }), (failures) => {
        expect(failures.some((messages) => blame.failed(messages))).toBe(false);
      }),
    );
  });

  test("falls on nobody where the others fail as well", () => {
    const blame = new Blame();
    for (let n = 0; n < 20; n++) {
      blame.answered(good);
      blame.failed(prompt(`other ${n}`));
      expect(blame.failed(bad)).toBe(false);
    }
  });

  test("is forgotten with the first answer", () => {
    const blame = new Blame();
    for (let n = 0; n < 20; n++) {
      blame.answered(good);
      if (n % 4 === 3) blame.answered(bad);
      expect(blame.failed(bad)).toBe(false);
    }
  });

  test("asks a question of its own where a prompt fails again and nobody else asks anything", () => {
    const blame = new Blame();
    const round = () => [1, 2, 3].map(() => blame.failed(bad));
    blame.failed(bad);
    expect(blame.isOpenQuestion(bad)).toBe(false);
    blame.failed(bad);
    blame.failed(bad);
    expect(blame.isOpenQuestion(bad)).toBe(true);
    blame.answeredQuestion();
    expect(blame.isOpenQuestion(bad)).toBe(false);
    expect(blame.isOpenQuestion(good)).toBe(false);
    const rest = Array.from({ length: 4 }, () => {
      const verdicts = round();
      blame.answeredQuestion();
      return verdicts.at(-1);
    });
    expect(rest).toEqual([false, false, false, true]);
  });
});
