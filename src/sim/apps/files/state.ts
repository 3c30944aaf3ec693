import type { ActivityContext } from "../app.ts";
import { entryAt, listDeep, sorted, type Entry, type Sorting } from "./entries.ts";
import { listRoot, rootOf, type RootId } from "./roots.ts";

export type FilesDialog =
  | { kind: "menu" | "selectionMenu" | "sort" | "delete" | "info" }
  | { kind: "newFolder"; text: string }
  | { kind: "rename"; text: string; error?: string };

/** A copy or move on its way: what is taken, until a folder is chosen. */
export interface Transfer {
  moving: boolean;
  sources: string[];
}

export interface FilesState {
  root: RootId;
  /** The folder that is shown; absent in a collection such as Recent. */
  folder?: string | undefined;
  selected: string[];
  sorting: Sorting;
  query?: string | undefined;
  drawer: boolean;
  dialog?: FilesDialog | undefined;
  /** Present in the screen that asks where to. */
  transfer?: Transfer;
}

export type FilesContext = ActivityContext<FilesState>;

export function openRoot(state: FilesState, id: RootId): void {
  state.root = id;
  state.folder = rootOf(id).folder;
  state.selected = [];
  state.query = undefined;
  state.drawer = false;
  if (id === "recent") state.sorting = { by: "date", descending: true };
}

export function openFolder(context: FilesContext, path: string): void {
  context.state.folder = path;
  context.state.selected = [];
  context.state.query = undefined;
  context.hideKeyboard();
  context.scrollToStart("dir_list");
}

/** What is on the screen, in its order. A search looks below the folder too. */
export function shownEntries(context: FilesContext): Entry[] {
  const { state } = context;
  const root = rootOf(state.root);
  const wanted = state.query?.trim().toLowerCase() ?? "";
  if (wanted === "") return sorted(listRoot(context, root, state.folder), state.sorting);
  const all =
    state.folder === undefined ? listRoot(context, root, undefined) : listDeep(context, state.folder, true);
  return sorted(
    all.filter((entry) => entry.name.toLowerCase().includes(wanted)),
    state.sorting,
  );
}

/** Selected files that are still there. */
export function selection(context: FilesContext): Entry[] {
  return context.state.selected
    .filter((path) => context.files.exists(path))
    .map((path) => entryAt(context, path));
}
