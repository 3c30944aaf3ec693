import { alertDialog, radio } from "../../ui/index.ts";
import type { WindowContent } from "../../ui/index.ts";
import type { ActivityContext } from "../app.ts";
import { DAY_SECONDS, dayCode, dayOf } from "./days.ts";
import { readEvent, removeEvent, saveEvent, type CalendarEvent } from "./storage.ts";

/** Which times of a repeating event something is done to. */
export type Scope = "one" | "future" | "all";

/** Open dialogs keep the chosen scope here, in the activity's own state. */
interface Chooser {
  scope?: Scope;
}

type Overlay = NonNullable<WindowContent["overlay"]>;

/** Asks before events are deleted; for repeating ones also which of their times. */
export function deleteDialog<S>(
  context: ActivityContext<S>,
  chosen: readonly { id: number; startTs: number }[],
  close: () => void,
  done: () => void,
): Overlay {
  const state = context.state as S & Chooser;
  const events = chosen.flatMap(({ id, startTs }) => {
    const event = readEvent(context, id);
    return event ? [{ event, startTs }] : [];
  });
  const repeating = events.some(({ event }) => event.repeatInterval > 0);
  const scope = repeating ? (state.scope ?? "one") : "all";
  const leave = (): void => {
    delete state.scope;
    close();
  };
  const what = events.length === 1 ? "1 item" : `${events.length} items`;
  return {
    look: "dialog",
    onDismiss: leave,
    view: alertDialog({
      message: `Are you sure you want to delete ${what}?`,
      ...(repeating ? { body: scopeRadios("Delete", scope, (next) => (state.scope = next)) } : {}),
      negative: { text: "No", onTap: leave },
      positive: {
        text: "Yes",
        onTap: () => {
          for (const { event, startTs } of events) {
            if (scope === "all" || event.repeatInterval === 0) removeEvent(context, event.id);
            else if (scope === "one") leaveOut(context, event, startTs);
            else endBefore(context, event, startTs);
          }
          leave();
          done();
        },
      },
    }),
  };
}

/** The choice between one time of a repeating event, this and later ones, and all. */
export function scopeRadios(verb: "Delete" | "Update", scope: Scope, onPick: (scope: Scope) => void) {
  const later =
    verb === "Delete" ? "Delete this and all future occurrences" : "Update this and all future occurrences";
  const labels: [Scope, string][] = [
    ["one", `${verb} the selected occurrence only`],
    ["future", later],
    ["all", `${verb} all occurrences`],
  ];
  return labels.map(([name, label]) =>
    radio({ text: label, checked: scope === name, onToggle: () => onPick(name) }),
  );
}

/** Takes one time out of a repeating event. */
export function leaveOut<S>(context: ActivityContext<S>, event: CalendarEvent, startTs: number): void {
  saveEvent(context, { ...event, exceptions: [...event.exceptions, dayCode(dayOf(startTs))] });
}

/** Ends the repetition before one of its times; nothing is left where that is the first. */
export function endBefore<S>(context: ActivityContext<S>, event: CalendarEvent, startTs: number): void {
  if (startTs <= event.startTs) removeEvent(context, event.id);
  else saveEvent(context, { ...event, repeatLimit: dayOf(startTs) * DAY_SECONDS - 1 });
}
