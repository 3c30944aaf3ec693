import { finish, tap } from "../moves.ts";
import type { Move, Situation, Skill, Values } from "../skill.ts";
import { fill, into, said, seek } from "../ways.ts";
import { toClockTab } from "./clock-tab.ts";

const confirmed = "The time is right, so I confirm it.";

export const alarmCreate: Skill = {
  name: "alarm: create",
  goals: [/\b(?:set|add|create) an alarm (?:for|at) (?<hour>\d{1,2}):(?<minute>\d{2}) (?<half>[ap]m)\b/iu],
  plan: (values) => [
    "Open the Clock app.",
    "Go to the Alarm tab.",
    `Add an alarm and set it to ${timeOf(values)}.`,
    `See that the alarm for ${timeOf(values)} is on.`,
  ],
  next(situation, values) {
    const { page } = situation;
    const time = timeOf(values);
    const open = into("Clock", situation) ?? pickTime(situation, values) ?? toClockTab("alarm", situation);
    if (open) return open;
    const toggle = page.find({ says: `${time} Alarm`, checkable: true });
    if (toggle) return toggle.checked ? finish(`The alarm for ${time} is set.`) : tap(4, toggle);
    // The list is in the order of time, so a new alarm may lie out of view.
    const look = said(situation, confirmed) ? seek(4, "the new alarm", situation) : undefined;
    const add = page.button("Add alarm");
    return look ?? (add ? tap(3, add) : toClockTab("alarm", situation)!);
  },
};

/** The time picker in its text mode. */
function pickTime({ page }: Situation, { hour = "", minute = "", half = "" }: Values): Move | undefined {
  const hours = page.field("Hour");
  const minutes = page.field("Minute");
  const ok = page.button("OK");
  if (!hours || !minutes || !ok) return undefined;
  const shown = (field: typeof hours) => Number(field.lines[0] ?? Number.NaN);
  if (shown(hours) !== Number(hour)) return fill(3, hours, String(Number(hour)));
  if (shown(minutes) !== Number(minute)) return fill(3, minutes, minute);
  const period = page.find({ says: half, clickable: true });
  if (period && !period.selected && period.checked !== true) return tap(3, period);
  return tap(3, ok, confirmed);
}

export function timeOf({ hour = "", minute = "", half = "" }: Values): string {
  return `${Number(hour)}:${minute} ${half.toUpperCase()}`;
}
