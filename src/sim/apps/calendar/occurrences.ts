import { DAY_SECONDS, dateOf, dayCode, dayFrom, dayOf, daysInMonth, type Day } from "./days.ts";
import { FLAG_ALL_DAY, type CalendarEvent } from "./storage.ts";

/** Seconds between two occurrences as the app stores them; months and years are counted by the calendar. */
export const INTERVAL = { day: 86_400, week: 604_800, month: 2_592_001, year: 31_536_000 } as const;

/** Monthly and yearly repetition (REPEAT_* of the app). */
export const RULE = { sameDay: 1, orderWeekdayUseLast: 2, lastDay: 3, orderWeekday: 4 } as const;

/** One time at which an event takes place. */
export interface Occurrence {
  event: CalendarEvent;
  startTs: number;
  endTs: number;
}

/** What takes place from the start of one day to the end of another, in the order of its start. */
export function occurrencesBetween(events: readonly CalendarEvent[], from: Day, to: Day): Occurrence[] {
  const start = from * DAY_SECONDS;
  const end = (to + 1) * DAY_SECONDS;
  return events
    .flatMap((event) => {
      const length = event.endTs - event.startTs;
      return startsOf(event, end)
        .filter(
          (startTs) => startTs < end && startTs + length >= start && !endsAtMidnight(startTs, length, start),
        )
        .map((startTs) => ({ event, startTs, endTs: startTs + length }));
    })
    .sort(
      (a, b) =>
        dayOf(a.startTs) - dayOf(b.startTs) ||
        Number(isAllDay(b.event)) - Number(isAllDay(a.event)) ||
        a.startTs - b.startTs ||
        a.endTs - b.endTs ||
        a.event.title.localeCompare(b.event.title),
    );
}

/** What takes place on one day. */
export function occurrencesOn(all: readonly Occurrence[], day: Day): Occurrence[] {
  const start = day * DAY_SECONDS;
  return all.filter(
    ({ startTs, endTs }) =>
      startTs < start + DAY_SECONDS && endTs >= start && !endsAtMidnight(startTs, endTs - startTs, start),
  );
}

export function isAllDay(event: CalendarEvent): boolean {
  return (event.flags & FLAG_ALL_DAY) !== 0;
}

/** Starts before `end`, without those left out. */
function startsOf(event: CalendarEvent, end: number): number[] {
  if (event.repeatInterval === 0) return [event.startTs];
  const starts: number[] = [];
  const last = event.repeatLimit > 0 ? event.repeatLimit : Infinity;
  const most = event.repeatLimit < 0 ? -event.repeatLimit : Infinity;
  let count = 0;
  for (const start of endless(event)) {
    if (start >= end || start > last || count >= most) break;
    count++;
    if (!event.exceptions.includes(dayCode(dayOf(start)))) starts.push(start);
  }
  return starts;
}

function* endless(event: CalendarEvent): Generator<number> {
  const { startTs, repeatInterval: interval, repeatRule: rule } = event;
  if (interval % INTERVAL.year === 0) {
    for (let i = 0; ; i++) yield* inMonth(startTs, rule, (i * 12 * interval) / INTERVAL.year);
  } else if (interval % INTERVAL.month === 0) {
    for (let i = 0; ; i++) yield* inMonth(startTs, rule, (i * interval) / INTERVAL.month);
  } else if (interval % INTERVAL.week === 0) {
    const weeks = interval / INTERVAL.week;
    // Without a rule it repeats on the weekday it starts on.
    const weekdays = rule & 0b1111111 || 1 << dateOf(dayOf(startTs)).weekday;
    const monday = dayOf(startTs) - dateOf(dayOf(startTs)).weekday;
    for (let day = dayOf(startTs); ; day++) {
      const week = Math.floor((day - monday) / 7);
      if (week % weeks === 0 && (weekdays & (1 << dateOf(day).weekday)) !== 0)
        yield day * DAY_SECONDS + (startTs % DAY_SECONDS);
    }
  } else {
    for (let start = startTs; ; start += interval) yield start;
  }
}

/** The occurrence so many months after the first: none in a month that has no such day. */
function* inMonth(startTs: number, rule: number, months: number): Generator<number> {
  const first = dateOf(dayOf(startTs));
  const year = first.year + Math.floor((first.month + months) / 12);
  const month = (first.month + months) % 12;
  const length = daysInMonth(year, month);
  let day: number = first.day;
  if (rule === RULE.lastDay) day = length;
  if (rule === RULE.orderWeekday || rule === RULE.orderWeekdayUseLast) {
    const offset = (first.weekday - dateOf(dayFrom(year, month, 1)).weekday + 7) % 7;
    day = offset + 1 + Math.floor((first.day - 1) / 7) * 7;
    if (rule === RULE.orderWeekdayUseLast) while (day + 7 <= length) day += 7;
    while (rule === RULE.orderWeekdayUseLast && day > length) day -= 7;
  }
  if (day <= length) yield dayFrom(year, month, day) * DAY_SECONDS + (startTs % DAY_SECONDS);
}

/** An event until midnight is not on the next day. */
function endsAtMidnight(startTs: number, length: number, dayStart: number): boolean {
  return length > 0 && startTs + length === dayStart;
}
