import { giveUp, longPress, tap } from "../moves.ts";
import type { Page } from "../page.ts";
import type { PageElement } from "../prompt/listing.ts";
import type { Move, Situation } from "../skill.ts";
import { into, leave, seek } from "../ways.ts";

const rowId = "opoc_filesystem_item__root";

/** Into Markor (stage 1) and to its list of notes, with nothing selected or open. */
export function toNotes(situation: Situation): Move | undefined {
  const { page } = situation;
  const open = into("Markor", situation);
  if (open) return open;
  const tab = page.find({ id: "nav_notebook" });
  if (!tab || page.shows("Clear selection")) return leave(1, situation);
  if (!tab.selected) return tap(1, tab);
  return page.shows("Navigate up") ? leave(1, situation) : undefined;
}

export function noteRow(page: Page, name: string): PageElement | undefined {
  return page.find({ says: name, id: rowId });
}

/** The text field of an open note, whose title is its name without the ending. */
export function noteEditor(page: Page, name: string): PageElement | undefined {
  const title = name.replace(/\.[^.]+$/u, "");
  return page.find({ says: title, clickable: false, editable: false })
    ? page.field(/highlighting_editor$/u)
    : undefined;
}

/** Opens a note of the list (stage 2). */
export function toNote(name: string, situation: Situation): Move | undefined {
  if (noteEditor(situation.page, name)) return undefined;
  const way = toNotes(situation);
  if (way) return way;
  const row = noteRow(situation.page, name);
  if (row) return tap(2, row, `This is the note ${name}.`);
  return seek(2, `the note ${name}`, situation) ?? giveUp(2, `There is no note ${name}.`);
}

/** Selects a note of the list, and nothing else (stage 2). */
export function selectNote(name: string, situation: Situation): Move | undefined {
  const { page } = situation;
  if (page.shows("1 Selected") && noteRow(page, name)?.selected) return undefined;
  const way = toNotes(situation);
  if (way) return way;
  const row = noteRow(page, name);
  if (row) return longPress(2, row, `A long press selects ${name}.`);
  return seek(2, `the note ${name}`, situation) ?? giveUp(2, `There is no note ${name}.`);
}
