import { alertDialog, button, column, grid, iconButton, row, text, theme } from "../../ui/index.ts";
import type { View, WindowContent } from "../../ui/index.ts";
import { monthName } from "../dates.ts";
import { dateOf, dayFrom, daysInMonth, monthGrid, shortDayTitle, WEEK_LETTERS, type Day } from "./days.ts";

/** What Android's date picker dialog keeps while it is open. */
export type DatePickerState = { selected: Day; year: number; month: number; years: boolean };

type Overlay = NonNullable<WindowContent["overlay"]>;

const YEARS_SHOWN = 12;

export function openDatePicker(day: Day): DatePickerState {
  const { year, month } = dateOf(day);
  return { selected: day, year, month, years: false };
}

/** android.app.DatePickerDialog: a header, a month of days, and a list of years behind the header's year. */
export function datePicker(
  state: DatePickerState,
  onPick: (day: Day) => void,
  onCancel: () => void,
): Overlay {
  return {
    look: "dialog",
    onDismiss: onCancel,
    view: alertDialog({
      body: [header(state), state.years ? yearList(state) : monthPage(state)],
      negative: { text: "Cancel", onTap: onCancel },
      positive: { text: "OK", onTap: () => onPick(state.selected) },
    }),
  };
}

function header(state: DatePickerState): View {
  return column(
    [
      text(String(dateOf(state.selected).year), {
        id: "android:id/date_picker_header_year",
        size: 16,
        color: theme.secondaryText,
        onTap: () => {
          state.years = !state.years;
        },
      }),
      text(shortDayTitle(state.selected), { id: "android:id/date_picker_header_date", size: 28 }),
    ],
    { style: { gap: 2, paddingVertical: 8 } },
  );
}

function monthPage(state: DatePickerState): View {
  const move = (months: number): void => {
    const moved = dateOf(dayFrom(state.year, state.month + months, 1));
    state.year = moved.year;
    state.month = moved.month;
  };
  const cells = monthGrid(state.year, state.month).map((day) => dayCell(state, day));
  return column([
    row(
      [
        iconButton("chevron-left", "Previous month", () => move(-1), {
          id: "android:id/prev",
          className: "android.widget.ImageButton",
        }),
        text(`${monthName(state.month)} ${state.year}`, {
          id: "android:id/month_view",
          size: 16,
          bold: true,
          align: "center",
          style: { grow: 1 },
        }),
        iconButton("chevron-right", "Next month", () => move(1), {
          id: "android:id/next",
          className: "android.widget.ImageButton",
        }),
      ],
      { style: { height: 48 } },
    ),
    grid(
      7,
      WEEK_LETTERS.map((letter) => text(letter, { size: 12, align: "center", color: theme.secondaryText })),
    ),
    grid(7, cells),
  ]);
}

function dayCell(state: DatePickerState, day: Day): View {
  const { year, month, day: date } = dateOf(day);
  if (month !== state.month) return column([], { style: { height: 40 } });
  const selected = day === state.selected;
  return button(
    String(date),
    () => {
      state.selected = day;
    },
    {
      desc: `${String(date).padStart(2, "0")} ${monthName(month)} ${year}`,
      className: "android.view.View",
      look: selected ? "filled" : "text",
      selected,
      color: selected ? theme.primary : theme.text,
      style: { height: 40, radius: 20 },
    },
  );
}

function yearList(state: DatePickerState): View {
  const first = state.year - YEARS_SHOWN / 2;
  const pick = (year: number): void => {
    const { month, day } = dateOf(state.selected);
    state.selected = dayFrom(year, month, Math.min(day, daysInMonth(year, month)));
    Object.assign(state, openDatePicker(state.selected));
  };
  return column(
    Array.from({ length: YEARS_SHOWN }, (_, i) => first + i).map((year) =>
      text(String(year), {
        id: "android:id/text1",
        size: year === state.year ? 22 : 16,
        align: "center",
        color: year === state.year ? theme.primary : theme.text,
        onTap: () => pick(year),
        style: { paddingVertical: 8 },
      }),
    ),
  );
}
