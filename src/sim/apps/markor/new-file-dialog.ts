import { alertDialog, column, icon, menu, row, text, textField, theme } from "../../ui/index.ts";
import type { View, WindowContent } from "../../ui/index.ts";
import type { ActivityContext } from "../app.ts";
import { cleanName } from "./notebook.ts";

/** What the dialog keeps while it is open. */
export type NewFileState = { name: string; extension: string; type: string; pickType: boolean };

type Overlay = NonNullable<WindowContent["overlay"]>;

const TYPES: readonly (readonly [label: string, extension: string])[] = [
  ["Markdown", ".md"],
  ["Plain Text", ".txt"],
  ["todo.txt", ".todo.txt"],
  ["AsciiDoc", ".adoc"],
  ["CSV", ".csv"],
  ["OrgMode", ".org"],
];

export function openNewFile(): NewFileState {
  return { name: "", extension: ".md", type: "Markdown", pickType: false };
}

/** Makes a file or, by its left button, a folder. What is there already is opened, never overwritten. */
export function newFileDialog<S>(
  context: ActivityContext<S>,
  dialog: NewFileState,
  folder: string,
  done: (path: string) => void,
  close: () => void,
): Overlay {
  if (dialog.pickType) return typeList(dialog);
  const make = (extension: string, create: (path: string) => void) => () => {
    const name = cleanName(dialog.name);
    if (name === "") {
      context.toast("Please enter a name");
      return;
    }
    const path = `${folder}/${name.endsWith(extension) ? name : name + extension}`;
    if (!context.files.exists(path)) create(path);
    close();
    done(path);
  };
  return {
    look: "dialog",
    onDismiss: close,
    view: alertDialog({
      body: [
        label("Name"),
        row(
          [
            textField({
              id: "new_file_dialog__name",
              hint: "Title",
              value: dialog.name,
              autoFocus: true,
              onChange: (value) => {
                dialog.name = value;
              },
              style: { grow: 3, shrink: 1 },
            }),
            textField({
              id: "new_file_dialog__ext",
              hint: ".md ...",
              value: dialog.extension,
              onChange: (value) => {
                dialog.extension = value;
              },
              style: { width: 84 },
            }),
          ],
          { style: { gap: 8 } },
        ),
        label("Type"),
        spinner("new_file_dialog__type", dialog.type, () => {
          dialog.pickType = true;
        }),
        text("- Folder is created without file extension", { size: 13, color: theme.secondaryText }),
        text("- Files and folders are not overwritten", { size: 13, color: theme.secondaryText }),
      ],
      neutral: { text: "Folder", onTap: make("", (path) => context.files.mkdir(path)) },
      negative: { text: "Cancel", onTap: close },
      positive: {
        text: "OK",
        onTap: make(extensionOf(dialog.extension), (path) => context.files.write(path, "")),
      },
    }),
  };
}

function label(name: string): View {
  return text(name, { size: 13, color: theme.secondaryText, style: { paddingVertical: 4 } });
}

function spinner(id: string, value: string, onTap: () => void): View {
  return row([text(value, { id: "android:id/text1", size: 16, style: { grow: 1 } }), icon("expand")], {
    id,
    className: "android.widget.Spinner",
    onTap,
    style: { minHeight: 44 },
  });
}

function typeList(dialog: NewFileState): Overlay {
  const back = (): void => {
    dialog.pickType = false;
  };
  return {
    look: "dialog",
    onDismiss: back,
    view: column([
      menu(
        TYPES.map(([type, extension]) => ({
          text: type,
          onTap: () => {
            Object.assign(dialog, { type, extension });
            back();
          },
        })),
      ),
    ]),
  };
}

function extensionOf(typed: string): string {
  const clean = cleanName(typed);
  return clean === "" || clean.startsWith(".") ? clean : `.${clean}`;
}
