import { finish, tap } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { fill, leave } from "../ways.ts";
import { message, toThread } from "./sms-thread.ts";

const number = String.raw`(?<number>\+?[\d ()-]+\d)`;

/** A new message, or the answer to one. */
export const smsSend: Skill = {
  name: "SMS: send",
  goals: [
    new RegExp(
      String.raw`\bsend (?:a )?(?:text message|text|sms|message) to ${number}[^:]*: (?<text>[^]+)$`,
      "iu",
    ),
    new RegExp(
      String.raw`\breply to (?:the )?(?:text message|text|sms|message) from ${number} with: (?<text>[^]+)$`,
      "iu",
    ),
  ],
  plan: (values) => [
    "Open Simple SMS Messenger.",
    `Open the conversation with ${values["number"]}.`,
    "Write the message and send it.",
    "See the message in the conversation.",
  ],
  next(situation, { number = "", text = "" }) {
    const { page } = situation;
    const way = toThread(number, situation, { write: true });
    if (way) return way;
    // Of a message of several lines, each is a line of its element.
    const [line] = text.split("\n");
    if (line !== undefined && page.find({ says: line, id: message }))
      return finish(`The message to ${number} is sent.`);
    const field = page.field("thread_type_message");
    const send = page.button("Send");
    return (field && fill(3, field, text)) ?? (send ? tap(3, send) : leave(3, situation));
  },
};
