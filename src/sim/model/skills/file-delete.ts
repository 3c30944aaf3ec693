import { finish, tap } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { into, leave, said } from "../ways.ts";
import { selectInDownloads } from "./files-select.ts";
import { toPlace } from "./files-way.ts";

const deleting = "This deletes the file.";

export const fileDelete: Skill = {
  name: "file: delete",
  goals: [/\b(?:delete|remove) the file "?(?<name>\S+?)"? (?:from|in) (?:the |my )?downloads\b/iu],
  plan: ({ name }) => [
    "Open the Files app.",
    "Go to Downloads.",
    `Select ${name}.`,
    "Delete it and confirm.",
  ],
  next(situation, { name = "" }) {
    const { page } = situation;
    const open = into("Files", situation);
    if (open) return open;
    const confirm = page.button("OK");
    if (confirm) return page.shows(`Delete “${name}”?`) ? tap(4, confirm, deleting) : leave(3, situation);
    const there = page.find({ says: name, id: "item_root" });
    if (!there && said(situation, deleting))
      return toPlace("Downloads", situation) ?? finish(`${name} is deleted.`);
    const way = selectInDownloads(name, situation);
    if (way) return way;
    const remove = page.button("Delete");
    return remove ? tap(4, remove) : leave(4, situation);
  },
};
