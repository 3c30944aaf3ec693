import type { SimApp } from "../app.ts";
import { transaction } from "../sql-provider.ts";
import { editor } from "./editor.ts";
import { main } from "./main.ts";
import { EVENT, MAIN, PACKAGE, TASK } from "./names.ts";
import { insertSampleEvents } from "./sample.ts";
import { openEvents, TYPE_EVENT, TYPE_TASK } from "./storage.ts";

/** Simple Calendar Pro. Its events are rows of events.db. */
export const calendar: SimApp = {
  package: PACKAGE,
  label: "Simple Calendar Pro",
  icon: { icon: "calendar", background: "#f57c00" },
  versionName: "6.23.2",
  versionCode: 249,
  system: false,
  launcherActivity: MAIN,
  activities: { [MAIN]: main, [EVENT]: editor(TYPE_EVENT), [TASK]: editor(TYPE_TASK) },
  intentFilters: [
    {
      activity: EVENT,
      action: "android.intent.action.INSERT",
      data: ["vnd.android.cursor.dir/event", "vnd.android.cursor.item/event"],
    },
  ],
  install(context, { seed }) {
    const db = openEvents(context);
    if (seed) transaction(db, () => insertSampleEvents(context));
  },
};
