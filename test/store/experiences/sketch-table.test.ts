import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { unit } from "../../../src/llm/index.ts";
import { createRandom } from "../../../src/random.ts";
import { differingBits, sketchOf } from "../../../src/store/experiences/sketch.ts";
import { SketchTable } from "../../../src/store/experiences/sketch-table.ts";

const bits = (a: Uint32Array, b: Uint32Array) =>
  a.reduce((sum, word, i) => sum + differingBits(word, b[i]!), 0);

test("differing bits are counted", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (a, b) => {
      expect(differingBits(a, b)).toBe(((a ^ b) >>> 0).toString(2).replaceAll("0", "").length);
    }),
  );
});

describe("a sketch", () => {
  const random = createRandom("sketches");
  const normal = () => random.float() + random.float() + random.float() - 1.5;
  const vector = (dimensions: number) => unit(Float32Array.from({ length: dimensions }, normal));

  test("has a bit for each dimension, rounded up, and the same ones for the same vector", () => {
    expect([1, 32, 33, 384, 768, 1024].map((size) => sketchOf(vector(size)).length * 32)).toEqual([
      32, 32, 64, 512, 1024, 1024,
    ]);
    const one = vector(768);
    expect(sketchOf(one)).toEqual(sketchOf(one.slice()));
    expect(sketchOf(one.map((value) => value / 3))).toEqual(sketchOf(one));
  });

  test("differs by the angle, also where vectors have a direction in common or many zeros", () => {
    const shared = vector(768);
    for (let i = 0; i < 20; i++) {
      const one = vector(768);
      const sparse = one.map((value, at) => (at % 50 === 0 ? value : 0));
      for (const [a, b] of [
        [one, unit(one.map((value, at) => value + 0.5 * shared[at]!))],
        [unit(one.map((value, at) => value + 3 * shared[at]!)), shared],
        [unit(sparse), unit(sparse.map((value, at) => (at % 100 === 0 ? value : -value)))],
      ] as const) {
        const angle = Math.acos(
          Math.min(
            1,
            a.reduce((sum, value, at) => sum + value * b[at]!, 0),
          ),
        );
        // Five standard deviations of 1024 coins.
        expect(Math.abs(bits(sketchOf(a), sketchOf(b)) / 1024 - angle / Math.PI)).toBeLessThan(0.08);
      }
    }
  });

  test("leads to the nearest of 10,000 vectors nearly always", () => {
    const table = new SketchTable();
    const centres = Array.from({ length: 100 }, () => vector(768));
    const near = (centre: Float32Array, noise: number) => {
      const other = vector(768);
      return unit(centre.map((value, at) => value + noise * other[at]!));
    };
    const all = Array.from({ length: 10_000 }, (_, i) => near(centres[i % 100]!, 0.5));
    for (const [i, one] of all.entries()) {
      table.add({ id: i + 1, experienceId: i + 1, subGoal: false, sketch: sketchOf(one) });
    }
    const dot = (a: Float32Array, b: Float32Array) => {
      let sum = 0;
      for (let i = 0; i < 768; i++) sum += a[i]! * b[i]!;
      return sum;
    };
    let hits = 0;
    for (let i = 0; i < 100; i++) {
      const wanted = near(all[i * 97]!, 0.5);
      let nearest = 0;
      for (let at = 1; at < all.length; at++)
        if (dot(all[at]!, wanted) > dot(all[nearest]!, wanted)) nearest = at;
      if (table.nearest(sketchOf(wanted), 400, () => true).includes(nearest + 1)) hits++;
    }
    expect(hits).toBeGreaterThanOrEqual(99);
  });
});

describe("a table of sketches", () => {
  const table = new SketchTable();
  for (let i = 0; i < 3000; i++) {
    const sketch = Uint32Array.of(i < 1500 ? 0 : 1);
    table.add({ id: i + 1, experienceId: 10_000 - i, subGoal: i % 2 === 1, sketch });
  }

  test("gives as many as are asked for, the first of equals", () => {
    expect(table.lastId).toBe(3000);
    expect(table.nearest(Uint32Array.of(0), 3, () => true)).toEqual([1, 2, 3]);
    expect(table.nearest(Uint32Array.of(1), 2, () => true)).toEqual([1501, 1502]);
    const most = table.nearest(Uint32Array.of(0), 1502, () => true);
    expect(most).toHaveLength(1502);
    expect(most.at(-1)).toBe(1502);
    expect(table.nearest(Uint32Array.of(0), 9999, () => true)).toHaveLength(3000);
  });

  test("passes over what is not wanted", () => {
    expect(table.nearest(Uint32Array.of(0), 2, (_, subGoal) => subGoal)).toEqual([2, 4]);
    expect(table.nearest(Uint32Array.of(0), 5, (experience) => experience > 9998)).toEqual([1, 2]);
    expect(table.nearest(Uint32Array.of(0), 5, () => false)).toEqual([]);
  });
});
