import { finish, tap } from "../moves.ts";
import type { Skill, Values } from "../skill.ts";
import { alongSettings } from "./settings-path.ts";

interface SwitchSetting {
  name: string;
  goals: RegExp[];
  /** Rows on the way to its page. */
  path: string[];
  /** What the switch itself is called. */
  label: string;
}

const switches: SwitchSetting[] = [
  {
    name: "Wi-Fi",
    goals: [
      /\b(?:turn|switch) (?<state>on|off) (?:the )?wi-?fi\b/iu,
      /\b(?:turn|switch) (?:the )?wi-?fi (?<state>on|off)\b/iu,
    ],
    path: ["Network & internet", "Internet"],
    label: "Wi-Fi",
  },
  {
    name: "Bluetooth",
    goals: [
      /\b(?:turn|switch) (?<state>on|off) bluetooth\b/iu,
      /\b(?:turn|switch) bluetooth (?<state>on|off)\b/iu,
    ],
    path: ["Connected devices", "Connection preferences", "Bluetooth"],
    label: "Use Bluetooth",
  },
  {
    name: "airplane mode",
    goals: [
      /\b(?:turn|switch) (?<state>on|off) (?:the )?airplane mode\b/iu,
      /\b(?:turn|switch) (?:the )?airplane mode (?<state>on|off)\b/iu,
      /\bput (?:the|my) phone in(?:to)? airplane mode\b/iu,
    ],
    path: ["Network & internet"],
    label: "Airplane mode",
  },
];

/** Wi-Fi, Bluetooth and airplane mode. */
export const switchSettings: Skill[] = switches.map(({ name, goals, path, label }) => ({
  name: `switch ${name}`,
  goals,
  plan: (values) => [
    "Open the Settings app.",
    `Go to ${path.join(", ")}.`,
    `Switch ${name} ${stateOf(values)}.`,
  ],
  next(situation, values) {
    const state = stateOf(values);
    const toggle = situation.page.toggle(label);
    if (!toggle) return alongSettings(path, situation);
    if (toggle.checked === (state === "on")) return finish(`${name} is ${state}.`);
    return tap(3, toggle, `The switch of ${name} is not ${state} yet.`);
  },
}));

function stateOf(values: Values): string {
  return values["state"]?.toLowerCase() ?? "on";
}
