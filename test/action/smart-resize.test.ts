import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { qwen25Limits, qwen3Limits, smartResize } from "../../src/action/index.ts";

test.each([
  [2400, 1080, qwen25Limits, 2408, 1092],
  [2400, 1080, qwen3Limits, 2400, 1088],
  // 38.5 patches: Python rounds to the even number.
  [1078, 1078, qwen25Limits, 1064, 1064],
  [1106, 1106, qwen25Limits, 1120, 1120],
  [720, 1280, qwen25Limits, 728, 1288],
  [10, 10, qwen25Limits, 56, 56],
  [6000, 6000, qwen25Limits, 3584, 3584],
])("%d × %d with %j becomes %d × %d", (width, height, limits, wide, high) => {
  expect(smartResize(width, height, limits)).toEqual({ width: wide, height: high });
});

test("sides are multiples of the factor, and the area is within its limits", () => {
  const side = fc.integer({ min: 30, max: 6000 });
  fc.assert(
    fc.property(side, side, fc.constantFrom(qwen25Limits, qwen3Limits), (width, height, limits) => {
      const sized = smartResize(width, height, limits);
      expect(sized.width % limits.factor).toBe(0);
      expect(sized.height % limits.factor).toBe(0);
      const area = sized.width * sized.height;
      expect(area).toBeLessThanOrEqual(limits.maxPixels);
      expect(area).toBeGreaterThanOrEqual(limits.minPixels);
    }),
  );
});

test("a picture that the processor refuses is refused", () => {
  expect(() => smartResize(1, 201)).toThrow(
    expect.objectContaining({ code: "IMAGE_TOO_NARROW", class: "config" }),
  );
  expect(() => smartResize(0, 0)).toThrow("0×0");
});
