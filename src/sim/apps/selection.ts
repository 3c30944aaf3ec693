/** What lists have alike in which a long press starts a selection. */
import type { BarAction } from "../ui/index.ts";

interface Selecting {
  selected: number[];
}

/** Selects a row, or takes it out of the selection. */
export function toggle(state: Selecting, id: number): void {
  state.selected = state.selected.includes(id)
    ? state.selected.filter((other) => other !== id)
    : [...state.selected, id];
}

/** The back key ends a selection first, and then a search. False where there is neither. */
export function backOut(state: Selecting & { search: string }): boolean {
  if (state.selected.length > 0) state.selected = [];
  else if (state.search === "") return false;
  else state.search = "";
  return true;
}

/** The bin in the bar over a selection, as the Simple apps have it. */
export function deleteAction(onTap: () => void): BarAction {
  return { icon: "delete", desc: "Delete", id: "cab_delete", onTap };
}
