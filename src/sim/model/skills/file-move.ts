import { finish, giveUp, tap } from "../moves.ts";
import type { Move, Situation, Skill } from "../skill.ts";
import { into, leave, said, seek } from "../ways.ts";
import { selectInDownloads } from "./files-select.ts";

const moving = "This moves the file here.";

export const fileMove: Skill = {
  name: "file: move",
  goals: [
    /\bmove the file "?(?<name>\S+?)"? from (?:the |my )?downloads(?: folder)? to (?:the |my )?(?<folder>[^.]+?)(?: folder)?\.?$/iu,
  ],
  plan: ({ name, folder }) => [
    "Open the Files app.",
    "Go to Downloads.",
    `Select ${name}.`,
    `Choose to move it, and go to ${folder}.`,
    "Move it there.",
  ],
  next(situation, { name = "", folder = "" }) {
    const { page } = situation;
    const open = into("Files", situation);
    if (open) return open;
    if (page.shows(`Move ${name}`)) return chooseFolder(situation, folder);
    if (said(situation, moving)) return finish(`${name} is in ${folder}.`);
    const move = page.button("Move to…");
    if (move) return tap(4, move);
    const way = selectInDownloads(name, situation);
    if (way) return way;
    const more = page.button("More options");
    return more ? tap(4, more) : leave(4, situation);
  },
};

/** The picker: folders below the phone's own storage. */
function chooseFolder(situation: Situation, folder: string): Move {
  const { page } = situation;
  if (page.find({ says: folder, clickable: false })) {
    const here = page.button("MOVE");
    return here ? tap(5, here, moving) : leave(5, situation);
  }
  const row = page.find({ says: folder, id: "item_root" });
  if (row) return tap(4, row);
  const drawerRow = page.shows("Close navigation drawer")
    ? page.all({ clickable: true }).findLast((one) => one.lines.length > 0)
    : undefined;
  if (drawerRow) return tap(4, drawerRow, "The phone's own storage is the last place in the drawer.");
  const roots = page.button("Show roots");
  if (roots && page.shows("Downloads")) return tap(4, roots);
  return seek(4, `the folder ${folder}`, situation) ?? giveUp(4, `There is no folder ${folder}.`);
}
