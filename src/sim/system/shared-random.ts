import { createRandom, resumeRandom, type Random } from "../../random.ts";

/** One sequence for the whole phone, which a snapshot can set back. */
export function createSharedRandom(seed: number): Random & { resume(state: readonly number[]): void } {
  let current = createRandom("phone", seed);
  return {
    int: (low, high) => current.int(low, high),
    float: () => current.float(),
    chance: (probability) => current.chance(probability),
    pick: (items) => current.pick(items),
    shuffle: (items) => current.shuffle(items),
    state: () => current.state(),
    resume(state) {
      current = resumeRandom(state);
    },
  };
}
