import { appBar, bottomNav, column, emptyState, fab, list, listItem, searchField } from "../../ui/index.ts";
import type { View, WindowContent } from "../../ui/index.ts";
import { activity } from "../app.ts";
import { browserDialog } from "./browser-dialogs.ts";
import type { BrowserContext, BrowserState, Tab } from "./browser-state.ts";
import { fileList, openFile } from "./file-list.ts";
import { openNewFile } from "./new-file-dialog.ts";
import { baseName, listFolder, NOTEBOOK, parentOf, QUICK_NOTE, searchFolder, TODO } from "./notebook.ts";
import { openText, textActions, textPage } from "./text-editor.ts";

/** The files of the notebook, and the tabs beside them. */
export const browser = activity<BrowserState>({
  create: (context) => ({
    tab: "files",
    folder: NOTEBOOK,
    selected: [],
    search: null,
    open: "",
    rename: "",
    target: NOTEBOOK,
    newFile: null,
    text: openText(context, QUICK_NOTE),
  }),
  resume({ state, files }) {
    // What was selected or open may be gone by now.
    state.selected = state.selected.filter((path) => files.exists(path));
    while (state.folder !== NOTEBOOK && !files.exists(state.folder)) state.folder = parentOf(state.folder);
  },
  view(context) {
    const { state } = context;
    const content: WindowContent = {
      root: column(
        [
          topBar(context),
          page(context),
          navigation(context),
          state.tab === "files" && state.selected.length === 0 && newButton(state),
        ],
        { style: { grow: 1 } },
      ),
    };
    const overlay = browserDialog(context, (path) => openFile(context, path));
    if (overlay) content.overlay = overlay;
    return content;
  },
  back({ state }) {
    if (state.selected.length > 0) state.selected = [];
    else if (state.search !== null) state.search = null;
    else if (state.tab !== "files") state.tab = "files";
    else if (state.folder !== NOTEBOOK) state.folder = parentOf(state.folder);
    else return false;
    return true;
  },
});

function newButton(state: BrowserState): View {
  return fab(
    "add",
    "Create a new file or folder",
    () => {
      state.newFile = openNewFile();
    },
    { id: "fab_add_new_item", style: { absolute: { right: 16, bottom: 96 } } },
  );
}

function topBar(context: BrowserContext): View {
  const { state } = context;
  if (state.selected.length > 0) return selectionBar(context);
  if (state.search !== null)
    return appBar({
      onUp: () => {
        state.search = null;
      },
      content: searchField({
        id: "search_src_text",
        value: state.search,
        hint: "Search",
        autoFocus: true,
        onChange: (value) => {
          state.search = value;
        },
      }),
    });
  if (state.tab === "more") return appBar({ title: "More" });
  if (state.tab !== "files")
    return appBar({
      title: state.tab === "todo" ? "ToDo" : "QuickNote",
      actions: textActions(context, state.text),
    });
  const up = state.folder === NOTEBOOK ? {} : { onUp: () => void (state.folder = parentOf(state.folder)) };
  return appBar({
    title: baseName(state.folder),
    ...up,
    actions: [
      {
        icon: "sort",
        desc: "Sort by",
        id: "action_sort",
        onTap: () => {
          state.open = "sort";
        },
      },
      {
        icon: "search",
        desc: "Search",
        id: "action_search",
        onTap: () => {
          state.search = "";
        },
      },
    ],
  });
}

function selectionBar({ state }: BrowserContext): View {
  const open = (what: BrowserState["open"]) => () => {
    state.open = what;
  };
  const only = state.selected.length === 1 ? state.selected[0] : undefined;
  return appBar({
    title: `${state.selected.length} Selected`,
    onUp: () => {
      state.selected = [];
    },
    up: { icon: "close", desc: "Clear selection" },
    actions: [
      only !== undefined && {
        icon: "edit",
        desc: "Rename",
        id: "action_rename_selected_item",
        onTap: () => {
          state.rename = baseName(only);
          state.open = "rename";
        },
      },
      { icon: "delete", desc: "Delete", id: "action_delete_selected_items", onTap: open("delete") },
    ],
    onMore: open("selection"),
  });
}

function page(context: BrowserContext): View {
  const { state } = context;
  if (state.tab === "more") return morePage();
  if (state.tab !== "files") return textPage(context, state.text);
  if (state.search !== null) {
    const found = state.search.trim() === "" ? [] : searchFolder(context, state.folder, state.search.trim());
    return found.length === 0
      ? emptyState({ icon: "search", title: state.search === "" ? "Search in notes" : "No results" })
      : fileList(context, found);
  }
  const entries = listFolder(context, state.folder);
  if (state.folder === NOTEBOOK && entries.length === 0)
    return emptyState({ title: "¯\\_(ツ)_/¯", message: "Empty directory" });
  return fileList(context, entries);
}

function morePage(): View {
  return list(
    "more_list",
    [
      listItem({ title: "About", subtitle: "Text editor - Notes & ToDo (for Android)", leading: "info" }),
      listItem({ title: "Notebook", subtitle: NOTEBOOK, leading: "folder" }),
      listItem({ title: "QuickNote", subtitle: QUICK_NOTE, leading: "file" }),
      listItem({ title: "ToDo", subtitle: TODO, leading: "check" }),
    ],
    { style: { grow: 1 } },
  );
}

function navigation(context: BrowserContext): View {
  const { state } = context;
  const item = (tab: Tab, label: string, name: "folder" | "check" | "edit" | "more", id: string) => ({
    label,
    icon: name,
    id,
    selected: state.tab === tab,
    onTap: () => {
      state.tab = tab;
      state.selected = [];
      state.search = null;
      if (tab === "todo") state.text = openText(context, TODO);
      if (tab === "quicknote") state.text = openText(context, QUICK_NOTE);
      context.hideKeyboard();
    },
  });
  return bottomNav([
    item("files", "Files", "folder", "nav_notebook"),
    item("todo", "ToDo", "check", "nav_todo"),
    item("quicknote", "QuickNote", "edit", "nav_quicknote"),
    item("more", "More", "more", "nav_more"),
  ]);
}
