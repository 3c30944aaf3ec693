import { checkPassed } from "./check-passed.ts";
import { noLoop } from "./no-loop.ts";
import { noNoopRun } from "./no-noop-run.ts";
import { noRepeat } from "./no-repeat.ts";
import type { Rule } from "./rule.ts";
import { saidDone } from "./said-done.ts";
import { tooManyRefusals } from "./too-many-refusals.ts";

/** All of them must hold for a trajectory to be kept. */
export const rules: readonly Rule[] = [saidDone, checkPassed, noLoop, noNoopRun, noRepeat, tooManyRefusals];

/** Of this list as a whole; each rule has its own version besides. */
export const rulesVersion = "rules.v2";
