import { alertDialog, radio } from "../../ui/index.ts";
import type { WindowContent } from "../../ui/index.ts";
import type { AppContext } from "../../system/services.ts";
import { DAY_SECONDS, dayCode, dayOf } from "./days.ts";
import { readEvent, removeEvent, saveEvent, type CalendarEvent } from "./storage.ts";

/** Which times of a repeating event something is done to. */
export type Scope = "one" | "future" | "all";

/** The part of an activity's state that keeps the chosen scope while the dialog is open. */
export interface ScopeState {
  scope?: Scope;
}

type Overlay = NonNullable<WindowContent["overlay"]>;

/** Asks before events are deleted; for repeating ones also which of their times. */
export function deleteDialog(
  context: AppContext,
  state: ScopeState,
  chosen: readonly { id: number; startTs: number }[],
  close: () => void,
  done: () => void,
): Overlay {
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
  return {
    look: "dialog",
    onDismiss: leave,
    view: alertDialog({
      message: "Are you sure you want to proceed with the deletion?",
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
export function leaveOut(context: AppContext, event: CalendarEvent, startTs: number): void {
  saveEvent(context, { ...event, exceptions: [...event.exceptions, dayCode(dayOf(startTs))] });
}

/** Ends the repetition before one of its times; nothing is left where that is the first. */
export function endBefore(context: AppContext, event: CalendarEvent, startTs: number): void {
  if (startTs <= event.startTs) removeEvent(context, event.id);
  else saveEvent(context, { ...event, repeatLimit: dayOf(startTs) * DAY_SECONDS - 1 });
}
