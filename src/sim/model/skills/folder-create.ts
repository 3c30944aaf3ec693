import { finish, tap } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { fill, into, leave } from "../ways.ts";
import { toPlace } from "./files-way.ts";

export const folderCreate: Skill = {
  name: "folder: create",
  goals: [
    /\b(?:make|create) a (?:new )?folder (?:named|called) "?(?<name>[^"]+?)"? in (?:the |my )?downloads\b/iu,
  ],
  plan: ({ name }) => [
    "Open the Files app.",
    "Go to Downloads.",
    `Make a folder named ${name}.`,
    "See the folder there.",
  ],
  next(situation, { name = "" }) {
    const { page } = situation;
    const open = into("Files", situation);
    if (open) return open;
    const field = page.find({ id: "text1", editable: true });
    if (field) {
      const ok = page.button("OK");
      return fill(3, field, name) ?? (ok ? tap(3, ok) : leave(3, situation));
    }
    const make = page.button("New folder");
    if (make?.enabled) return tap(3, make);
    // The app goes into the new folder, whose name is then its title.
    const inDownloads = page.find({ says: "Downloads", clickable: true, id: "breadcrumb_text" });
    if (inDownloads && page.find({ says: name, clickable: false }))
      return finish(`The folder ${name} is there.`);
    const way = toPlace("Downloads", situation);
    if (way) return way;
    if (page.find({ says: name, id: "item_root" })) return finish(`The folder ${name} is there.`);
    const more = page.button("More options");
    return more ? tap(3, more) : leave(3, situation);
  },
};
