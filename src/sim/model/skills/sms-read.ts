import { finish, giveUp } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { message, toThread } from "./sms-thread.ts";

export const smsRead: Skill = {
  name: "SMS: read",
  goals: [/\bwhat did (?<number>\+?[\d ()-]+\d) (?:write|say|text)\b[^?]*\blast\b[^?]*\?/iu],
  plan: ({ number }) => [
    "Open Simple SMS Messenger.",
    `Open the conversation with ${number}.`,
    "Answer with the last message that came in.",
  ],
  next(situation, { number = "" }) {
    const way = toThread(number, situation, { write: false });
    if (way) return way;
    const last = situation.page.all({ id: message }).at(-1);
    return last
      ? finish(last.lines.join("\n"), "The last message is the lowest one.")
      : giveUp(3, `There is no message from ${number}.`);
  },
};
