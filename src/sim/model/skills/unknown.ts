import { giveUp } from "../moves.ts";
import type { Skill } from "../skill.ts";

/** For every goal that no other skill knows. */
export const unknown: Skill = {
  name: "unknown",
  goals: [/(?:)/u],
  plan: () => ["Say that this goal is beyond a scripted demo model."],
  next: () => giveUp(1, "I am a scripted demo model and have no rules for this goal."),
};
