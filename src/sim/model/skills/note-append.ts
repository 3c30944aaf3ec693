import { finish, giveUp, tap, type } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { leave, said } from "../ways.ts";
import { noteEditor, toNote } from "./notes-way.ts";

const saving = "The line stands at the end, so I save the note.";

export const noteAppend: Skill = {
  name: "note: append",
  goals: [
    /\b(?:append|add) the (?:line|text) "?(?<text>.+?)"? (?:to|at) (?:the end of )?(?:the |my )?(?:markor )?note (?<name>\S+?\.\w+)/iu,
    /\b(?:append|add) to (?:the |my )?(?:markor )?note (?<name>\S+?\.\w+)(?: in markor)?(?: the (?:line|text))?: (?<text>[^]+)$/iu,
  ],
  plan: ({ name, text }) => [
    "Open the Markor app.",
    `Open the note ${name}.`,
    `Add the line at its end: ${text}`,
    "Save the note.",
  ],
  next(situation, { name = "", text = "" }) {
    const { page } = situation;
    const way = toNote(name, situation);
    if (way) return way;
    const editor = noteEditor(page, name)!;
    const save = page.button("Save");
    if (/… \(\d+ more\)$/u.test(editor.text))
      return giveUp(3, `The note ${name} is too long to be seen as a whole.`);
    if (editor.lines.at(-1) !== text) return type(3, editor, `${editor.text.replace(/\n+$/u, "")}\n${text}`);
    if (said(situation, saving)) return finish(`The line is in ${name}.`);
    return save ? tap(4, save, saving) : leave(4, situation);
  },
};
