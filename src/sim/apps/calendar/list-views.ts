import { column, emptyState, icon, iconButton, list, row, spacer, text, theme } from "../../ui/index.ts";
import type { View } from "../../ui/index.ts";
import { weekdayName } from "../dates.ts";
import { dateOf, dayOf, dayTitle, monthTitle, timeOf, type Day } from "./days.ts";
import { openEvent, today, type MainContext } from "./main-state.ts";
import { isAllDay, occurrencesBetween, type Occurrence } from "./occurrences.ts";
import { FLAG_COMPLETED, readEvents, readEventTypes, TYPE_TASK, type EventType } from "./storage.ts";

/** How far the list and the search look ahead and back. */
const YEAR_DAYS = 365;

/** What takes place on the day that is shown, with arrows to the days beside it. */
export function dayView(context: MainContext): View {
  const { state } = context;
  const events = occurrencesBetween(readEvents(context), state.day, state.day);
  const types = readEventTypes(context);
  const move = (days: number) => () => {
    state.day += days;
  };
  return column(
    [
      navigation(dayTitle(state.day, today(context)), "day", move(-1), move(1)),
      events.length === 0
        ? emptyState({ title: "No items found." })
        : list(
            "day_events",
            [...events.map((occurrence) => eventRow(context, occurrence, types)), spacer(80)],
            { style: { grow: 1 } },
          ),
    ],
    {
      style: { grow: 1 },
      onSwipe: (direction) => {
        if (direction === "left") state.day += 1;
        if (direction === "right") state.day -= 1;
      },
    },
  );
}

/** Everything from today on for a year, under the days it takes place on. */
export function eventListView(context: MainContext): View {
  const from = today(context);
  const events = occurrencesBetween(readEvents(context), from, from + YEAR_DAYS);
  if (events.length === 0) return emptyState({ icon: "calendar", title: "No upcoming events." });
  return list("calendar_events_list", [...sections(context, events, from), spacer(80)], {
    style: { grow: 1 },
  });
}

/** Events with the words in their title, location or description. */
export function searchView(context: MainContext, search: string): View {
  const words = search.trim().toLowerCase();
  if (words.length < 2)
    return emptyState({ title: "No items found.", message: "Type in at least 2 characters" });
  const now = today(context);
  const events = readEvents(context).filter((event) =>
    [event.title, event.location, event.description].some((part) => part.toLowerCase().includes(words)),
  );
  const found = occurrencesBetween(events, now - YEAR_DAYS, now + YEAR_DAYS);
  if (found.length === 0) return emptyState({ title: "No items found." });
  return list("search_results_list", [...sections(context, found, now - YEAR_DAYS), spacer(80)], {
    style: { grow: 1 },
  });
}

/** A row of arrows with a title between. */
export function navigation(title: string, unit: "day" | "month", back: () => void, forth: () => void): View {
  return row(
    [
      iconButton("chevron-left", `Previous ${unit}`, back, { id: "top_left_arrow" }),
      text(title, { id: "top_value", size: 20, align: "center", style: { grow: 1 } }),
      iconButton("chevron-right", `Next ${unit}`, forth, { id: "top_right_arrow" }),
    ],
    { style: { height: 48, paddingHorizontal: 8 } },
  );
}

function sections(context: MainContext, events: readonly Occurrence[], from: Day): View[] {
  const types = readEventTypes(context);
  const now = today(context);
  let month = "";
  let day = Number.NaN;
  return events.flatMap((occurrence) => {
    const on = Math.max(dayOf(occurrence.startTs), from);
    const views: View[] = [];
    const title = monthTitle(dateOf(on).year, dateOf(on).month, now);
    if (title !== month)
      views.push(
        text(title, {
          id: "event_section_title",
          size: 20,
          bold: true,
          style: { paddingHorizontal: 16, paddingVertical: 8 },
        }),
      );
    if (on !== day)
      views.push(
        text(dayTitle(on, now), {
          id: "event_section_title",
          size: 15,
          bold: on === now,
          color: on === now ? theme.primary : theme.secondaryText,
          style: { paddingHorizontal: 16, paddingVertical: 6 },
        }),
      );
    month = title;
    day = on;
    return [...views, eventRow(context, occurrence, types)];
  });
}

/** An event in a list: title, time, description. A long press starts a selection. */
function eventRow(context: MainContext, occurrence: Occurrence, types: readonly EventType[]): View {
  const { state } = context;
  const { event, startTs } = occurrence;
  const key = `${event.id}@${startTs}`;
  const selected = state.selected.includes(key);
  const toggle = (): void => {
    state.selected = selected ? state.selected.filter((other) => other !== key) : [...state.selected, key];
  };
  const done = (event.flags & FLAG_COMPLETED) !== 0;
  const color = types.find((type) => type.id === event.eventType)?.color ?? theme.primary;
  return row(
    [
      column([], {
        id: "event_item_color_bar",
        style: { width: 6, height: 44, radius: 3, background: color },
      }),
      event.type === TYPE_TASK && icon("check", { id: "event_item_task_image", desc: "Task" }),
      column(
        [
          text(event.title, { id: "event_item_title", size: 17, maxLines: 2, strike: done }),
          text(timeRange(context, occurrence), {
            id: "event_item_time",
            size: 14,
            color: theme.secondaryText,
          }),
          event.description !== "" &&
            text(event.description.replace(/\n/gu, " "), {
              id: "event_item_description",
              size: 14,
              color: theme.secondaryText,
              maxLines: 1,
            }),
        ],
        { style: { grow: 1, shrink: 1, gap: 2 } },
      ),
    ],
    {
      id: "event_item_holder",
      selected,
      onTap: state.selected.length > 0 ? toggle : () => openEvent(context, occurrence),
      onLongPress: toggle,
      style: {
        gap: 12,
        paddingHorizontal: 16,
        paddingVertical: 8,
        minHeight: 64,
        ...(selected ? { background: theme.primaryContainer } : {}),
      },
    },
  );
}

/** `09:00 AM - 10:30 AM`, with the end's day where it is another. */
function timeRange(context: MainContext, { event, startTs, endTs }: Occurrence): string {
  const { settings } = context;
  const last = dayOf(endTs);
  const { day, weekday } = dateOf(last);
  const until = last === dayOf(startTs) ? "" : ` (${day} ${weekdayName(weekday)})`;
  if (isAllDay(event)) return `All-day${until}`;
  const start = timeOf(settings, startTs);
  return startTs === endTs ? start : `${start} - ${timeOf(settings, endTs)}${until}`;
}
