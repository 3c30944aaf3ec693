import { expect, test } from "@jest/globals";
import sharp from "sharp";
import { estimatePrompt, Estimates } from "../../../src/llm/spending/estimate.ts";
import { costOf } from "../../../src/llm/spending/price.ts";

test("a prompt is its texts, its pictures by their pixels, and what goes around messages", async () => {
  const bytes = await sharp({ create: { width: 1080, height: 2400, channels: 3, background: "black" } })
    .png()
    .toBuffer();
  const image = { type: "image" as const, bytes, mediaType: "image/png" };
  expect(await estimatePrompt([{ role: "user", content: "Hello there" }])).toBe(2 + 4 + 3);
  // Qwen2.5-VL makes 3,354 tokens of this picture.
  const shown = await estimatePrompt([
    { role: "user", content: [{ type: "text", text: "Hello there" }, image] },
  ]);
  expect(shown).toBe(39 * 86 + 2 + 2 + 4 + 3);
  const broken = { ...image, bytes: Buffer.from("no picture") };
  expect(await estimatePrompt([{ role: "user", content: [broken] }])).toBe(3400 + 4 + 3);
});

test("estimates are corrected by the worst that was seen", () => {
  const estimates = new Estimates();
  expect(estimates.bound(100)).toBe(125);
  estimates.saw(100, 90);
  expect(estimates.bound(100)).toBe(125);
  estimates.saw(100, 150);
  estimates.saw(100, 120);
  expect(estimates.bound(100)).toBe(150);
});

test("what was cached is cheaper where it has a price of its own", () => {
  const usage = { promptTokens: 1_000_000, completionTokens: 100_000, cachedTokens: 400_000 };
  expect(costOf({ input: 2, output: 10 }, usage)).toBeCloseTo(3);
  expect(costOf({ input: 2, output: 10, cachedInput: 0.5 }, usage)).toBeCloseTo(2.4);
});
