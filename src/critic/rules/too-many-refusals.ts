import type { Rule } from "./rule.ts";

const allowed = 1;
const allowedShare = 0.3;

/** Few steps were refused: one is forgiven, beyond it no more than three in ten. */
export const tooManyRefusals: Rule = {
  id: "too-many-refusals.v1",
  broken({ steps }) {
    const refused = steps.filter((step) => step.refusal !== undefined).length;
    if (refused <= Math.max(allowed, steps.length * allowedShare)) return undefined;
    return `${refused} of ${steps.length} steps were refused`;
  },
};
