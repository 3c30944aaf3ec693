import { finish, giveUp, tap } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { clockMoves, isClockMoving, toClockTab } from "./clock-tab.ts";

export const stopwatch: Skill = {
  name: "stopwatch",
  goals: [/\b(?:start|run) (?:the|a) stopwatch\b/iu],
  plan: () => ["Open the Clock app.", "Go to the Stopwatch tab.", "Start the stopwatch."],
  next(situation) {
    if (isClockMoving(situation)) return finish("The stopwatch is running.", clockMoves);
    const way = toClockTab("stopwatch", situation);
    if (way) return way;
    if (situation.page.shows("Pause")) return finish("The stopwatch is running.");
    const start = situation.page.button("Start");
    return start ? tap(3, start) : giveUp(3, "The stopwatch cannot be started.");
  },
};
