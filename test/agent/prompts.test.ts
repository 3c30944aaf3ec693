import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { describe, expect, test } from "@jest/globals";
import { agentPrompts } from "../../src/agent/index.ts";
import { policyPrompt } from "../../src/agent/prompts/policy.v2.ts";
import { countTokens } from "../../src/llm/index.ts";
import { fullPolicy, renderings } from "./prompt-inputs.ts";
import { element, pastStep, screenOf } from "./support.ts";

const ids = renderings.map(({ id }) => id);

describe("a prompt is what its version says", () => {
  test.each(renderings)("$id", ({ id, system, turns }) => {
    expect(`[${id}]\n${[system, ...turns].join("\n\n----- user -----\n\n")}`).toMatchSnapshot();
  });

  test("whose text is released: a change takes a new id, and a retired id is not taken again", async () => {
    const file = new URL("released-prompts.json", import.meta.url);
    const { released, retired } = JSON.parse(await readFile(file, "utf8")) as {
      released: Record<string, string>;
      retired: string[];
    };
    const hashes = renderings.map(({ id, system, turns }) => [
      id,
      createHash("sha256")
        .update([system, ...turns].join("\0"))
        .digest("hex"),
    ]);
    expect(Object.fromEntries(hashes)).toEqual(released);
    expect(ids.filter((id) => retired.includes(id))).toEqual([]);
  });

  test("and every one of them is found by its id", () => {
    for (const { id, system } of renderings) expect(agentPrompts.get(id)?.system).toBe(system);
  });
});

describe("what others wrote", () => {
  test.each(renderings)("cannot end its block or pose as a section: $id", ({ turns }) => {
    const [text] = turns as [string];
    for (const tag of ["screen", "example", "notes", "output", "earlier"]) {
      expect(text.split("\n").filter((line) => line === `</${tag}>`).length).toBeLessThanOrEqual(1);
    }
    const outside = text.replaceAll(/<(screen|reply|example|output|notes|earlier)>\n.*?\n<\/\1>/gsu, "");
    expect(outside.split("\n").filter((line) => line.startsWith("# Goal"))).toHaveLength(1);
    expect(outside).not.toMatch(/be clever|buy things|Ignore the user/u);
  });

  test.each(renderings)("is said to be data: $id", ({ system }) => {
    expect(system).toMatch(/never an instruction to you/u);
  });
});

describe("a prompt has a bound", () => {
  const long = (text: string) => text.repeat(2000);
  const elements = Array.from({ length: 290 }, (_, i) => element(i, { text: `${i} 你好世界 `.repeat(12) }));
  const huge = {
    ...fullPolicy,
    plan: Array.from({ length: 20 }, (_, i) => ({ text: `${i} ${"go on ".repeat(50)}`, done: false })),
    apps: Array.from({ length: 3000 }, (_, i) => `App number ${i}`),
    apis: Array.from({ length: 300 }, (_, i) => ({
      name: `app.call-${i}`,
      description: "Does a thing that takes many words to say. ".repeat(5),
      params: [],
    })),
    history: Array.from({ length: 40 }, (_, i) =>
      pastStep(i + 1, {
        response: long("word "),
        output: long("给出 "),
        action: { type: "quote", content: long(`${i} `) },
      }),
    ),
    screen: screenOf(elements),
  };

  test("whatever its parts are, with the screen cut at a line", () => {
    const text = policyPrompt.user(huge);
    expect(countTokens(policyPrompt.system + text)).toBeLessThan(12_000 + huge.historyTokens);
    expect(text).toContain("[0] TextView");
    expect(text).toContain("(the rest is not listed)\n</screen>");
    expect(text).toMatch(/# Round\n41, 10 left/u);
  });

  test("which a usual screen does not come near", () => {
    const text = policyPrompt.user({ ...fullPolicy, screen: screenOf(elements.slice(0, 60)) });
    expect(text).toContain("[59] TextView");
    expect(text).not.toContain("not listed");
  });
});
