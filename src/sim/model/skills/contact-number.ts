import { finish, giveUp } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { isPhoneNumber } from "../ways.ts";
import { toContact } from "./contact-way.ts";

export const contactNumber: Skill = {
  name: "contact: number",
  goals: [/\bwhat(?: is|'s) (?:the )?(?:phone )?number of (?<name>[^?]+)\?/iu],
  plan: ({ name }) => ["Open the Contacts app.", `Open the contact ${name}.`, "Answer with the number."],
  next(situation, { name = "" }) {
    const way = toContact(name, situation);
    if (way) return way;
    const number = situation.page.elements.flatMap((element) => element.lines).find(isPhoneNumber);
    return number === undefined
      ? giveUp(3, `${name} has no phone number.`)
      : finish(number, `The number of ${name} is ${number}.`);
  },
};
