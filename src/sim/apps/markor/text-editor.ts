import { scroll, text, textField, theme } from "../../ui/index.ts";
import type { BarAction, View } from "../../ui/index.ts";
import type { ActivityContext } from "../app.ts";

/** An open text file. */
export type TextState = {
  path: string;
  content: string;
  preview: boolean;
  undo: string[];
  redo: string[];
};

/** Texts that undo keeps. */
const UNDO_DEPTH = 40;

export function openText<S>(
  context: Pick<ActivityContext<S>, "files">,
  path: string,
  preview = false,
): TextState {
  const content = context.files.exists(path) ? context.files.readText(path) : "";
  return { path, content, preview, undo: [], redo: [] };
}

/** Undo, redo, save, and the switch between editing and reading. */
export function textActions<S>(context: ActivityContext<S>, state: TextState): (BarAction | false)[] {
  const swap = (from: string[], to: string[]) => () => {
    const other = from.pop();
    if (other === undefined) return;
    to.push(state.content);
    state.content = other;
    write(context, state);
  };
  return [
    !state.preview && {
      icon: "reset",
      desc: "Undo",
      id: "action_undo",
      enabled: state.undo.length > 0,
      onTap: swap(state.undo, state.redo),
    },
    {
      icon: "save",
      desc: "Save",
      id: "action_save",
      onTap: () => {
        write(context, state);
        context.hideKeyboard();
        context.toast("Saved");
      },
    },
    {
      icon: state.preview ? "edit" : "view",
      desc: state.preview ? "Edit mode" : "View mode",
      id: state.preview ? "action_edit" : "action_preview",
      onTap: () => {
        state.preview = !state.preview;
        context.hideKeyboard();
      },
    },
  ];
}

/** The text, to write or to read. */
export function textPage<S>(context: ActivityContext<S>, state: TextState): View {
  if (state.preview)
    return scroll("document__fragment_webview", previewOf(state.content), {
      style: { grow: 1, paddingHorizontal: 16 },
    });
  return scroll(
    "document__fragment__edit__content_editor__scrolling_parent",
    [
      textField({
        id: "document__fragment__edit__highlighting_editor",
        value: state.content,
        multiline: true,
        plain: true,
        onChange: (value) => {
          state.undo = [...state.undo, state.content].slice(-UNDO_DEPTH);
          state.redo = [];
          state.content = value;
          write(context, state);
        },
        style: { minHeight: 320, padding: 12 },
      }),
    ],
    { style: { grow: 1 } },
  );
}

/**
 * The app saves when its screen is left, however that comes about; a screen of the simulated device is not
 * told of the home key, so every change is written at once.
 */
function write<S>(context: ActivityContext<S>, { path, content }: TextState): void {
  if (content === "" && !context.files.exists(path)) return;
  context.files.write(path, content);
}

/** Markdown as it reads: headings, lists, check boxes and paragraphs. */
function previewOf(content: string): View[] {
  return content
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const heading = /^(#{1,6})\s+(.*)$/u.exec(line);
      if (heading)
        return text(heading[2]!, {
          size: 30 - heading[1]!.length * 3,
          bold: true,
          style: { paddingVertical: 6 },
        });
      const item = /^(\s*)[-*+]\s+(?:\[([ xX])\]\s+)?(.*)$/u.exec(line);
      if (!item) return text(plain(line), { size: 16, style: { paddingVertical: 4 } });
      const mark = item[2] === undefined ? "•" : item[2] === " " ? "☐" : "☑";
      return text(`${mark} ${plain(item[3]!)}`, {
        size: 16,
        color: theme.text,
        style: { paddingVertical: 3, marginHorizontal: item[1]!.length * 6 },
      });
    });
}

/** A line without the signs of bold, italic and code. */
function plain(line: string): string {
  return line.replace(/(\*\*|__|[*_`])(?=\S)(.+?)(?<=\S)\1/gu, "$2");
}
