import { tap } from "../moves.ts";
import type { Move, Situation } from "../skill.ts";
import { into, leave } from "../ways.ts";

/** Into Files (stage 1) and to one of the places of its drawer (stage 2), with nothing selected or open. */
export function toPlace(place: string, situation: Situation): Move | undefined {
  const { page } = situation;
  const open = into("Files", situation);
  if (open) return open;
  if (page.shows("Close navigation drawer")) {
    const row = page.find({ says: place, clickable: true });
    return row ? tap(2, row) : leave(2, situation);
  }
  const out = page.button(/^(?:collapse|done)$/iu);
  if (out) return tap(2, out);
  const breadcrumb = page.find({ says: place, id: "breadcrumb_text", clickable: true });
  if (breadcrumb) return tap(2, breadcrumb);
  if (page.find({ says: place, clickable: false })) return undefined;
  const roots = page.button("Show roots");
  return roots ? tap(2, roots) : leave(2, situation);
}
