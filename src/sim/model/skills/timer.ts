import { finish, tap } from "../moves.ts";
import type { PageElement } from "../prompt/listing.ts";
import type { Move, Situation, Skill } from "../skill.ts";
import { leave } from "../ways.ts";
import { clockMoves, isClockMoving, toClockTab } from "./clock-tab.ts";

export const timer: Skill = {
  name: "timer",
  goals: [
    /\b(?:start|set) a (?:timer for (?<minutes>\d{1,2}) minutes?|(?<short>\d{1,2})[- ]minutes? timer)\b/iu,
  ],
  plan: ({ minutes, short }) => [
    "Open the Clock app.",
    "Go to the Timer tab.",
    `Enter ${minutes ?? short} minutes.`,
    "Start the timer.",
  ],
  next(situation, { minutes, short }) {
    const { page } = situation;
    const wanted = Number(minutes ?? short);
    if (isClockMoving(situation)) return finish(`The timer runs for ${wanted} minutes.`, clockMoves);
    const way = toClockTab("timer", situation);
    if (way) return way;
    const time = page.find({ id: "timer_time_text" });
    if (time && page.shows("Pause") && isJustBelow(time, wanted))
      return finish(`The timer runs for ${wanted} minutes.`);
    const add = page.button("Add timer");
    if (add) return tap(3, add);
    return enterTime(situation, `${wanted}00`) ?? leave(3, situation);
  },
};

/** Digits move in from the right, so what is entered must be a beginning of what is wanted. */
function enterTime({ page }: Situation, wanted: string): Move | undefined {
  const shown = page.find({ id: "timer_setup_time" });
  if (!shown) return undefined;
  const entered = shown.lines.join("").replaceAll(/\D/gu, "").replace(/^0+/u, "");
  const start = page.button("Start");
  if (entered === wanted && start) return tap(4, start);
  const rest = wanted.startsWith(entered) ? wanted.slice(entered.length) : undefined;
  const next = rest === undefined ? "Backspace" : rest.startsWith("00") ? "00" : rest.slice(0, 1);
  const key = page.find({ says: next, clickable: true, ...(next === "Backspace" ? {} : { kind: "Button" }) });
  return key && tap(3, key);
}

/** A timer of 3 minutes shows 3:00 and then 2:59; within its first minute it is the one just started. */
function isJustBelow(time: PageElement, minutes: number): boolean {
  const [shownMinutes, seconds] = (time.lines[0] ?? "").split(":").map(Number);
  return shownMinutes === minutes ? seconds === 0 : shownMinutes === minutes - 1;
}
