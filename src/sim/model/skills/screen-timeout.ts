import { finish, tap } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { alongSettings } from "./settings-path.ts";

export const screenTimeout: Skill = {
  name: "screen timeout",
  goals: [/\bscreen time-?out to (?<time>\d+ (?:seconds?|minutes?))/iu],
  plan: ({ time }) => [
    "Open the Settings app.",
    "Go to Display, Screen timeout.",
    `Choose ${time} as the screen timeout.`,
  ],
  next(situation, { time = "" }) {
    const { page } = situation;
    const option = page.find({ says: time, checkable: true });
    if (option) return option.checked ? finish(`The screen timeout is ${time}.`) : tap(3, option);
    const row = page.find({ says: "Screen timeout", clickable: true });
    if (row?.lines.some((line) => line.toLowerCase().includes(time.toLowerCase()))) {
      return finish(`The screen timeout is ${time}.`);
    }
    return alongSettings(["Display", "Screen timeout"], situation);
  },
};
