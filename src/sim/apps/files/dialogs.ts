import { alertDialog, menu, radio, row, text, textField, theme, type WindowContent } from "../../ui/index.ts";
import { selectAll } from "./bars.ts";
import { createFolder, rename, validName } from "./changes.ts";
import { formatDate, formatSize, parentOf, typeOf, type Entry, type Sorting } from "./entries.ts";
import { pickActivity } from "./names.ts";
import { openFolder, selection, type FilesContext, type FilesDialog } from "./state.ts";

type Overlay = NonNullable<WindowContent["overlay"]>;

const sortings: readonly { label: string; sorting: Sorting }[] = [
  { label: "File name (A to Z)", sorting: { by: "name", descending: false } },
  { label: "File name (Z to A)", sorting: { by: "name", descending: true } },
  { label: "Type (A to Z)", sorting: { by: "type", descending: false } },
  { label: "Size (largest first)", sorting: { by: "size", descending: true } },
  { label: "Modified (newest first)", sorting: { by: "date", descending: true } },
  { label: "Modified (oldest first)", sorting: { by: "date", descending: false } },
];

export function filesDialog(context: FilesContext, dialog: FilesDialog): Overlay {
  const close = (): void => {
    context.state.dialog = undefined;
    context.hideKeyboard();
  };
  switch (dialog.kind) {
    case "menu":
      return { look: "menu", view: folderMenu(context, close), onDismiss: close };
    case "selectionMenu":
      return { look: "menu", view: selectionMenu(context, close), onDismiss: close };
    case "sort":
      return { look: "dialog", view: sortDialog(context, close), onDismiss: close };
    case "delete":
      return { look: "dialog", view: deleteDialog(context, close), onDismiss: close };
    case "info":
      return { look: "dialog", view: infoDialog(context, close), onDismiss: close };
    case "newFolder":
    case "rename":
      return { look: "dialog", view: nameDialog(context, dialog, close), onDismiss: close };
  }
}

function folderMenu(context: FilesContext, close: () => void): Overlay["view"] {
  const { state } = context;
  return menu([
    {
      text: "New folder",
      enabled: state.folder !== undefined,
      onTap: () => {
        state.dialog = { kind: "newFolder", text: "" };
      },
    },
    {
      text: "Sort by…",
      onTap: () => {
        state.dialog = { kind: "sort" };
      },
    },
    {
      text: "Select all",
      onTap: () => {
        close();
        selectAll(context);
      },
    },
  ]);
}

function selectionMenu(context: FilesContext, close: () => void): Overlay["view"] {
  const { state } = context;
  const files = selection(context);
  const transfer = (moving: boolean): void => {
    close();
    context.startActivity({ component: pickActivity, extras: { moving, sources: state.selected } });
  };
  return menu([
    {
      text: "Select all",
      onTap: () => {
        close();
        selectAll(context);
      },
    },
    { text: "Copy to…", onTap: () => transfer(false) },
    { text: "Move to…", onTap: () => transfer(true) },
    {
      text: "Rename",
      enabled: files.length === 1,
      onTap: () => {
        state.dialog = { kind: "rename", text: files[0]?.name ?? "" };
      },
    },
    {
      text: "Get info",
      enabled: files.length === 1,
      onTap: () => {
        state.dialog = { kind: "info" };
      },
    },
  ]);
}

function sortDialog(context: FilesContext, close: () => void): Overlay["view"] {
  const { state } = context;
  return alertDialog({
    title: "Sort by",
    body: sortings.map(({ label, sorting }) => {
      const checked = sorting.by === state.sorting.by && sorting.descending === state.sorting.descending;
      return radio({
        id: "android:id/text1",
        className: "android.widget.CheckedTextView",
        text: label,
        checked,
        onToggle: () => {
          state.sorting = sorting;
          close();
        },
        style: { minHeight: 48 },
      });
    }),
    negative: { text: "Cancel", onTap: close },
  });
}

function deleteDialog(context: FilesContext, close: () => void): Overlay["view"] {
  const files = selection(context);
  return alertDialog({
    message: deleteQuestion(files),
    positive: {
      text: "OK",
      onTap: () => {
        for (const { path } of files) context.files.remove(path);
        context.state.selected = [];
        close();
      },
    },
    negative: { text: "Cancel", onTap: close },
  });
}

function deleteQuestion(files: readonly Entry[]): string {
  const [first] = files;
  if (files.length === 1 && first !== undefined)
    return first.folder ? `Delete folder “${first.name}” and its contents?` : `Delete “${first.name}”?`;
  const folders = files.filter((entry) => entry.folder).length;
  if (folders === files.length) return `Delete ${folders} folders and their contents?`;
  return folders === 0 ? `Delete ${files.length} files?` : `Delete ${files.length} items?`;
}

function infoDialog(context: FilesContext, close: () => void): Overlay["view"] {
  const [file] = selection(context);
  const lines: [string, string][] =
    file === undefined
      ? []
      : [
          ["Type", file.folder ? "Folder" : typeOf(file.name).mime],
          ...(file.folder ? [] : [["Size", formatSize(file.size)] as [string, string]]),
          ["Modified", formatDate(context, file.mtime)],
          ["Path", parentOf(file.path)],
        ];
  return alertDialog({
    title: file?.name ?? "",
    body: lines.map(([name, value]) =>
      row(
        [
          text(name, { size: 14, color: theme.secondaryText, style: { width: 88 } }),
          text(value, { size: 14 }),
        ],
        { style: { minHeight: 36 } },
      ),
    ),
    positive: { text: "OK", onTap: close },
  });
}

/** Asks for the name of a new folder, or for another name. An empty one cannot be taken. */
function nameDialog(
  context: FilesContext,
  dialog: Extract<FilesDialog, { text: string }>,
  close: () => void,
): Overlay["view"] {
  const ready = dialog.text.trim() !== "";
  const error = dialog.kind === "rename" ? dialog.error : undefined;
  const accept = (): void => {
    if (!ready) return;
    if (dialog.kind === "newFolder") makeFolder(context, dialog.text);
    else if (!renameSelected(context, dialog.text)) {
      dialog.error = "A file with this name already exists.";
      return;
    }
    close();
  };
  return alertDialog({
    title: dialog.kind === "rename" ? "Rename" : "New folder",
    body: [
      textField({
        id: "android:id/text1",
        value: dialog.text,
        hint: "Name",
        autoFocus: true,
        onChange: (typed) => {
          dialog.text = typed;
          if (dialog.kind === "rename") delete dialog.error;
        },
        onSubmit: accept,
      }),
      error !== undefined && text(error, { id: "textinput_error", size: 13, color: theme.error }),
    ],
    positive: { text: "OK", onTap: accept, enabled: ready },
    negative: { text: "Cancel", onTap: close },
  });
}

function makeFolder(context: FilesContext, name: string): void {
  const { folder } = context.state;
  if (folder !== undefined) openFolder(context, createFolder(context, folder, name));
}

function renameSelected(context: FilesContext, name: string): boolean {
  const [file] = selection(context);
  if (file !== undefined && !rename(context, file.path, name)) return false;
  context.state.selected = [];
  context.log("Documents", `renamed to ${validName(name)}`);
  return true;
}
