import {
  button,
  checkBox,
  column,
  divider,
  icon,
  row,
  scroll,
  text,
  textField,
  theme,
} from "../../ui/index.ts";
import type { IconName, View } from "../../ui/index.ts";
import { partsOf, shortWeekday, uses24Hours } from "../dates.ts";
import { openDatePicker } from "./date-picker.ts";
import { dayOf, dayTitle, timeOf } from "./days.ts";
import { isWeekly, storedTimes, type EditorContext, type EditorState } from "./editor-state.ts";
import { INTERVAL, isAllDay, RULE } from "./occurrences.ts";
import { FLAG_ALL_DAY, FLAG_COMPLETED, readEventTypes, TYPE_TASK, type CalendarEvent } from "./storage.ts";
import { openTimePicker } from "./time-picker.ts";

/** The fields of an event or a task. */
export function editorForm(context: EditorContext): View {
  const { state } = context;
  const { event } = state;
  const task = event.type === TYPE_TASK;
  const field = (key: "title" | "location" | "description", hint: string): View =>
    textField({
      id: `${task ? "task" : "event"}_${key}`,
      hint,
      value: event[key],
      multiline: key === "description",
      autoFocus: key === "title" && event.id === 0,
      onChange: (value) => {
        event[key] = value;
      },
      style: { marginHorizontal: 16 },
    });
  const set = (open: EditorState["open"]) => () => {
    state.open = open;
  };
  const type = readEventTypes(context).find(({ id }) => id === event.eventType);
  const dot = { width: 24, height: 24, radius: 12, background: type?.color ?? theme.primary };
  return scroll(
    "event_nested_scrollview",
    [
      field("title", "Title"),
      !task && field("location", "Location"),
      field("description", "Description"),
      allDayRow(event, task),
      timeRow(context, "start", task),
      !task && timeRow(context, "end", task),
      divider(),
      ...reminderRows(state),
      divider(),
      choice("reset", "event_repetition", "Repetition", repetitionText(event), set("repetition")),
      event.repeatInterval > INTERVAL.day &&
        choice(undefined, "event_repetition_rule", ruleLabel(event), ruleText(event), set("rule")),
      event.repeatInterval > 0 &&
        choice(undefined, "event_repetition_limit", "Repeat till", limitText(context, event), set("limit")),
      divider(),
      row(
        [
          icon("flag", { style: { width: 24 } }),
          text(type?.title ?? "Regular event", { id: "event_type", size: 16, style: { grow: 1 } }),
          column([], { id: "event_type_color", style: dot }),
        ],
        { id: "event_type_holder", onTap: set("type"), style: rowStyle },
      ),
      task && event.id !== 0 && completeButton(event),
    ],
    { style: { grow: 1 } },
  );
}

const rowStyle = { minHeight: 52, gap: 16, paddingHorizontal: 16 };

function allDayRow(event: CalendarEvent, task: boolean): View {
  const toggle = (): void => {
    event.flags ^= FLAG_ALL_DAY;
  };
  return row(
    [
      icon("clock"),
      text("All-day", { size: 16, style: { grow: 1 } }),
      checkBox({ id: task ? "task_all_day" : "event_all_day", desc: "All-day", checked: isAllDay(event) }),
    ],
    { id: "event_all_day_holder", onTap: toggle, style: rowStyle },
  );
}

/** A date and, unless it is an all-day event, a time; a tap on either opens its picker. */
function timeRow(context: EditorContext, of: "start" | "end", task: boolean): View {
  const { state, settings } = context;
  const { event } = state;
  const ts = of === "start" ? event.startTs : event.endTs;
  const { startTs, endTs } = storedTimes(event);
  const color = of === "end" && startTs > endTs ? theme.error : theme.text;
  const name = task ? "" : of === "start" ? "Start " : "End ";
  const { hour, minute } = partsOf(ts * 1000);
  return row(
    [
      text(dayTitle(dayOf(ts), dayOf(context.clock.now() / 1000)), {
        id: task ? "task_date" : `event_${of}_date`,
        desc: `${name}date`.replace(/^d/u, "D"),
        size: 16,
        color,
        onTap: () => {
          context.hideKeyboard();
          state.date = { of, picker: openDatePicker(dayOf(ts)) };
        },
        style: { grow: 1, paddingVertical: 14 },
      }),
      !isAllDay(event) &&
        text(timeOf(settings, ts), {
          id: task ? "task_time" : `event_${of}_time`,
          desc: `${name}time`.replace(/^t/u, "T"),
          size: 16,
          color,
          onTap: () => {
            context.hideKeyboard();
            state.time = { of, picker: openTimePicker(hour, minute, uses24Hours(settings)) };
          },
          style: { paddingVertical: 14 },
        }),
    ],
    { style: { paddingHorizontal: 16, marginHorizontal: 40 } },
  );
}

function reminderRows(state: EditorState): View[] {
  const { reminders } = state.event;
  const shown = Math.min(3, reminders.filter((minutes) => minutes >= 0).length + 1);
  return Array.from({ length: shown }, (_, i) => {
    const label =
      reminders[i]! >= 0 ? reminderText(reminders[i]!) : i === 0 ? "No reminder" : "Add another reminder";
    return choice(i === 0 ? "notifications" : undefined, `event_reminder_${i + 1}`, undefined, label, () => {
      state.open = "reminder";
      state.reminder = i;
    });
  });
}

function choice(
  leading: IconName | undefined,
  id: string,
  label: string | undefined,
  value: string,
  onTap: () => void,
): View {
  return row(
    [
      leading === undefined ? column([], { style: { width: 24 } }) : icon(leading),
      label !== undefined &&
        leading === undefined &&
        text(label, { id: `${id}_label`, size: 16, style: { grow: 1 } }),
      text(value, { id, size: 16, ...(label !== undefined && leading !== undefined ? { desc: label } : {}) }),
    ],
    { onTap, style: rowStyle },
  );
}

function completeButton(event: CalendarEvent): View {
  const done = (event.flags & FLAG_COMPLETED) !== 0;
  return button(
    done ? "Mark incomplete" : "Mark completed",
    () => {
      event.flags ^= FLAG_COMPLETED;
    },
    { id: "toggle_mark_complete", look: "filled", style: { margin: 16, height: 44 } },
  );
}

export function reminderText(minutes: number): string {
  if (minutes < 0) return "No reminder";
  if (minutes === 0) return "At the start";
  const [amount, unit] =
    minutes % 1440 === 0
      ? [minutes / 1440, "day"]
      : minutes % 60 === 0
        ? [minutes / 60, "hour"]
        : [minutes, "minute"];
  return `${amount} ${unit}${amount === 1 ? "" : "s"} before`;
}

function repetitionText({ repeatInterval: interval }: CalendarEvent): string {
  const units = [
    [INTERVAL.year, "Yearly", "years"],
    [INTERVAL.month, "Monthly", "months"],
    [INTERVAL.week, "Weekly", "weeks"],
    [INTERVAL.day, "Daily", "days"],
  ] as const;
  if (interval === 0) return "No repetition";
  const [seconds, once, many] = units.find(([seconds]) => interval % seconds === 0) ?? units[3];
  return interval === seconds ? once : `${interval / seconds} ${many}`;
}

function ruleLabel(event: CalendarEvent): string {
  return isWeekly(event) ? "Repeat on" : "Repeat";
}

function ruleText(event: CalendarEvent): string {
  if (!isWeekly(event)) return event.repeatRule === RULE.lastDay ? "The last day" : "The same day";
  if (event.repeatRule === 0b1111111) return "Every day";
  return [0, 1, 2, 3, 4, 5, 6]
    .filter((weekday) => (event.repeatRule & (1 << weekday)) !== 0)
    .map(shortWeekday)
    .join(", ");
}

function limitText(context: EditorContext, { repeatLimit }: CalendarEvent): string {
  if (repeatLimit === 0) return "Forever";
  if (repeatLimit < 0) return `${-repeatLimit} times`;
  return dayTitle(dayOf(repeatLimit), dayOf(context.clock.now() / 1000));
}
