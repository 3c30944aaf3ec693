import { back, finish, lastCode, swipe } from "../moves.ts";
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
  // A slider does not say where it stands: the row that opens it does.
  next(situation, { level = "" }) {
    const { page } = situation;
    const highest = level.toLowerCase() === "maximum";
    const direction = highest ? "right" : "left";
    const slider = page.find({ kind: "SeekBar" });
    if (slider && lastCode(situation).includes("Swipe"))
      return back(3, "The row tells whether that was enough.");
    if (slider) return swipe(3, direction, slider, `The slider may not be at its ${direction} end.`);
    const shown = page.lineAfter("Brightness level", /^\d+\s?%$/u);
    if (shown !== undefined && Number.parseInt(shown, 10) === (highest ? 100 : 0)) {
      return finish(`The brightness is at its ${level}.`);
    }
    return alongSettings(["Display", "Brightness level"], situation);
  },
};
