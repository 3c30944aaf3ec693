import type { ActivityContext } from "../app.ts";
import type { NewFileState } from "./new-file-dialog.ts";
import type { TextState } from "./text-editor.ts";

export type Tab = "files" | "todo" | "quicknote" | "more";

export type BrowserState = {
  tab: Tab;
  folder: string;
  /** Paths. */
  selected: string[];
  search: string | null;
  open: "" | "menu" | "sort" | "selection" | "delete" | "rename" | "info" | "move" | "copy";
  /** What the rename field holds. */
  rename: string;
  /** Where the folder chooser stands. */
  target: string;
  newFile: NewFileState | null;
  /** The page of the ToDo or QuickNote tab. */
  text: TextState;
};

export type BrowserContext = ActivityContext<BrowserState>;
