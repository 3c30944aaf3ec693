import { finish, tap } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { fill, into, leave, showsNumber } from "../ways.ts";
import { toContact } from "./contact-way.ts";

export const contactChange: Skill = {
  name: "contact: change number",
  goals: [/\bchange (?:the )?(?:phone )?number of (?<name>.+?) to (?<number>\+?[\d ()-]+\d)/iu],
  plan: ({ name, number }) => [
    "Open the Contacts app.",
    `Open the contact ${name}.`,
    `Change the number to ${number} and save.`,
  ],
  next(situation, { name = "", number = "" }) {
    const { page } = situation;
    const field = page.field("phones_0");
    if (!into("Contacts", situation) && field) {
      const save = page.button("Save");
      return fill(3, field, number) ?? (save ? tap(3, save) : leave(3, situation));
    }
    const way = toContact(name, situation);
    if (way) return way;
    if (page.elements.some((element) => showsNumber(element, number))) {
      return finish(`The number of ${name} is ${number}.`);
    }
    const edit = page.button("Edit contact");
    return edit ? tap(3, edit) : leave(3, situation);
  },
};
