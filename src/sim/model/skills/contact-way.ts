import { giveUp, tap } from "../moves.ts";
import type { Move, Situation } from "../skill.ts";
import { fill, into, leave } from "../ways.ts";

/** Into Contacts (stage 1) and to a person's page (stage 2) by way of the search. */
export function toContact(name: string, situation: Situation): Move | undefined {
  const { page } = situation;
  const open = into("Contacts", situation);
  if (open) return open;
  if (page.find({ id: "large_title", says: name })) return undefined;
  const search = page.field("open_search_bar");
  if (!search) return leave(2, situation);
  const row = page.find({ says: name, clickable: true, editable: false });
  if (row) return tap(2, row);
  return fill(2, search, name) ?? giveUp(2, `There is no contact called ${name}.`);
}
