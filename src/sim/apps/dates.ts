import type { SimSettings } from "../system/services.ts";

/** Dates and times in the words of an English device. The device's time zone is UTC. */
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** From Monday on. */
export const WEEKDAYS = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

export const DAY_MS = 86_400_000;

/** Month and weekday names of an instant, in parts. */
export function partsOf(epochMs: number) {
  const date = new Date(epochMs);
  return {
    year: date.getUTCFullYear(),
    /** 0 is January. */
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    /** 0 is Monday. */
    weekday: (date.getUTCDay() + 6) % 7,
  };
}

export function monthName(month: number): string {
  return MONTHS[month]!;
}

export function shortMonth(month: number): string {
  return monthName(month).slice(0, 3);
}

export function weekdayName(weekday: number): string {
  return WEEKDAYS[weekday]!;
}

export function shortWeekday(weekday: number): string {
  return weekdayName(weekday).slice(0, 3);
}

/** `Sun, Oct 15`. */
export function shortDate(date: Date): string {
  const { weekday, month, day } = partsOf(date.getTime());
  return `${shortWeekday(weekday)}, ${shortMonth(month)} ${day}`;
}

/** `October 15, 2023`. */
export function longDate(date: Date): string {
  const { month, day, year } = partsOf(date.getTime());
  return `${monthName(month)} ${day}, ${year}`;
}

/** Settings, Date & time: whether the device counts the hours to 24. */
export function uses24Hours(settings: SimSettings): boolean {
  return settings.get("system", "time_12_24") === "24";
}

/** `9:05 AM` as the system writes it, or `09:05` where the device counts to 24. */
export function timeOfDay(settings: SimSettings, hour: number, minute: number): string {
  const text = timeText(settings, hour, minute);
  return uses24Hours(settings) ? text : text.replace(/^0/u, "");
}

/** `09:05 AM`, or `09:05` where the device counts to 24. */
export function timeText(settings: SimSettings, hour: number, minute: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  if (uses24Hours(settings)) return `${two(hour)}:${two(minute)}`;
  return `${two(hour % 12 === 0 ? 12 : hour % 12)}:${two(minute)} ${hour < 12 ? "AM" : "PM"}`;
}
