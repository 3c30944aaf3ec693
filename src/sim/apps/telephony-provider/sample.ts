import type { SimDatabase } from "../../system/services.ts";
import { samplePhone } from "../sample-people.ts";
import { BOX, insertMessage } from "./store.ts";

const HOUR = 3_600_000;

/** [received or sent, hours ago, text]; the last is the newest. */
type Line = readonly [from: "them" | "me", hoursAgo: number, body: string];

const CONVERSATIONS: readonly { address: string; unread?: boolean; lines: readonly Line[] }[] = [
  {
    address: samplePhone("Alma"),
    unread: true,
    lines: [
      ["me", 30, "Did the plumber come by today?"],
      ["them", 29, "Yes, the sink is fixed."],
      ["them", 2, "The spare key is under the blue flower pot."],
    ],
  },
  {
    address: samplePhone("Clara"),
    lines: [
      ["them", 26, "Are you free for lunch on Friday?"],
      ["me", 25, "Friday works. Where?"],
      ["them", 24.5, "The noodle place on Mill Street, at half past twelve."],
    ],
  },
  {
    address: samplePhone("Daniel"),
    lines: [
      ["them", 52, "Happy birthday! Hope you have a great day."],
      ["me", 51, "Thank you, Daniel!"],
    ],
  },
  {
    address: samplePhone("Greta"),
    lines: [["them", 76, "The book you ordered is ready. We close at 6 pm on weekdays."]],
  },
  {
    address: samplePhone("Henry"),
    unread: true,
    lines: [
      ["me", 6, "Which platform does the train leave from?"],
      ["them", 5, "Platform 7, at 8:42 in the morning."],
    ],
  },
  {
    address: samplePhone("Louis"),
    lines: [
      ["them", 100, "Can you bring the ladder on Saturday?"],
      ["me", 99, "Sure, I will bring it."],
      ["them", 98, "Great, see you at nine."],
    ],
  },
  {
    address: "+15550109988",
    lines: [["them", 124, "Your parcel will arrive tomorrow between 10 and 12."]],
  },
];

export function insertSampleMessages(db: SimDatabase, now: number): void {
  const all = CONVERSATIONS.flatMap(({ address, unread, lines }) =>
    lines.map(([from, hoursAgo, body], i) => ({
      address,
      body,
      date: now - Math.round(hoursAgo * HOUR),
      type: from === "them" ? BOX.inbox : BOX.sent,
      read: unread === true && i === lines.length - 1 ? 0 : 1,
    })),
  ).sort((a, b) => a.date - b.date);
  for (const message of all)
    insertMessage(db, { ...message, date_sent: message.date, seen: 1 }, undefined, message.date);
}
