import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { llmError } from "../../../src/llm/failure.ts";
import { Gate } from "../../../src/llm/limits/gate.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

interface Caller {
  /** Milliseconds after the caller before it. */
  after: number;
  tokens: number;
  /** Of `tokens`, what the call came to. */
  share: number;
  takesMs: number;
  /** Leaves after so long, if it still waits. */
  patienceMs: number | undefined;
}

/** What was let in when, and what became of it. */
interface Charge {
  at: number;
  requests: number;
  tokens: number;
}

const callers = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 2000 }),
    tokens: fc.integer({ min: 1, max: 600 }),
    share: fc.constantFrom(0, 0.25, 1, 1.5),
    takesMs: fc.integer({ min: 0, max: 5000 }),
    patienceMs: fc.option(fc.integer({ min: 1, max: 8000 }), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 30 },
);
const limits = {
  requestsPerMinute: fc.constantFrom(30, 60, 240),
  tokensPerMinute: fc.constantFrom(1200, 6000, 60_000),
  concurrency: fc.constantFrom(1, 3, 100),
};

async function play(gate: Gate, clock: VirtualClock, all: readonly Caller[]) {
  const charges: Charge[] = [];
  const passed: number[] = [];
  const left: number[] = [];
  let inside = 0;
  let mostInside = 0;
  const ends = all.map(async (caller, i) => {
    const abort = new AbortController();
    const begins = all.slice(0, i + 1).reduce((sum, { after }) => sum + after, 0);
    await clock.wait(begins);
    if (caller.patienceMs !== undefined) void clock.wait(caller.patienceMs).then(() => abort.abort());
    try {
      const pass = await gate.enter(caller.tokens, abort.signal);
      passed.push(i);
      charges.push({ at: clock.now(), requests: 1, tokens: caller.tokens });
      mostInside = Math.max(mostInside, ++inside);
      await clock.wait(caller.takesMs);
      inside--;
      const used = Math.round(caller.tokens * caller.share);
      charges.push({ at: clock.now(), requests: 0, tokens: used - caller.tokens });
      pass.settle(used);
    } catch {
      left.push(i);
    }
  });
  await clock.pass(590_000);
  await Promise.all(ends);
  return { charges, passed, left, mostInside };
}

/** The most that any stretch of time was charged beyond what flows in meanwhile. */
function mostAhead(charges: readonly Charge[], of: "requests" | "tokens", perMinute: number): number {
  let most = 0;
  for (let from = 0; from < charges.length; from++) {
    let sum = 0;
    for (const charge of charges.slice(from)) {
      sum += charge[of];
      most = Math.max(most, sum - ((charge.at - charges[from]!.at) * perMinute) / 60_000);
    }
  }
  return most;
}

describe("a gate", () => {
  test("keeps within its rates in any stretch of time, lets in everybody who stays, in order", async () => {
    await fc.assert(
      fc.asyncProperty(callers, fc.record(limits), async (all, bounds) => {
        const clock = new VirtualClock();
        const { charges, passed, left, mostInside } = await play(new Gate(bounds, clock), clock, all);

        const burst = (perMinute: number) => Math.max(1, perMinute / 6);
        expect(mostAhead(charges, "requests", bounds.requestsPerMinute)).toBeLessThanOrEqual(
          burst(bounds.requestsPerMinute) + 0.01,
        );
        // One call that needs more than the bucket holds, or more than it said, goes that far beyond.
        const largest = Math.max(...all.map(({ tokens, share }) => tokens * Math.max(1, share)));
        const said = all.reduce((sum, { tokens, share }) => sum + tokens * Math.max(0, share - 1), 0);
        expect(mostAhead(charges, "tokens", bounds.tokensPerMinute)).toBeLessThanOrEqual(
          Math.max(burst(bounds.tokensPerMinute), largest) + said + 0.01,
        );
        expect(mostInside).toBeLessThanOrEqual(bounds.concurrency);

        expect(passed).toEqual(passed.toSorted((a, b) => a - b));
        expect(passed.length + left.length).toBe(all.length);
        expect(left.every((i) => all[i]!.patienceMs !== undefined)).toBe(true);
        // No timer is left behind.
        expect(clock.waits).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  test("takes nothing from who leaves the queue", async () => {
    await fc.assert(
      fc.asyncProperty(callers, fc.record(limits), async (all, bounds) => {
        const stay = all.map((caller) => ({ ...caller, patienceMs: undefined }));
        const times = async (some: readonly Caller[]) => {
          const clock = new VirtualClock();
          const { charges } = await play(new Gate(bounds, clock), clock, some);
          return charges.map(({ at, tokens }) => [Math.round(at), tokens]);
        };
        // Each is followed by one of the same moment that leaves before time passes.
        const withLeavers = stay.flatMap((caller) => [caller, { ...caller, after: 0, patienceMs: 0 }]);
        const clock = new VirtualClock();
        const gate = new Gate(bounds, clock);
        const { charges, left } = await play(gate, clock, withLeavers);
        fc.pre(left.length === all.length);
        expect(charges.map(({ at, tokens }) => [Math.round(at), tokens])).toEqual(await times(stay));
      }),
      { numRuns: 30 },
    );
  });

  test("lets the next one in at once when the first, which needed much, leaves", async () => {
    const clock = new VirtualClock();
    const gate = new Gate({ tokensPerMinute: 600 }, clock);
    await gate.enter(90);
    const abort = new AbortController();
    const large = gate.enter(100, abort.signal);
    const small = gate.enter(10);
    abort.abort(new Error("no more"));
    await expect(large).rejects.toThrow("no more");
    (await small).settle();
    expect(clock.waits).toBe(0);
  });

  test("keeps everybody out for as long as the endpoint asked", async () => {
    const clock = new VirtualClock();
    const gate = new Gate({}, clock);
    const asked = llmError("LLM_RATE_LIMITED", "wait");
    expect(gate.holdBack(30_000, asked)).toBe(true);
    expect(gate.holdBack(10_000, asked)).toBe(false);
    let entered = 0;
    const both = [gate.enter(1), gate.enter(1)].map((turn) => turn.then(() => entered++));
    await clock.pass(29_999);
    expect(entered).toBe(0);
    await clock.pass(1);
    await Promise.all(both);
    expect(entered).toBe(2);
  });

  test("gives up after ten minutes, and sends everybody away when it is closed", async () => {
    const clock = new VirtualClock();
    const gate = new Gate({ concurrency: 1 }, clock);
    await gate.enter(1);
    const tired = gate.enter(1).catch((error: unknown) => error);
    await clock.pass(600_000);
    expect(await tired).toMatchObject({ code: "LLM_RATE_LIMITED", retryable: true });
    const waiting = gate.enter(1).catch((error: unknown) => error);
    gate.close();
    expect(await waiting).toMatchObject({ code: "LLM_CLOSED" });
    await expect(gate.enter(1)).rejects.toMatchObject({ code: "LLM_CLOSED" });
    expect(clock.waits).toBe(0);
  });
});
