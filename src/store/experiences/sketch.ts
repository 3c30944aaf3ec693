import { createRandom } from "../../random.ts";

/**
 * A sketch of a vector: one bit for each dimension, rounded up to a power of two, such as 128 bytes for 768 numbers.
 * The share of bits in which two sketches differ grows with the angle between their vectors.
 *
 * The bits are the signs of the vector's coordinates after a random rotation (signs flipped, then a Walsh-Hadamard
 * transform), without which a model whose vectors share a direction, or have many zeros, would give bits that tell
 * little. See Ailon and Chazelle, "The Fast Johnson-Lindenstrauss Transform" (2009), and Charikar, "Similarity estimation
 * techniques from rounding algorithms" (2002).
 */
export function sketchOf(vector: Float32Array): Uint32Array {
  const size = sketchBits(vector.length);
  const rotated = new Float32Array(size);
  const flips = flipsOf(size);
  for (let i = 0; i < vector.length; i++) rotated[i] = flips[i] === 1 ? -vector[i]! : vector[i]!;
  transform(rotated);
  const sketch = new Uint32Array(size / 32);
  for (let i = 0; i < size; i++) if (rotated[i]! > 0) sketch[i >>> 5]! |= 1 << (i & 31);
  return sketch;
}

function sketchBits(dimensions: number): number {
  return Math.max(32, 2 ** Math.ceil(Math.log2(dimensions)));
}

const knownFlips = new Map<number, Uint8Array>();

function flipsOf(size: number): Uint8Array {
  let flips = knownFlips.get(size);
  if (flips === undefined) {
    // Stored sketches were made with these: the seed never changes.
    const random = createRandom("sketch", size);
    flips = Uint8Array.from({ length: size }, () => random.int(0, 1));
    knownFlips.set(size, flips);
  }
  return flips;
}

/** The Walsh-Hadamard transform, in place, without its factor. */
function transform(values: Float32Array): void {
  for (let half = 1; half < values.length; half *= 2) {
    for (let start = 0; start < values.length; start += 2 * half) {
      for (let i = start; i < start + half; i++) {
        const a = values[i]!;
        const b = values[i + half]!;
        values[i] = a + b;
        values[i + half] = a - b;
      }
    }
  }
}

/** In how many bits two words differ. */
export function differingBits(a: number, b: number): number {
  let x = a ^ b;
  x -= (x >>> 1) & 0x55555555;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
