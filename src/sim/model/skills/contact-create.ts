import { finish, tap } from "../moves.ts";
import type { Move, Situation, Skill } from "../skill.ts";
import { fill, into, leave, showsNumber } from "../ways.ts";

/** Line of the plan below. */
const editing = 3;
const [firstName, lastName] = ["first_field", "last_field"];

export const contactCreate: Skill = {
  name: "contact: create",
  goals: [
    /\b(?:create|add) (?:a )?(?:new )?contact (?:for|named|called) (?<first>\S+) (?<last>\S+) with (?:the )?(?:phone )?number (?<number>\+?[\d ()-]+\d)/iu,
  ],
  plan: ({ first, last, number }) => [
    "Open the Contacts app.",
    "Start a new contact.",
    `Enter ${first} ${last} and ${number}, and save.`,
    "See that the contact is there.",
  ],
  next(situation, { first = "", last = "", number = "" }) {
    const { page } = situation;
    const name = `${first} ${last}`;
    const open = into("Contacts", situation);
    if (open) return open;
    if (page.field(firstName)) return edit(situation, { first, last, number });
    if (page.find({ id: "large_title", says: name })) {
      if (page.elements.some((element) => showsNumber(element, number)))
        return finish(`${name} is in the contacts.`);
      const change = page.button("Edit contact");
      if (change) return tap(editing, change, "The number is missing.");
    }
    const row = page.find({ says: name, clickable: true });
    if (row) return tap(4, row);
    const add = page.button("Create contact");
    return add ? tap(2, add) : leave(2, situation);
  },
};

function edit(situation: Situation, contact: { first: string; last: string; number: string }): Move {
  const { page } = situation;
  const fields = [
    [page.field(firstName), contact.first],
    [page.field(lastName), contact.last],
    [page.field("phones_0"), contact.number],
  ] as const;
  for (const [field, text] of fields) {
    const move = field && fill(editing, field, text);
    if (move) return move;
  }
  const save = page.button("Save");
  return save ? tap(editing, save) : leave(editing, situation);
}
