import { finish, tap } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { into, leave, said } from "../ways.ts";
import { noteRow, selectNote, toNotes } from "./notes-way.ts";

const deleting = "This deletes the note.";

export const noteDelete: Skill = {
  name: "note: delete",
  goals: [/\b(?:delete|remove) the (?:markor )?note (?<name>\S+?\.\w+)/iu],
  plan: ({ name }) => ["Open the Markor app.", `Select the note ${name}.`, "Delete it and confirm."],
  next(situation, { name = "" }) {
    const { page } = situation;
    const open = into("Markor", situation);
    if (open) return open;
    const ok = page.button("OK");
    if (ok)
      return page.shows("Confirm Delete") && page.shows(name) ? tap(3, ok, deleting) : leave(2, situation);
    if (!noteRow(page, name) && said(situation, deleting)) {
      return toNotes(situation) ?? finish(`The note ${name} is deleted.`);
    }
    const way = selectNote(name, situation);
    if (way) return way;
    const remove = page.button("Delete");
    return remove ? tap(3, remove) : leave(3, situation);
  },
};
