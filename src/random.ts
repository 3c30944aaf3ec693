import { createHash } from "node:crypto";
import { uniformFloat32 } from "pure-rand/distribution/uniformFloat32";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus, xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** Numbers that follow from a seed alone: the same on every machine, in every run. */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** From 0 to just under 1. */
  float(): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One of the items; throws where there is none. */
  pick<T>(items: readonly T[]): T;
  /** The items in another order. */
  shuffle<T>(items: readonly T[]): T[];
  /** Where the sequence stands, as plain data for `resumeRandom`. */
  state(): readonly number[];
}

/** A 32-bit seed made of parts: equal parts give equal seeds, and no two lists of parts are confused. */
export function seedOf(...parts: readonly (string | number)[]): number {
  return createHash("sha256").update(JSON.stringify(parts)).digest().readInt32BE(0);
}

export function createRandom(...seed: readonly (string | number)[]): Random {
  return over(xoroshiro128plus(seedOf(...seed)));
}

/** Goes on where `state()` was taken. */
export function resumeRandom(state: readonly number[]): Random {
  return over(xoroshiro128plusFromState(state));
}

function over(generator: ReturnType<typeof xoroshiro128plus>): Random {
  const random: Random = {
    int: (low, high) => uniformInt(generator, low, high),
    float: () => uniformFloat32(generator),
    chance: (probability) => uniformFloat32(generator) < probability,
    pick: (items) => {
      if (items.length === 0) throw new RangeError("cannot pick from an empty list");
      return items[uniformInt(generator, 0, items.length - 1)]!;
    },
    shuffle: (items) => {
      const out = [...items];
      for (let i = out.length - 1; i > 0; i--) {
        const j = uniformInt(generator, 0, i);
        [out[i], out[j]] = [out[j]!, out[i]!];
      }
      return out;
    },
    state: () => generator.getState(),
  };
  return random;
}
