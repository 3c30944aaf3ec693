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
  /**
   * Clears every fault. Gives how many of those that count have struck, at least: what was set again before it was
   * used up is not known. Rejects where a fault could not be set.
   */
  end(): Promise<number>;
}

/**
 * @param faults are console words after `fault set`. Each strikes as often as the others, in an order and on devices
 * that follow from the seed.
 */
export function startStorm({ devices }: RunningSim, seed: string, faults: readonly string[]): Storm {
  const random = createRandom(seed);
  const calls: Promise<unknown>[] = [];
  const say = (words: string, port: number): Promise<string[]> =>
    consoleCommand(`fault ${words}`, { port, timeoutMs: 20_000 });
  /** Of each device, the words by which its faults were set last. */
  const set = new Map(devices.map(({ consolePort }) => [consolePort, new Map<string, string>()]));
  let left: string[] = [];
  let steps = 0;
  return {
    onEvent({ type }) {
      if (type !== "step" || ++steps % calmSteps !== 0) return;
      if (left.length === 0) left = [...faults];
      const [fault] = left.splice(random.int(0, left.length - 1), 1);
      const { consolePort } = devices[random.int(0, devices.length - 1)]!;
      const call = say(`set ${fault}`, consolePort);
      call.catch(() => {}); // told by `end`
      calls.push(call);
      set.get(consolePort)!.set(fault!.split(" ", 1)[0]!, fault!);
    },
    async end() {
      await Promise.all(calls);
      let struck = 0;
      for (const [port, words] of set) {
        const untouched = await say("list", port);
        struck += [...words.values()].filter(
          (each) => /times=/u.test(each) && !untouched.includes(each),
        ).length;
        await say("clear", port);
      }
      return struck;
    },
  };
}
