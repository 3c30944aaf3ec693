import { finish, tap } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { into, said } from "../ways.ts";
import { searchEvent } from "./calendar-way.ts";

const deleting = "This deletes the event.";

export const eventDelete: Skill = {
  name: "event: delete",
  goals: [
    /\b(?:remove|delete) the (?:calendar )?event "?(?<title>[^"]+?)"? (?:from|in) (?:the |my )?(?:simple )?calendar\b/iu,
  ],
  plan: ({ title }) => ["Open Simple Calendar Pro.", `Search for ${title}.`, "Open the event and delete it."],
  next(situation, { title = "" }) {
    const { page } = situation;
    const open = into("Simple Calendar Pro", situation);
    if (open) return open;
    const yes = page.button("Yes");
    if (yes) return tap(3, yes, deleting);
    const remove = page.find({ says: "Delete", id: "delete" });
    if (remove && page.field("event_title")?.lines[0] === title) return tap(3, remove);
    const found = searchEvent(title, situation);
    if ("row" in found) return tap(3, found.row);
    const gone = page.shows("No items found.") && page.field("top_toolbar_search")?.lines[0] === title;
    return gone && said(situation, deleting) ? finish(`The event ${title} is deleted.`) : found;
  },
};
