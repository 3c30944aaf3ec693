import { createRandom } from "../../random.ts";

/** How a vote reads the evidence. */
export type Order = "as it happened" | "backwards" | "shuffled";

export function orderOf(vote: number): Order {
  if (vote === 1) return "as it happened";
  return vote === 2 ? "backwards" : "shuffled";
}

/** The blocks in the order of a vote (from 1): the same for equal seeds. */
export function inOrder<T>(blocks: readonly T[], vote: number, seed: number): T[] {
  switch (orderOf(vote)) {
    case "as it happened":
      return [...blocks];
    case "backwards":
      return [...blocks].reverse();
    case "shuffled":
      return createRandom("evidence", seed, vote).shuffle(blocks);
  }
}
