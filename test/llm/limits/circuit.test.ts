import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { llmError } from "../../../src/llm/failure.ts";
import { Circuit } from "../../../src/llm/limits/circuit.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

/** The policy reads the wall clock; here it is moved together with ours. */
let clock: VirtualClock;
let circuit: Circuit;
let events: string[];

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ["setImmediate", "queueMicrotask", "nextTick", "performance"] });
  clock = new VirtualClock();
  events = [];
  circuit = new Circuit(clock, {
    opened: ({ code }, retryInMs) => events.push(`opened by ${code} for ${retryInMs}`),
    closed: () => events.push("closed"),
  });
});
afterEach(() => {
  jest.useRealTimers();
});

async function pass(ms: number): Promise<void> {
  jest.setSystemTime(Date.now() + ms);
  await clock.pass(ms);
}

const down = () => Promise.reject(llmError("LLM_SERVER_ERROR", "down"));
const refused = () => Promise.reject(llmError("LLM_REQUEST_REFUSED", "no", { retryable: false }));
const up = async () => "answer";
const failure = (call: () => Promise<unknown>, signal?: AbortSignal) =>
  circuit.run(call, signal).catch((error: unknown) => error);

async function open(): Promise<void> {
  for (let n = 0; n < 5; n++) await failure(down);
}

describe("a circuit", () => {
  test("opens after five failures in a row, and makes no call meanwhile", async () => {
    for (let n = 0; n < 4; n++) await failure(down);
    expect(await circuit.run(up)).toBe("answer");
    await open();
    expect(events).toEqual(["opened by LLM_SERVER_ERROR for 5000"]);
    expect(circuit.openForMs).toBe(5000);
    expect(await circuit.run(up)).toBeUndefined();
  });

  test("lets one call try it; the others wait for what becomes of that", async () => {
    await open();
    await pass(5001);
    let answer = (_text: string): void => {};
    const trial = circuit.run(() => new Promise<string>((resolve) => (answer = resolve)));
    let made = 0;
    const others = [1, 2, 3].map(() => circuit.run(async () => ++made));
    await pass(1000);
    expect(made).toBe(0);
    answer("there");
    expect(await trial).toBe("there");
    expect(await Promise.all(others)).toEqual([1, 2, 3]);
    expect(events.at(-1)).toBe("closed");
  });

  test("is left alone for longer each time that the trial fails, up to half a minute", async () => {
    await open();
    for (const ms of [5_000, 10_000, 20_000, 30_000]) {
      await pass(ms + 1);
      await failure(down);
    }
    expect(events.map((event) => event.split(" ").at(-1))).toEqual([
      "5000",
      "10000",
      "20000",
      "30000",
      "30000",
    ]);
  });

  test("is not closed by a trial that its caller gave up, nor opened by refusals", async () => {
    for (let n = 0; n < 20; n++) await failure(refused);
    expect(events).toEqual([]);
    await open();
    await pass(5001);
    await failure(() => Promise.reject(new Error("stopped")));
    expect(events).toHaveLength(2);
    expect(circuit.openForMs).toBe(10_000);
  });

  test("an aborted wait for a trial ends with the caller's reason", async () => {
    await open();
    await pass(5001);
    void circuit.run(() => new Promise(() => {}));
    const abort = new AbortController();
    const waiting = failure(up, abort.signal);
    abort.abort(new Error("stop now"));
    expect(await waiting).toMatchObject({ message: "stop now" });
  });
});
