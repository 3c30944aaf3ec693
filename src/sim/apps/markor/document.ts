import { alertDialog, appBar, column, menu } from "../../ui/index.ts";
import type { WindowContent } from "../../ui/index.ts";
import type { AppContext, Intent } from "../../system/services.ts";
import { activity } from "../app.ts";
import { fileInfo } from "./info.ts";
import { baseName, NOTEBOOK } from "./notebook.ts";
import { openText, textActions, textPage, type TextState } from "./text-editor.ts";

type State = { text: TextState; open: "" | "menu" | "info" };

/** One file: its text to edit or to read. */
export const document = activity<State>({
  create: open,
  resume(context, _result, intent) {
    if (intent) context.state = open(context, intent);
  },
  view(context) {
    const { state } = context;
    const name = baseName(state.text.path);
    const close = (): void => {
      state.open = "";
    };
    const content: WindowContent = {
      root: column(
        [
          appBar({
            title: name.replace(/(?<=.)\.[^.]+$/u, ""),
            onUp: () => context.finish(),
            actions: textActions(context, state.text),
            onMore: () => {
              state.open = "menu";
            },
          }),
          textPage(context, state.text),
        ],
        { style: { grow: 1 } },
      ),
    };
    if (state.open === "menu")
      content.overlay = {
        look: "menu",
        onDismiss: close,
        view: menu([
          {
            text: "Reload",
            onTap: () => {
              close();
              state.text = openText(context, state.text.path, state.text.preview);
            },
          },
          {
            text: "Details",
            onTap: () => {
              state.open = "info";
            },
          },
        ]),
      };
    if (state.open === "info")
      content.overlay = {
        look: "dialog",
        onDismiss: close,
        view: alertDialog({
          title: "Details",
          body: fileInfo(context, state.text.path),
          positive: { text: "OK", onTap: close },
        }),
      };
    return content;
  },
});

/** From the browser (extra `path`), or a file that another app opens or a text that it shares. */
function open(context: AppContext, intent: Intent): State {
  const path = intent.extras?.["path"];
  const shared = intent.extras?.["android.intent.extra.TEXT"];
  const file = /^file:\/\/(\/.*)$/u.exec(intent.data ?? "")?.[1];
  const target =
    typeof path === "string"
      ? path
      : file === undefined
        ? `${NOTEBOOK}/QuickNote.md`
        : decodeURIComponent(file);
  const text = openText(context, target);
  if (intent.action === "android.intent.action.SEND" && typeof shared === "string") {
    text.content = text.content === "" ? shared : `${text.content}\n${shared}`;
    context.files.write(target, text.content);
  }
  return { text, open: "" };
}
