import { alertDialog, listItem, menu, radio, checkBox, textField } from "../../ui/index.ts";
import type { WindowContent } from "../../ui/index.ts";
import type { BrowserContext } from "./browser-state.ts";
import { fileInfo } from "./info.ts";
import { newFileDialog } from "./new-file-dialog.ts";
import {
  baseName,
  cleanName,
  copyTree,
  isFolder,
  listFolder,
  NOTEBOOK,
  parentOf,
  readSort,
  writeSort,
  type SortBy,
} from "./notebook.ts";

type Overlay = NonNullable<WindowContent["overlay"]>;

/** The dialog or menu that is open over the list. */
export function browserDialog(
  context: BrowserContext,
  openFile: (path: string) => void,
): Overlay | undefined {
  const { state } = context;
  const close = (): void => {
    state.open = "";
  };
  const closeNew = (): void => {
    state.newFile = null;
  };
  if (state.newFile)
    return newFileDialog(
      context,
      state.newFile,
      state.folder,
      (path) => {
        if (!isFolder(context, path)) openFile(path);
      },
      closeNew,
    );
  if (state.open === "sort") return sortDialog(context, close);
  if (state.open === "selection") return { look: "menu", onDismiss: close, view: selectionMenu(context) };
  if (state.open === "delete") return deleteDialog(context, close);
  if (state.open === "rename") return renameDialog(context, close);
  if (state.open === "move" || state.open === "copy") return folderDialog(context, state.open, close);
  if (state.open === "info")
    return {
      look: "dialog",
      onDismiss: close,
      view: alertDialog({
        title: "Details",
        body: fileInfo(context, state.selected[0] ?? state.folder),
        positive: { text: "OK", onTap: close },
      }),
    };
  return undefined;
}

function sortDialog(context: BrowserContext, close: () => void): Overlay {
  const { by, reverse } = readSort(context);
  const orders: [SortBy, string][] = [
    ["name", "Name"],
    ["date", "Date"],
    ["size", "Size"],
  ];
  return {
    look: "dialog",
    onDismiss: close,
    view: alertDialog({
      title: "Sort by",
      body: [
        ...orders.map(([order, label]) =>
          radio({
            text: label,
            checked: by === order,
            onToggle: () => writeSort(context, { by: order, reverse }),
          }),
        ),
        checkBox({
          text: "Reverse order",
          checked: reverse,
          onToggle: (checked) => writeSort(context, { by, reverse: checked }),
        }),
      ],
      positive: { text: "OK", onTap: close },
    }),
  };
}

function selectionMenu(context: BrowserContext) {
  const { state } = context;
  const choose = (what: "move" | "copy") => () => {
    state.target = state.folder;
    state.open = what;
  };
  const items = [
    { text: "Move", onTap: choose("move") },
    { text: "Copy", onTap: choose("copy") },
    {
      text: "Select all",
      onTap: () => {
        state.selected = listFolder(context, state.folder).map((entry) => entry.path);
        state.open = "";
      },
    },
  ];
  if (state.selected.length === 1)
    items.push({
      text: "Details",
      onTap: () => {
        state.open = "info";
      },
    });
  return menu(items);
}

function deleteDialog(context: BrowserContext, close: () => void): Overlay {
  const { state } = context;
  const names = state.selected.map((path) => baseName(path));
  return {
    look: "dialog",
    onDismiss: close,
    view: alertDialog({
      title: "Confirm Delete",
      message: `Do you really want to delete this ${names.length === 1 ? "file" : "selection"}?\n\n${names.join("\n")}`,
      negative: { text: "Cancel", onTap: close },
      positive: {
        text: "OK",
        onTap: () => {
          for (const path of state.selected) context.files.remove(path);
          state.selected = [];
          close();
        },
      },
    }),
  };
}

function renameDialog(context: BrowserContext, close: () => void): Overlay {
  const { state } = context;
  const rename = (): void => {
    const path = state.selected[0];
    const name = cleanName(state.rename);
    if (path === undefined || name === "") {
      context.toast("Please enter a name");
      return;
    }
    const target = `${parentOf(path)}/${name}`;
    if (target !== path) {
      if (context.files.exists(target)) {
        context.toast("File/folder already exists! Please use a different name");
        return;
      }
      context.files.move(path, target);
    }
    state.selected = [];
    close();
  };
  return {
    look: "dialog",
    onDismiss: close,
    view: alertDialog({
      title: "Rename",
      body: [
        textField({
          id: "new_name",
          hint: "Name",
          value: state.rename,
          autoFocus: true,
          onChange: (value) => {
            state.rename = value;
          },
          onSubmit: rename,
        }),
      ],
      negative: { text: "Cancel", onTap: close },
      positive: { text: "OK", onTap: rename },
    }),
  };
}

function folderDialog(context: BrowserContext, work: "move" | "copy", close: () => void): Overlay {
  const { state } = context;
  const folders = listFolder(context, state.target).filter(
    (entry) => entry.folder && !state.selected.includes(entry.path),
  );
  const up =
    state.target === NOTEBOOK
      ? []
      : [
          listItem({
            title: "..",
            leading: "folder",
            onTap: () => {
              state.target = parentOf(state.target);
            },
          }),
        ];
  return {
    look: "dialog",
    onDismiss: close,
    view: alertDialog({
      title: `Select folder: ${baseName(state.target)}`,
      body: [
        ...up,
        ...folders.map((folder) =>
          listItem({
            title: folder.name,
            leading: "folder",
            onTap: () => {
              state.target = folder.path;
            },
          }),
        ),
      ],
      negative: { text: "Cancel", onTap: close },
      positive: {
        text: "Select this folder",
        onTap: () => {
          for (const path of state.selected) transfer(context, path, work);
          state.selected = [];
          close();
        },
      },
    }),
  };
}

function transfer(context: BrowserContext, path: string, work: "move" | "copy"): void {
  const { target } = context.state;
  const to = `${target}/${baseName(path)}`;
  if (context.files.exists(to)) context.toast(`'${baseName(path)}' already exists in ${baseName(target)}`);
  else if (work === "move") context.files.move(path, to);
  else copyTree(context, path, to);
}
