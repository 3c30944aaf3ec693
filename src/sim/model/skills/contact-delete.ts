import { finish, tap } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { into, leave, said } from "../ways.ts";
import { toContact } from "./contact-way.ts";

const deleting = "This deletes the contact for good.";

export const contactDelete: Skill = {
  name: "contact: delete",
  goals: [/\b(?:delete|remove) (?:the )?contact (?<name>[^.]+)/iu],
  plan: ({ name }) => [
    "Open the Contacts app.",
    `Open the contact ${name}.`,
    "Delete the contact and confirm.",
  ],
  next(situation, { name = "" }) {
    const { page } = situation;
    const open = into("Contacts", situation);
    if (open) return open;
    if (page.shows("Delete contact?")) {
      const confirm = page.find({ says: "Delete", kind: "Button" });
      if (confirm) return tap(3, confirm, deleting);
    }
    const item = page.find({ says: "Delete", clickable: true });
    if (item && !page.shows("Clear selection")) return tap(3, item);
    const way = toContact(name, situation);
    if (page.shows("No contacts found") && said(situation, deleting))
      return finish(`The contact ${name} is deleted.`);
    if (way) return way;
    const more = page.button("More options");
    return more ? tap(3, more) : leave(3, situation);
  },
};
