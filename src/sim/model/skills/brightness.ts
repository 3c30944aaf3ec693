import { finish, swipe } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { alongSettings } from "./settings-path.ts";

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
    const highest = level.toLowerCase() === "maximum";
    if (isAtEnd(slider.text, highest)) return finish(`The brightness is at its ${level}.`);
    const direction = highest ? "right" : "left";
    return swipe(3, direction, slider, `The slider is not at its ${direction} end.`);
  },
};

/** A slider says its value as a per cent, or as the number from 1 to 255 that is stored. */
function isAtEnd(value: string, highest: boolean): boolean {
  const number = Number.parseFloat(value);
  return highest ? number >= (value.includes("%") ? 100 : 255) : number <= 1;
}
