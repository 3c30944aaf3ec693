import { moveOf, type Rule } from "./rule.ts";

/**
 * No A-B-A-B: two different moves made in turn, twice over. A move is an action on a screen, so filling in
 * one form after another is no loop: the screens between differ.
 */
export const noLoop: Rule = {
  id: "no-loop.v2",
  broken({ steps }) {
    const moves = steps.map(moveOf);
    for (let i = 0; i + 3 < moves.length; i++) {
      const [a, b, c, d] = moves.slice(i, i + 4);
      if (a === c && b === d && a !== b) return `steps ${i + 1} to ${i + 4} go round in a circle`;
    }
    return undefined;
  },
};
