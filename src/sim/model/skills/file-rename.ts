import { finish, tap } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { fill, into, leave } from "../ways.ts";
import { selectInDownloads } from "./files-select.ts";

export const fileRename: Skill = {
  name: "file: rename",
  goals: [
    /\brename the file "?(?<old>\S+?)"? (?:(?:from|in) (?:the |my )?downloads\S* )?(?:to|as) "?(?<name>[^\s"]+?)"?\.?$/iu,
  ],
  plan: ({ old, name }) => [
    "Open the Files app.",
    "Go to Downloads.",
    `Select ${old}.`,
    `Rename it to ${name}.`,
    `See ${name} in the list.`,
  ],
  next(situation, { old = "", name = "" }) {
    const { page } = situation;
    const open = into("Files", situation);
    if (open) return open;
    const field = page.find({ id: "text1", editable: true });
    if (field) {
      const ok = page.button("OK");
      return fill(4, field, name) ?? (ok ? tap(4, ok) : leave(4, situation));
    }
    if (page.find({ says: name, id: "item_root" }) && !page.find({ says: old, id: "item_root" })) {
      return finish(`${old} is called ${name} now.`);
    }
    const rename = page.button("Rename");
    if (rename) return tap(4, rename);
    const way = selectInDownloads(old, situation);
    if (way) return way;
    const more = page.button("More options");
    return more ? tap(4, more) : leave(4, situation);
  },
};
