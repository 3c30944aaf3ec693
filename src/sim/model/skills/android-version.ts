import { finish, tap } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { into, leave, seek } from "../ways.ts";

export const androidVersion: Skill = {
  name: "Android version",
  goals: [/\bandroid version\b.*\?/iu],
  plan: () => [
    "Open the Settings app.",
    "Go to About phone.",
    "Find the Android version.",
    "Answer with it.",
  ],
  next(situation) {
    const { page } = situation;
    const open = into("Settings", situation);
    if (open) return open;
    const version = page.lineAfter("Android version", /^[\d.]+$/u);
    if (version !== undefined) return finish(version, `The Android version is ${version}.`);
    const about = page.find({ says: "About phone", clickable: true });
    if (about) return tap(2, about);
    const onPage = page.shows("About phone");
    const found = onPage || page.activity === ".Settings" ? seek(onPage ? 3 : 2, "it", situation) : undefined;
    return found ?? leave(2, situation);
  },
};
