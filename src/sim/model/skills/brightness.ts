import { finish, swipe } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { alongSettings } from "./settings-path.ts";

/** Swipes that surely bring a slider from one end to the other. */
const enoughSwipes = 2;

export const brightness: Skill = {
  name: "brightness",
  goals: [/\bbrightness to (?:the )?(?<level>maximum|minimum)\b/iu],
  plan: ({ level }) => [
    "Open the Settings app.",
    "Go to Display, Brightness level.",
    `Move the slider to the ${level}.`,
  ],
  next(situation, { level = "" }) {
    const slider = situation.page.find({ kind: "SeekBar" });
    if (!slider) return alongSettings(["Display", "Brightness level"], situation);
    const direction = level.toLowerCase() === "maximum" ? "right" : "left";
    const swipes = situation.history.filter(
      (round) =>
        round.refusal === undefined && round.code.includes('"Swipe"') && round.code.includes(direction),
    ).length;
    if (swipes >= enoughSwipes) return finish(`The brightness is at its ${level}.`);
    return swipe(3, direction, slider, `The slider goes to its ${direction} end.`);
  },
};
