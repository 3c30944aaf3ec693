import { column, grid, row, text, theme } from "../../ui/index.ts";
import type { View } from "../../ui/index.ts";
import { monthName } from "../dates.ts";
import { dateOf, dayFrom, monthGrid, monthTitle, WEEK_LETTERS, type Day } from "./days.ts";
import { navigation } from "./list-views.ts";
import { today, type MainContext } from "./main-state.ts";
import { occurrencesBetween, occurrencesOn, type Occurrence } from "./occurrences.ts";
import { FLAG_COMPLETED, readEvents, readEventTypes } from "./storage.ts";

/** Labels that fit into a cell; the rest is a number. */
const LABELS = 4;

/** A month: a cell for each day with the titles of its events. A tap on a day shows it. */
export function monthView(context: MainContext): View {
  const { state } = context;
  const { year, month } = dateOf(state.day);
  const days = monthGrid(year, month);
  const all = occurrencesBetween(readEvents(context), days[0]!, days.at(-1)!);
  const colors = new Map(readEventTypes(context).map((type) => [type.id, type.color]));
  const move = (months: number) => () => {
    state.day = dayFrom(year, month + months, 1);
  };
  const weeks = Array.from({ length: days.length / 7 }, (_, i) => days.slice(i * 7, i * 7 + 7));
  return column(
    [
      navigation(monthTitle(year, month, today(context)), "month", move(-1), move(1)),
      grid(
        7,
        WEEK_LETTERS.map((letter) => text(letter, { size: 13, align: "center", color: theme.secondaryText })),
      ),
      ...weeks.map((week) =>
        row(
          week.map((day) => dayCell(context, day, occurrencesOn(all, day), colors, month)),
          { style: { grow: 1, height: 0, align: "stretch" } },
        ),
      ),
    ],
    {
      id: "month_calendar_holder",
      style: { grow: 1 },
      onSwipe: (direction) => {
        if (direction === "left") move(1)();
        if (direction === "right") move(-1)();
      },
    },
  );
}

function dayCell(
  context: MainContext,
  day: Day,
  events: readonly Occurrence[],
  colors: ReadonlyMap<number, string>,
  shownMonth: number,
): View {
  const { month, day: date } = dateOf(day);
  const isToday = day === today(context);
  const labels = events.length > LABELS ? events.slice(0, LABELS - 1) : events;
  return column(
    [
      text(String(date), {
        id: "day_monthly_number_id",
        size: 13,
        align: "center",
        bold: isToday,
        color: isToday ? theme.primary : month === shownMonth ? theme.text : theme.disabled,
      }),
      ...labels.map(({ event }) =>
        text(event.title, {
          id: "day_monthly_event_id",
          size: 10,
          maxLines: 1,
          color: theme.onPrimary,
          strike: (event.flags & FLAG_COMPLETED) !== 0,
          style: {
            background: colors.get(event.eventType) ?? theme.primary,
            radius: 3,
            paddingHorizontal: 2,
            marginHorizontal: 1,
            marginVertical: 1,
          },
        }),
      ),
      labels.length < events.length &&
        text(`+${events.length - labels.length}`, { size: 10, align: "center", color: theme.secondaryText }),
    ],
    {
      desc: `${monthName(month)} ${date}`,
      onTap: () => {
        context.state.day = day;
        context.state.views.push("day");
      },
      style: { grow: 1, width: 0, border: theme.outline },
    },
  );
}
