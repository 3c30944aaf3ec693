import { moveOf, type Rule } from "./rule.ts";

const most = 2;

/**
 * Never the same action on the same screen three times. Only equal screens count: three scrolls down a long
 * list, or three taps on `+`, each see another screen.
 */
export const noRepeat: Rule = {
  id: "no-repeat.v2",
  broken({ steps }) {
    const seen = new Map<string, number>();
    for (const step of steps) {
      const move = moveOf(step);
      const times = (seen.get(move) ?? 0) + 1;
      seen.set(move, times);
      if (times > most)
        return `by step ${step.number}, the same action was tried ${times} times on the same screen`;
    }
    return undefined;
  },
};
