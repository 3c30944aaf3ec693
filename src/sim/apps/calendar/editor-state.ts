import type { AppContext, Intent } from "../../system/services.ts";
import type { ActivityContext } from "../app.ts";
import type { DatePickerState } from "./date-picker.ts";
import { DAY_SECONDS, dateOf, dayOf, daysInMonth } from "./days.ts";
import type { Scope } from "./delete-dialog.ts";
import { INTERVAL, isAllDay, RULE } from "./occurrences.ts";
import { newEvent, readEvent, TYPE_EVENT, TYPE_TASK, type CalendarEvent } from "./storage.ts";
import type { TimePickerState } from "./time-picker.ts";

export type EditorState = {
  event: CalendarEvent;
  /** The event as it was, to know whether there is something to lose. */
  before: string;
  /** The time of a repeating event that was opened. */
  occurrence: number;
  scope?: Scope;
  open: "" | "delete" | "unsaved" | "update" | "reminder" | "repetition" | "rule" | "limit" | "type";
  /** Which reminder the list of reminders sets. */
  reminder: number;
  date: { of: "start" | "end" | "limit"; picker: DatePickerState } | null;
  time: { of: "start" | "end"; picker: TimePickerState } | null;
};

export type EditorContext = ActivityContext<EditorState>;

/** A stored event (extra `event_id`), one that another app proposes (INSERT), or a new one. */
export function openEditor(context: AppContext, intent: Intent, type: number): EditorState {
  const extra = (key: string): number => {
    const value = intent.extras?.[key];
    return typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
  };
  const words = (key: string): string => {
    const value = intent.extras?.[key];
    return typeof value === "string" ? value : "";
  };
  const stored = Number.isNaN(extra("event_id")) ? undefined : readEvent(context, extra("event_id"));
  const now = Math.floor(context.clock.now() / 1000);
  let event: CalendarEvent;
  let occurrence = 0;
  if (stored) {
    occurrence = Number.isNaN(extra("event_occurrence_ts")) ? stored.startTs : extra("event_occurrence_ts");
    event = { ...stored, startTs: occurrence, endTs: occurrence + stored.endTs - stored.startTs };
  } else if (
    intent.action === "android.intent.action.INSERT" ||
    intent.action === "android.intent.action.EDIT"
  ) {
    const begin = extra("beginTime");
    const end = extra("endTime");
    const startTs = Number.isNaN(begin) ? now : Math.floor(begin / 1000);
    event = {
      ...newEvent(startTs, Number.isNaN(end) ? startTs : Math.floor(end / 1000), type),
      title: words("title"),
      location: words("eventLocation"),
      description: words("description"),
    };
  } else {
    const hour = Math.floor(now / 3600) * 3600 + 3600;
    const startTs = Number.isNaN(extra("new_event_start_ts")) ? hour : extra("new_event_start_ts");
    event = newEvent(startTs, startTs, type);
  }
  // Tasks of the app come without a reminder.
  if (!stored && type !== TYPE_EVENT) event.reminders = [-1, -1, -1];
  return {
    event,
    before: JSON.stringify(event),
    occurrence,
    open: "",
    reminder: 0,
    date: null,
    time: null,
  };
}

export function isChanged({ event, before }: EditorState): boolean {
  return JSON.stringify(event) !== before;
}

/** Moves the start; the end keeps its distance. */
export function setStart(event: CalendarEvent, startTs: number): void {
  event.endTs = startTs + event.endTs - event.startTs;
  event.startTs = startTs;
  const { weekday } = dateOf(dayOf(startTs));
  const oneDay = event.repeatRule !== 0 && (event.repeatRule & (event.repeatRule - 1)) === 0;
  if (isWeekly(event) && oneDay) event.repeatRule = 1 << weekday;
  if (event.repeatRule === RULE.lastDay && !isWeekly(event) && !isLastDay(startTs))
    event.repeatRule = RULE.sameDay;
}

/** The moment with another day, or another time of the day. */
export function withDay(ts: number, day: number): number {
  return day * DAY_SECONDS + (((ts % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS);
}

export function withTime(ts: number, hour: number, minute: number): number {
  return dayOf(ts) * DAY_SECONDS + hour * 3600 + minute * 60;
}

export function setRepetition(event: CalendarEvent, interval: number): void {
  event.repeatInterval = interval;
  event.repeatLimit = interval === 0 ? 0 : event.repeatLimit;
  event.repeatRule = 0;
  if (isWeekly(event)) event.repeatRule = 1 << dateOf(dayOf(event.startTs)).weekday;
  if (interval === INTERVAL.month || interval === INTERVAL.year) event.repeatRule = RULE.sameDay;
}

export function isWeekly(event: CalendarEvent): boolean {
  return event.repeatInterval > 0 && event.repeatInterval % INTERVAL.week === 0;
}

export function isLastDay(ts: number): boolean {
  const { year, month, day } = dateOf(dayOf(ts));
  return day === daysInMonth(year, month);
}

/** As the app stores them: an all-day event starts at midnight and ends at noon of its last day. */
export function storedTimes(event: CalendarEvent): { startTs: number; endTs: number } {
  const { startTs, endTs } = event;
  if (event.type === TYPE_TASK) return { startTs, endTs: startTs };
  if (!isAllDay(event)) return { startTs, endTs };
  return { startTs: withTime(startTs, 0, 0), endTs: withTime(endTs, 12, 0) };
}
