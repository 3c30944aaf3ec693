import { giveUp, tap } from "../moves.ts";
import type { PageElement } from "../prompt/listing.ts";
import type { Move, Situation } from "../skill.ts";
import { fill, into, leave } from "../ways.ts";

/** Into Simple Calendar Pro (stage 1), to its search (stage 2), and searches for the event (stage 2). */
export function searchEvent(title: string, situation: Situation): Move | { row: PageElement } {
  const { page } = situation;
  const open = into("Simple Calendar Pro", situation);
  if (open) return open;
  const field = page.field("top_toolbar_search");
  if (!field) {
    const search = page.find({ says: "Search", id: "search" });
    return search ? tap(2, search) : leave(2, situation);
  }
  const typing = fill(2, field, title);
  if (typing) return typing;
  const row = page.find({ says: title, id: "event_item_holder" });
  return row ? { row } : giveUp(2, `There is no event called ${title}.`);
}
