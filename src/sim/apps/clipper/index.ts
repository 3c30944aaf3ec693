import { appBar, column, text } from "../../ui/index.ts";
import type { AppContext } from "../../system/services.ts";
import { activity, type BroadcastResult, type SimApp } from "../app.ts";

/** Activity.RESULT_OK and RESULT_CANCELED. */
const done = -1;
const cancelled = 0;

/**
 * The app by which automation reads and writes the clipboard for broadcasts
 * (https://github.com/majido/clipper). Reading fails while another app is in front, as for every app.
 */
export const clipper: SimApp = {
  package: "ca.zgrs.clipper",
  label: "Clipper",
  icon: { icon: "copy", background: "#5f6368" },
  versionName: "1.2.1",
  versionCode: 3,
  system: false,
  activities: {
    ".Main": activity({
      create: () => ({}),
      view: () => ({
        root: column(
          [
            appBar({ title: "Clipper" }),
            text("The clipper service runs. It answers the broadcasts clipper.get and clipper.set.", {
              style: { padding: 16 },
            }),
          ],
          { style: { grow: 1 } },
        ),
      }),
    }),
  },
  install: () => undefined,
  receive(context, { action, extras }) {
    if (action === "clipper.set" || action === "set") return setText(context, extras?.["text"]);
    if (action === "clipper.get" || action === "get") return getText(context);
    return undefined;
  },
};

function setText({ clipboard }: AppContext, text: unknown): BroadcastResult {
  if (typeof text !== "string")
    return { code: cancelled, data: 'No text is provided. Use -e text "text to be pasted"' };
  clipboard.set(text);
  return { code: done, data: "Text is copied into clipboard." };
}

function getText({ clipboard }: AppContext): BroadcastResult {
  const text = clipboard.get();
  return text === "" ? { code: cancelled, data: "" } : { code: done, data: text };
}
