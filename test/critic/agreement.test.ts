import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { agreement, checkedSuccess, share } from "../../src/critic/agreement.ts";
import type { StoredVerdict } from "../../src/store/index.ts";

const rounded = (value: ReturnType<typeof share>) =>
  value && [value.value, value.low, value.high].map((part) => Math.round(part * 1e4) / 1e4);

describe("a share", () => {
  // Wilson's interval, by hand: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n).
  test.each([
    [0, 10, [0, 0, 0.2775]],
    [10, 10, [1, 0.7225, 1]],
    [8, 10, [0.8, 0.4902, 0.9433]],
    [1, 1, [1, 0.2065, 1]],
  ])("of %d in %d", (hits, of, wanted) => expect(rounded(share(hits, of))).toEqual(wanted));

  test("of nothing is none", () => expect(share(0, 0)).toBeNull());

  test("lies in its interval, which narrows with more of the same", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.nat(1000), (of, some) => {
        const hits = some % (of + 1);
        const { value, low, high } = share(hits, of)!;
        expect(low).toBeLessThanOrEqual(value + 1e-12);
        expect(high).toBeGreaterThanOrEqual(value - 1e-12);
        const more = share(hits * 4, of * 4)!;
        expect(more.high - more.low).toBeLessThan(high - low);
      }),
    );
  });
});

describe("agreement with the checks", () => {
  test("counts the four ways, and divides by what it should", () => {
    const pairs = (n: number, critic: boolean, checks: boolean) =>
      Array.from({ length: n }, () => ({ critic, checks }));
    const found = agreement([
      ...pairs(6, true, true),
      ...pairs(2, true, false),
      ...pairs(3, false, true),
      ...pairs(1, false, false),
    ]);
    expect(found).toMatchObject({ n: 12, tp: 6, fp: 2, fn: 3, tn: 1 });
    expect([found.precision!.value, found.recall!.value, found.baseRate!.value]).toEqual([0.75, 6 / 9, 0.75]);
  });

  test("leaves out what was not checked", () => {
    const verdict = (checks: unknown[]): StoredVerdict => ({
      episodeId: "e",
      source: "check",
      version: "v",
      success: true,
      detail: { checks },
      labels: [],
      createdAt: 0,
    });
    expect(checkedSuccess([verdict([])])).toBeUndefined();
    expect(checkedSuccess([])).toBeUndefined();
    expect(checkedSuccess([verdict([{ passed: true, check: "a", found: "a" }])])).toBe(true);
  });
});
