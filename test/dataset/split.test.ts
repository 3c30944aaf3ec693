import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { splitByTemplate } from "../../src/dataset/split.ts";

describe("split by template", () => {
  test("is the same for the same seed, whatever the order", () => {
    const one = splitByTemplate(["a", "b", "c", "d"], 0.25, 7);
    expect(splitByTemplate(["d", "c", "b", "a", "a"], 0.25, 7)).toEqual(one);
    expect([...one.values()].filter((split) => split === "val")).toHaveLength(1);
  });

  test("neither side is ever empty when both can have a template", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 2 }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        fc.integer(),
        (templates, share, seed) => {
          const splits = new Set(splitByTemplate(templates, share, seed).values());
          expect(splits).toEqual(new Set(["train", "val"]));
        },
      ),
    );
  });

  test("nothing is held out of one template, or with a share of 0", () => {
    expect(splitByTemplate(["a"], 0.5, 1).get("a")).toBe("train");
    expect(new Set(splitByTemplate(["a", "b", "c"], 0, 1).values())).toEqual(new Set(["train"]));
  });
});
