import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { setImmediate as turn } from "node:timers/promises";
import { configError } from "../../../src/errors.ts";
import { Ledger, openAccount } from "../../../src/llm/spending/ledger.ts";

const nothing = { calls: 0, promptTokens: 0, completionTokens: 0, costUsd: 0 };
const account = (tokens?: number, usd?: number, spent = nothing) =>
  openAccount({ tokens, usd }, spent, () => configError("SPENT", "nothing left"));
const tokens = (promptTokens: number) => ({ ...nothing, calls: 1, promptTokens });

describe("a ledger", () => {
  test("never lets an account exceed its bound, whoever comes when, and ends for everybody", async () => {
    const call = fc.record({
      worst: fc.integer({ min: 1, max: 60 }),
      /** Each attempt's share of the worst case. */
      attempts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }),
      turns: fc.integer({ min: 0, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { maxLength: 20 }),
        fc.integer({ min: 0, max: 300 }),
        async (calls, bound) => {
          const ledger = new Ledger();
          const run = account(bound);
          let refused = 0;
          await Promise.all(
            calls.map(async ({ worst, attempts, turns }) => {
              try {
                const tab = await ledger.open([run], { tokens: worst, usd: 0 });
                try {
                  for (const [i, share] of attempts.entries()) {
                    if (i > 0) await tab.renew();
                    for (let n = 0; n < turns; n++) await turn();
                    tab.book(tokens(Math.floor(worst * share)));
                    expect(run.spent.promptTokens + run.reserved.tokens).toBeLessThanOrEqual(bound);
                  }
                } finally {
                  tab.close();
                }
              } catch (error) {
                expect(error).toMatchObject({ code: "SPENT" });
                refused++;
              }
            }),
          );
          expect(run.reserved).toEqual({ tokens: 0, usd: 0 });
          expect(run.spent.promptTokens).toBeLessThanOrEqual(bound);
          // Nobody is refused while there is room for the largest.
          if (refused > 0) expect(run.spent.promptTokens).toBeGreaterThan(bound - 60);
        },
      ),
      { numRuns: 100 },
    );
  });

  test("lets a call wait for what others may give back, and refuses one that would not fit without them", async () => {
    const ledger = new Ledger();
    const run = account(100);
    const first = await ledger.open([run], { tokens: 80, usd: 0 });
    const second = ledger.open([run], { tokens: 60, usd: 0 });
    await expect(ledger.open([run], { tokens: 101, usd: 0 })).rejects.toMatchObject({ code: "SPENT" });
    first.book(tokens(30));
    first.close();
    (await second).close();
    expect(run.spent.promptTokens).toBe(30);
  });

  test("refuses who waited when the others have spent it", async () => {
    const ledger = new Ledger();
    const run = account(100);
    const first = await ledger.open([run], { tokens: 80, usd: 0 });
    const second = ledger.open([run], { tokens: 60, usd: 0 });
    first.book(tokens(80));
    first.close();
    await expect(second).rejects.toMatchObject({ code: "SPENT" });
  });

  test("books what costs more than it reserved, and goes on from what earlier processes spent", async () => {
    const ledger = new Ledger();
    const run = account(100, undefined, tokens(50));
    const tab = await ledger.open([run], { tokens: 10, usd: 0 });
    tab.book(tokens(15));
    tab.close();
    expect(run).toMatchObject({ reserved: { tokens: 0 }, spent: { calls: 2, promptTokens: 65 } });
    await expect(ledger.open([run], { tokens: 36, usd: 0 })).rejects.toMatchObject({ code: "SPENT" });
  });

  test("counts dollars as well, of every account of a call", async () => {
    const ledger = new Ledger();
    const [episode, run] = [account(undefined, 0.5), account(undefined, 10)];
    const tab = await ledger.open([episode, run], { tokens: 5, usd: 0.4 });
    tab.book({ ...tokens(5), costUsd: 0.3 });
    tab.close();
    expect([episode.spent.costUsd, run.spent.costUsd]).toEqual([0.3, 0.3]);
    await expect(ledger.open([episode, run], { tokens: 5, usd: 0.3 })).rejects.toMatchObject({
      code: "SPENT",
    });
    (await ledger.open([run], { tokens: 5, usd: 9 })).close();
  });

  test("an aborted wait ends with the caller's reason and holds nothing", async () => {
    const ledger = new Ledger();
    const run = account(100);
    const first = await ledger.open([run], { tokens: 80, usd: 0 });
    const abort = new AbortController();
    const second = ledger.open([run], { tokens: 60, usd: 0 }, abort.signal);
    abort.abort(new Error("stop now"));
    await expect(second).rejects.toThrow("stop now");
    first.close();
    expect(run.reserved.tokens).toBe(0);
  });
});
