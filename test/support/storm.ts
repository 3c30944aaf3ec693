import { consoleCommand } from "../../src/device/index.ts";
import { createRandom } from "../../src/random.ts";
import type { RunningSim } from "./cli.ts";
import type { Line } from "./run-cli.ts";

/** Steps between two faults, on all devices together. */
const calmSteps = 3;

/** Faults that strike a run's devices by seed, one every few steps. */
export interface Storm {
  /** To be told of each event of the run. */
  onEvent(event: Line): void;
  /** Clears every fault. Rejects where a fault could not be set. */
  end(): Promise<void>;
}

/**
 * @param faults are console words after `fault set`. Each strikes as often as the others, in an order and on devices
 * that follow from the seed.
 */
export function startStorm({ devices }: RunningSim, seed: string, faults: readonly string[]): Storm {
  const random = createRandom(seed);
  const calls: Promise<unknown>[] = [];
  const say = (words: string, port: number): void =>
    void calls.push(consoleCommand(`fault ${words}`, { port, timeoutMs: 20_000 }));
  let left: string[] = [];
  let steps = 0;
  return {
    onEvent({ type }) {
      if (type !== "step" || ++steps % calmSteps !== 0) return;
      if (left.length === 0) left = [...faults];
      const [fault] = left.splice(random.int(0, left.length - 1), 1);
      say(`set ${fault}`, devices[random.int(0, devices.length - 1)]!.consolePort);
    },
    async end() {
      await Promise.all(calls);
      for (const { consolePort } of devices) say("clear", consolePort);
      await Promise.all(calls);
    },
  };
}
