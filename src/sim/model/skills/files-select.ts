import { giveUp, longPress } from "../moves.ts";
import type { Page } from "../page.ts";
import type { Move, Situation } from "../skill.ts";
import { seek } from "../ways.ts";
import { toPlace } from "./files-way.ts";

/** Whether this file, and nothing else, is selected. */
function isSelected(page: Page, name: string): boolean {
  return page.shows("1 selected") && page.all({ says: name }).some((row) => row.selected);
}

/** To Downloads (stages 1 and 2), and selects the file there (stage 3). */
export function selectInDownloads(name: string, situation: Situation): Move | undefined {
  if (isSelected(situation.page, name)) return undefined;
  const way = toPlace("Downloads", situation);
  if (way) return way;
  const row = situation.page.find({ says: name, id: "item_root" });
  if (row) return longPress(3, row);
  return seek(3, `the file ${name}`, situation) ?? giveUp(3, `There is no file ${name} in Downloads.`);
}
