import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import { settle } from "../../src/screen/index.ts";

/** Gives the fingerprints one by one, the last one again and again. */
function looker(fingerprints: string[], lookMs = 0) {
  const beginnings: number[] = [];
  return {
    beginnings,
    look: async () => {
      beginnings.push(performance.now());
      if (lookMs > 0) await sleep(lookMs);
      return { fingerprint: fingerprints[Math.min(beginnings.length, fingerprints.length) - 1]! };
    },
  };
}

describe("settling", () => {
  test.each([
    ["at once where nothing moves", ["a"], 2],
    ["when what moved has come to rest", ["a", "b", "c", "c"], 4],
    ["not on a screen that was there before", ["a", "b", "a", "b", "b"], 5],
  ])("ends %s", async (_, fingerprints, looks) => {
    const { look } = looker(fingerprints);
    expect(await settle(look, { quietMs: 1, capMs: 60_000 })).toEqual({
      value: { fingerprint: fingerprints.at(-1) },
      settled: true,
      looks,
    });
  });

  test("compares looks that begin far enough apart, however long a look takes", async () => {
    for (const lookMs of [0, 30]) {
      const { look, beginnings } = looker(["a"], lookMs);
      expect(await settle(look, { quietMs: 15, capMs: 60_000 })).toMatchObject({ settled: true, looks: 2 });
      // Timers count in whole milliseconds.
      expect(beginnings[1]! - beginnings[0]!).toBeGreaterThanOrEqual(14);
    }
  });

  test("ends unsettled with the last look when time is up", async () => {
    let count = 0;
    const look = async () => ({ fingerprint: String(count++) });
    const { value, settled, looks } = await settle(look, { quietMs: 1, capMs: 20 });
    expect(settled).toBe(false);
    expect(looks).toBe(count);
    expect(value.fingerprint).toBe(String(count - 1));
  });

  test("looks once where there is no time for a second look", async () => {
    const { look } = looker(["a"]);
    expect(await settle(look, { quietMs: 50, capMs: 10 })).toMatchObject({ settled: false, looks: 1 });
  });

  test("does not swallow what a look throws", async () => {
    const look = () => Promise.reject(new Error("gone"));
    await expect(settle(look, { quietMs: 1, capMs: 10 })).rejects.toThrow("gone");
  });
});
