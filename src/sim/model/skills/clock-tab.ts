import { tap } from "../moves.ts";
import type { Move, Situation } from "../skill.ts";
import { into, leave } from "../ways.ts";

/** Into Clock (stage 1) and to one of its tabs (stage 2); nothing when there, with no dialog in the way. */
export function toClockTab(tab: "alarm" | "timer" | "stopwatch", situation: Situation): Move | undefined {
  const open = into("Clock", situation);
  if (open) return open;
  const button = situation.page.find({ id: `tab_menu_${tab}` });
  if (!button) return leave(2, situation);
  return button.selected ? undefined : tap(2, button);
}

export const clockMoves = "Clock gives no tree to read, which it does whenever nothing in it moves.";

/** Clock is in front and gives no tree: what was started in it is running. */
export function isClockMoving(situation: Situation): boolean {
  return into("Clock", situation) === undefined && situation.page.unreadable;
}
