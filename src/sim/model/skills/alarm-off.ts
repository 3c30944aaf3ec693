import { finish, giveUp, tap } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { seek } from "../ways.ts";
import { timeOf } from "./alarm-create.ts";
import { toClockTab } from "./clock-tab.ts";

export const alarmOff: Skill = {
  name: "alarm: switch off",
  goals: [
    /\b(?:turn|switch) off (?:the|my) (?<hour>\d{1,2}):(?<minute>\d{2}) (?<half>[ap]m) alarm\b/iu,
    /\b(?:turn|switch) off (?:the|my) alarm (?:for|at) (?<hour>\d{1,2}):(?<minute>\d{2}) (?<half>[ap]m)\b/iu,
  ],
  plan: (values) => [
    "Open the Clock app.",
    "Go to the Alarm tab.",
    `Find the alarm for ${timeOf(values)} and switch it off.`,
  ],
  next(situation, values) {
    const time = timeOf(values);
    const way = toClockTab("alarm", situation);
    if (way) return way;
    const toggle = situation.page.find({ says: `${time} Alarm`, checkable: true });
    if (toggle) return toggle.checked ? tap(3, toggle) : finish(`The alarm for ${time} is off.`);
    return seek(3, `the alarm for ${time}`, situation) ?? giveUp(3, `There is no alarm for ${time}.`);
  },
};
