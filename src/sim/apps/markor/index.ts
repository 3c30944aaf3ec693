import type { SimApp } from "../app.ts";
import { browser } from "./browser.ts";
import { document } from "./document.ts";
import { DOCUMENT, MAIN, PACKAGE } from "./names.ts";
import { NOTEBOOK } from "./notebook.ts";
import { writeSampleNotes } from "./sample.ts";

/** Markor. Its notes are files of the shared storage, which clearing the app's data leaves alone. */
export const markor: SimApp = {
  package: PACKAGE,
  label: "Markor",
  icon: { icon: "edit", background: "#d32f2f" },
  versionName: "2.11.1",
  versionCode: 155,
  system: false,
  launcherActivity: MAIN,
  activities: { [MAIN]: browser, [DOCUMENT]: document },
  intentFilters: [
    {
      activity: DOCUMENT,
      action: "android.intent.action.VIEW",
      data: ["text/markdown", "text/plain", "file"],
    },
    {
      activity: DOCUMENT,
      action: "android.intent.action.EDIT",
      data: ["text/markdown", "text/plain", "file"],
    },
    { activity: DOCUMENT, action: "android.intent.action.SEND", data: ["text/plain"] },
  ],
  install(context, { seed }) {
    context.files.mkdir(NOTEBOOK);
    if (seed) writeSampleNotes(context);
  },
};
