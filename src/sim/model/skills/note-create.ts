import { finish, tap } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { fill, into, leave, said } from "../ways.ts";
import { noteEditor, noteRow, toNotes } from "./notes-way.ts";

const saving = "The text stands there, so I save it.";

export const noteCreate: Skill = {
  name: "note: create",
  goals: [
    /\bcreate a (?:new )?note (?:in markor )?(?:named|called) (?<name>\S+?\.\w+) (?:in markor )?with (?:the )?(?:following )?text:? (?<text>[^]+)$/iu,
  ],
  plan: ({ name, text }) => [
    "Open the Markor app.",
    `Make a new note named ${name}.`,
    `Write the text: ${text}`,
    "Save the note.",
  ],
  next(situation, { name = "", text = "" }) {
    const { page } = situation;
    const open = into("Markor", situation);
    if (open) return open;
    const editor = noteEditor(page, name);
    if (editor) {
      const save = page.button("Save");
      const typing = fill(3, editor, text);
      if (typing || !save) return typing ?? leave(3, situation);
      return said(situation, saving) ? finish(`The note ${name} is saved.`) : tap(4, save, saving);
    }
    const title = page.field("new_file_dialog__name");
    const ending = page.field("new_file_dialog__ext");
    const ok = page.button("OK");
    if (title && ending && ok) {
      const [stem, extension] = [name.replace(/\.[^.]+$/u, ""), name.slice(name.lastIndexOf("."))];
      return fill(2, title, stem) ?? fill(2, ending, extension) ?? tap(2, ok);
    }
    const way = toNotes(situation);
    if (way) return way;
    const there = noteRow(page, name) ?? page.button("Create a new file or folder");
    return there ? tap(2, there) : leave(2, situation);
  },
};
