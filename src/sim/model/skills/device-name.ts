import { finish, tap } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { fill } from "../ways.ts";
import { alongSettings } from "./settings-path.ts";

export const deviceName: Skill = {
  name: "device name",
  goals: [
    /\b(?:rename|name) (?:the|this|my) (?:phone|device) (?:to |as )?"?(?<name>[^".]+)/iu,
    /\bchange the device name to "?(?<name>[^".]+)/iu,
  ],
  plan: ({ name }) => [
    "Open the Settings app.",
    "Go to About phone, Device name.",
    `Change the name to ${name} and confirm.`,
  ],
  next(situation, { name = "" }) {
    const { page } = situation;
    const field = page.find({ editable: true });
    const ok = page.button("OK");
    if (field && ok) return fill(3, field, name) ?? tap(3, ok);
    const row = page.find({ says: "Device name", clickable: true });
    if (row?.lines.includes(name)) return finish(`The phone is called ${name}.`);
    return alongSettings(["About phone", "Device name"], situation);
  },
};
