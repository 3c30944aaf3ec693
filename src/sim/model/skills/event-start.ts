import { finish, giveUp } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { minutesOf } from "./calendar-date.ts";
import { searchEvent } from "./calendar-way.ts";

export const eventStart: Skill = {
  name: "event: start",
  goals: [
    /\b(?:when|at what (?:time|hour)) does (?:the event )?"?(?<title>[^"]+?)"? (?:start|begin)\b[^?]*\?/iu,
  ],
  plan: ({ title }) => ["Open Simple Calendar Pro.", `Search for ${title}.`, "Answer with its start."],
  next(situation, { title = "" }) {
    const found = searchEvent(title, situation);
    if (!("row" in found)) return found;
    const start = found.row.lines
      .map((line) => line.split(" - ")[0]!)
      .find((line) => minutesOf(line) !== undefined);
    if (start === undefined) return giveUp(3, `${title} has no start time.`);
    const answer = /\blike \d{1,2}:\d{2}(?! *[ap]m)/iu.test(situation.goal) ? in24Hours(start) : start;
    return finish(answer, `${title} starts at ${start}.`);
  },
};

function in24Hours(time: string): string {
  const minutes = minutesOf(time) ?? 0;
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
