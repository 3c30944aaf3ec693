import { alertDialog, checkBox, radio, row, text, textField } from "../../ui/index.ts";
import type { WindowContent } from "../../ui/index.ts";
import { weekdayName } from "../dates.ts";
import { datePicker, openDatePicker } from "./date-picker.ts";
import { DAY_SECONDS, dateOf, dayOf } from "./days.ts";
import { reminderText } from "./editor-form.ts";
import {
  isLastDay,
  isWeekly,
  setRepetition,
  setStart,
  withDay,
  withTime,
  type EditorContext,
} from "./editor-state.ts";
import { INTERVAL, RULE } from "./occurrences.ts";
import { readEventTypes } from "./storage.ts";
import { timePicker } from "./time-picker.ts";

type Overlay = NonNullable<WindowContent["overlay"]>;

const REMINDERS = [-1, 0, 5, 10, 15, 30, 60, 120, 1440];

/** The picker or list that is open over the form. */
export function editorDialog(context: EditorContext): WindowContent["overlay"] {
  const { state } = context;
  const { event } = state;
  const close = (): void => {
    state.open = "";
  };
  if (state.date) return dateDialog(context);
  if (state.time) return timeDialog(context);
  if (state.open === "reminder")
    return choices(
      "Reminder",
      REMINDERS.map((minutes) => ({ label: reminderText(minutes), value: minutes })),
      event.reminders[state.reminder]!,
      (minutes) => {
        event.reminders[state.reminder] = minutes;
        // Reminders that are set come first.
        const set = event.reminders.filter((each) => each >= 0);
        event.reminders = [set[0] ?? -1, set[1] ?? -1, set[2] ?? -1];
      },
      close,
    );
  if (state.open === "repetition")
    return choices(
      "Repetition",
      [
        { label: "No repetition", value: 0 },
        { label: "Daily", value: INTERVAL.day },
        { label: "Weekly", value: INTERVAL.week },
        { label: "Monthly", value: INTERVAL.month },
        { label: "Yearly", value: INTERVAL.year },
      ],
      event.repeatInterval,
      (interval) => setRepetition(event, interval),
      close,
    );
  if (state.open === "rule")
    return isWeekly(event) ? weekdaysDialog(context, close) : monthDayDialog(context, close);
  if (state.open === "limit") return limitDialog(context, close);
  if (state.open === "type")
    return choices(
      "Select an event type",
      readEventTypes(context).map(({ id, title }) => ({ label: title, value: id })),
      event.eventType,
      (id) => {
        event.eventType = id;
      },
      close,
    );
  return undefined;
}

function dateDialog({ state }: EditorContext): Overlay {
  const { event } = state;
  const { of, picker } = state.date!;
  const close = (): void => {
    state.date = null;
  };
  return datePicker(
    picker,
    (day) => {
      if (of === "start") setStart(event, withDay(event.startTs, day));
      else if (of === "end") event.endTs = withDay(event.endTs, day);
      else event.repeatLimit = (day + 1) * DAY_SECONDS - 1;
      close();
    },
    close,
  );
}

function timeDialog({ state }: EditorContext): Overlay {
  const { event } = state;
  const { of, picker } = state.time!;
  const close = (): void => {
    state.time = null;
  };
  return timePicker(
    picker,
    (hour, minute) => {
      if (of === "start") setStart(event, withTime(event.startTs, hour, minute));
      else event.endTs = withTime(event.endTs, hour, minute);
      close();
    },
    close,
  );
}

/** A list of radio buttons; a tap picks and closes. */
function choices<T>(
  title: string,
  items: readonly { label: string; value: T }[],
  current: T,
  onPick: (value: T) => void,
  close: () => void,
): Overlay {
  return {
    look: "dialog",
    onDismiss: close,
    view: alertDialog({
      title,
      body: items.map(({ label, value }) =>
        radio({
          text: label,
          checked: value === current,
          onToggle: () => {
            onPick(value);
            close();
          },
        }),
      ),
    }),
  };
}

function weekdaysDialog({ state: { event } }: EditorContext, close: () => void): Overlay {
  return {
    look: "dialog",
    onDismiss: close,
    view: alertDialog({
      title: "Repeat on",
      body: [0, 1, 2, 3, 4, 5, 6].map((weekday) =>
        checkBox({
          text: weekdayName(weekday),
          checked: (event.repeatRule & (1 << weekday)) !== 0,
          onToggle: () => {
            event.repeatRule ^= 1 << weekday;
          },
        }),
      ),
      positive: {
        text: "OK",
        onTap: () => {
          // A weekly event without a weekday would never take place.
          if (event.repeatRule === 0) event.repeatRule = 1 << dateOf(dayOf(event.startTs)).weekday;
          close();
        },
      },
    }),
  };
}

function monthDayDialog({ state: { event } }: EditorContext, close: () => void): Overlay {
  const unit = event.repeatInterval % INTERVAL.year === 0 ? "every year" : "each month";
  const items = [{ label: `Repeat on the same day ${unit}`, value: RULE.sameDay as number }];
  if (unit === "each month" && isLastDay(event.startTs))
    items.push({ label: "Repeat on the last day of the month", value: RULE.lastDay });
  return choices(
    "Repeat",
    items,
    event.repeatRule,
    (rule) => {
      event.repeatRule = rule;
    },
    close,
  );
}

function limitDialog({ state }: EditorContext, close: () => void): Overlay {
  const { event } = state;
  return {
    look: "dialog",
    onDismiss: close,
    view: alertDialog({
      title: "Repeat",
      body: [
        radio({
          text: "Repeat till a date",
          checked: event.repeatLimit > 0,
          onToggle: () => {
            close();
            const last = event.repeatLimit > 0 ? event.repeatLimit : event.startTs;
            state.date = { of: "limit", picker: openDatePicker(dayOf(last)) };
          },
        }),
        radio({
          text: "Stop repeating after x occurrences",
          checked: event.repeatLimit < 0,
          onToggle: () => {
            event.repeatLimit = -1;
          },
        }),
        event.repeatLimit < 0 &&
          row([
            textField({
              id: "repeat_type_count",
              value: String(-event.repeatLimit),
              inputType: "number",
              onChange: (value) => {
                event.repeatLimit = -Math.max(1, Number(value.replace(/\D/gu, "")));
              },
              style: { width: 120 },
            }),
            text("times", { size: 16 }),
          ]),
        radio({
          text: "Repeat forever",
          checked: event.repeatLimit === 0,
          onToggle: () => {
            event.repeatLimit = 0;
          },
        }),
      ],
      positive: { text: "OK", onTap: close },
    }),
  };
}
