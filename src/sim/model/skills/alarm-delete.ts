import { finish, giveUp, tap } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { said, seek } from "../ways.ts";
import { timeOf } from "./alarm-create.ts";
import { toClockTab } from "./clock-tab.ts";

const deleting = "This deletes the alarm.";

export const alarmDelete: Skill = {
  name: "alarm: delete",
  goals: [
    /\b(?:delete|remove) (?:the|my) (?<hour>\d{1,2}):(?<minute>\d{2}) (?<half>[ap]m) alarm\b/iu,
    /\b(?:delete|remove) (?:the|my) alarm (?:for|at) (?<hour>\d{1,2}):(?<minute>\d{2}) (?<half>[ap]m)\b/iu,
  ],
  plan: (values) => [
    "Open the Clock app.",
    "Go to the Alarm tab.",
    `Expand the alarm for ${timeOf(values)}.`,
    "Delete it.",
  ],
  next(situation, values) {
    const { page } = situation;
    const time = timeOf(values);
    const way = toClockTab("alarm", situation);
    if (way) return way;
    const alarm = page.find({ says: `${time} Alarm`, checkable: true });
    if (!alarm) {
      if (said(situation, deleting)) return finish(`The alarm for ${time} is deleted.`);
      return seek(3, `the alarm for ${time}`, situation) ?? giveUp(3, `There is no alarm for ${time}.`);
    }
    // An open card has its "Delete" below its switch and before the next alarm's.
    const next = page.all({ says: / Alarm$/u, checkable: true }).find((other) => other.index > alarm.index);
    const remove = page
      .all({ says: "Delete", clickable: true })
      .find((one) => one.index > alarm.index && one.index < (next?.index ?? Number.POSITIVE_INFINITY));
    if (remove) return tap(4, remove, deleting);
    const arrow = page.all({ says: "Expand alarm" }).findLast((one) => one.index < alarm.index);
    return arrow ? tap(3, arrow) : (seek(4, '"Delete"', situation) ?? giveUp(4, "The alarm has no Delete."));
  },
};
