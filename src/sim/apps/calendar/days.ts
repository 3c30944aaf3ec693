import { monthName, partsOf, shortMonth, shortWeekday, timeText } from "../dates.ts";
import type { SimSettings } from "../../system/services.ts";

/** A day is the number of days since the epoch; the device's time zone is UTC. */
export type Day = number;

export const DAY_SECONDS = 86_400;

export function dayOf(seconds: number): Day {
  return Math.floor(seconds / DAY_SECONDS);
}

export function dayFrom(year: number, month: number, day: number): Day {
  return Math.floor(Date.UTC(year, month, day) / (DAY_SECONDS * 1000));
}

export function dateOf(day: Day) {
  return partsOf(day * DAY_SECONDS * 1000);
}

/** As the app codes a day: `20231015`. */
export function dayCode(day: Day): string {
  const { year, month, day: date } = dateOf(day);
  return `${year}${String(month + 1).padStart(2, "0")}${String(date).padStart(2, "0")}`;
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

/** `October 15 (Sun)`, with the year where it is not this one. */
export function dayTitle(day: Day, today: Day): string {
  const { year, month, day: date, weekday } = dateOf(day);
  const suffix = year === dateOf(today).year ? "" : ` ${year}`;
  return `${monthName(month)} ${date}${suffix} (${shortWeekday(weekday)})`;
}

/** `October`, with the year where it is not this one. */
export function monthTitle(year: number, month: number, today: Day): string {
  return year === dateOf(today).year ? monthName(month) : `${monthName(month)} ${year}`;
}

/** `Sun, Oct 15`. */
export function shortDayTitle(day: Day): string {
  const { month, day: date, weekday } = dateOf(day);
  return `${shortWeekday(weekday)}, ${shortMonth(month)} ${date}`;
}

/** `09:05 AM`. */
export function timeOf(settings: SimSettings, seconds: number): string {
  const { hour, minute } = partsOf(seconds * 1000);
  return timeText(settings, hour, minute);
}

/** The weeks of a month from Sunday on, whole: days of the months beside it fill them up. */
export function monthGrid(year: number, month: number): Day[] {
  const first = dayFrom(year, month, 1);
  const lead = (dateOf(first).weekday + 1) % 7;
  const weeks = Math.ceil((lead + daysInMonth(year, month)) / 7);
  return Array.from({ length: weeks * 7 }, (_, i) => first - lead + i);
}

/** First letters of the weekdays, from Sunday on. */
export const WEEK_LETTERS = ["S", "M", "T", "W", "T", "F", "S"] as const;
