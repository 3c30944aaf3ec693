import { tap } from "../moves.ts";
import type { Move, Situation } from "../skill.ts";
import { fill } from "../ways.ts";

/** Android's time picker dialog, by typing: the dial knows full five minutes only. */
export function pickTime(stage: number, { page }: Situation, minutes: number): Move | undefined {
  const ok = page.button("OK");
  const toText = page.button("Switch to text input mode for the time input.");
  if (toText) return tap(stage, toText);
  const hour = page.field("input_hour");
  const minute = page.field("input_minute");
  if (!ok || !hour || !minute) return undefined;
  const am = page.find({ id: "am_label" });
  const half = page.find({ id: minutes < 12 * 60 ? "am_label" : "pm_label" });
  const wantedHour = Math.floor(minutes / 60);
  const shownHour = am ? ((wantedHour + 11) % 12) + 1 : wantedHour;
  if (Number(hour.lines[0]) !== shownHour) return fill(stage, hour, String(shownHour));
  if (Number(minute.lines[0]) !== minutes % 60)
    return fill(stage, minute, String(minutes % 60).padStart(2, "0"));
  if (half && !half.selected && half.checked !== true) return tap(stage, half);
  return tap(stage, ok);
}
