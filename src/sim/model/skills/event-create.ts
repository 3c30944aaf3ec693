import { finish, tap } from "../moves.ts";
import type { Move, Situation, Skill, Values } from "../skill.ts";
import { fill, into, leave, said } from "../ways.ts";
import { cellName, type DateValues, minutesOf, monthsBetween } from "./calendar-date.ts";
import { pickTime } from "./calendar-time.ts";

const saving = "All is as it should be, so I save the event.";

export const eventCreate: Skill = {
  name: "event: create",
  goals: [
    /\b(?:create|add) an? (?:calendar )?event (?:called|named|titled) "?(?<title>[^"]+?)"? (?:on|for) (?<month>[A-Z][a-z]+) (?<day>\d{1,2}), (?<year>\d{4}),? at (?<hour>\d{1,2}):(?<minute>\d{2})/u,
  ],
  plan: ({ title, month, day, hour, minute }) => [
    "Open Simple Calendar Pro.",
    "Start a new event.",
    `Enter the title ${title}.`,
    `Set the start to ${month} ${day} at ${hour}:${minute}.`,
    "Save the event and see it in the calendar.",
  ],
  next(situation, values) {
    const { page } = situation;
    const open = into("Simple Calendar Pro", situation);
    if (open) return open;
    const picking = pickDate(situation, dateOf(values)) ?? pickTime(4, situation, minutesWanted(values));
    if (picking) return picking;
    if (page.field("event_title")) return edit(situation, values);
    if (page.shows("New Event")) {
      if (said(situation, saving)) return finish(`The event ${values["title"]} is in the calendar.`);
      return tap(2, page.button("New Event")!);
    }
    const event = page.find({ says: "Event", clickable: true });
    return event && page.shows("Task") ? tap(2, event) : leave(2, situation);
  },
};

function edit(situation: Situation, values: Values): Move {
  const { page } = situation;
  const title = page.field("event_title")!;
  const date = page.find({ says: "Start date" });
  const time = page.find({ says: "Start time" });
  const save = page.button("Save");
  const { month, day } = dateOf(values);
  const typing = fill(3, title, values["title"] ?? "");
  if (typing) return typing;
  if (date && !date.lines.some((line) => line.startsWith(`${month} ${day} `))) return tap(4, date);
  if (time && !time.lines.some((line) => minutesOf(line) === minutesWanted(values))) return tap(4, time);
  return save ? tap(5, save, saving) : leave(5, situation);
}

/** Android's date picker dialog: pages to the month, picks the day. */
function pickDate({ page }: Situation, date: DateValues): Move | undefined {
  const month = page.find({ id: "month_view" });
  const ok = page.button("OK");
  if (!month || !ok) return undefined;
  const cell = page.find({ says: cellName(date) });
  if (cell) return cell.selected ? tap(4, ok) : tap(4, cell);
  const ahead = monthsBetween(month.lines[0] ?? "", date) > 0;
  const arrow = page.button(ahead ? "Next month" : "Previous month");
  return arrow && tap(4, arrow);
}

function dateOf({ month = "", day, year }: Values): DateValues {
  return { month, day: Number(day), year: Number(year) };
}

function minutesWanted({ hour, minute }: Values): number {
  return Number(hour) * 60 + Number(minute);
}
