import type { AppContext } from "../../system/services.ts";
import type { ActivityContext } from "../app.ts";
import type { DatePickerState } from "./date-picker.ts";
import { dayOf, type Day } from "./days.ts";
import type { Scope } from "./delete-dialog.ts";
import { component, EVENT, TASK } from "./names.ts";
import type { Occurrence } from "./occurrences.ts";
import { TYPE_TASK } from "./storage.ts";

export type ViewName = "month" | "day" | "list";

export type MainState = {
  /** Back leads from the last to the one before. */
  views: ViewName[];
  /** The day that is shown, or any of the month that is. */
  day: Day;
  search: string | null;
  /** Selected rows of a list, as `id@start`. */
  selected: string[];
  open: "" | "menu" | "views" | "new" | "delete";
  picker: DatePickerState | null;
  /** What a deletion takes of a repeating event, while it is asked. */
  scope?: Scope;
};

export type MainContext = ActivityContext<MainState>;

export function today(context: AppContext): Day {
  return dayOf(context.clock.now() / 1000);
}

export function currentView({ views }: MainState): ViewName {
  return views.at(-1) ?? "month";
}

export function openEvent(context: AppContext, { event, startTs }: Occurrence): void {
  context.startActivity({
    component: component(event.type === TYPE_TASK ? TASK : EVENT),
    extras: { event_id: event.id, event_occurrence_ts: startTs },
  });
}
