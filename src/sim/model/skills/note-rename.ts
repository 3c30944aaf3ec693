import { finish, tap } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { fill, into, leave } from "../ways.ts";
import { noteRow, selectNote } from "./notes-way.ts";

export const noteRename: Skill = {
  name: "note: rename",
  goals: [/\brename the (?:markor )?note (?<old>\S+?\.\w+) (?:in markor )?(?:to|as) (?<name>\S+?\.\w+)/iu],
  plan: ({ old, name }) => ["Open the Markor app.", `Select the note ${old}.`, `Rename it to ${name}.`],
  next(situation, { old = "", name = "" }) {
    const { page } = situation;
    const open = into("Markor", situation);
    if (open) return open;
    const field = page.field("new_name");
    const ok = page.button("OK");
    if (field && ok) return fill(3, field, name) ?? tap(3, ok);
    if (noteRow(page, name) && !noteRow(page, old)) return finish(`${old} is called ${name} now.`);
    const way = selectNote(old, situation);
    if (way) return way;
    const rename = page.button("Rename");
    return rename ? tap(3, rename) : leave(3, situation);
  },
};
