/** How Clock writes times and dates, in English, in the device's zone (UTC). */
import { WEEKDAYS } from "../dates.ts";

/** Whole seconds as `9:58` or `1:00:00`; below zero with a minus sign. Counts a begun second as whole. */
export function countdown(ms: number): string {
  const total = Math.abs(Math.ceil(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const rest = hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${minutes}:${pad(seconds)}`;
  return ms <= -1000 ? `-${rest}` : rest;
}

/** The stopwatch's face: `5`, `1:05`, `1:01:05`, and hundredths apart. */
export function stopwatchFace(ms: number): { main: string; hundredths: string } {
  const total = Math.floor(ms / 1000);
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const main =
    hours > 0
      ? `${hours}:${pad(minutes)}:${pad(seconds)}`
      : minutes > 0
        ? `${minutes}:${pad(seconds)}`
        : pad(seconds);
  return { main, hundredths: pad(Math.floor((ms % 1000) / 10)) };
}

/** `10m Timer`, `1h 30m Timer`. */
export function timerName(ms: number): string {
  const total = Math.round(ms / 1000);
  const parts = [
    [Math.floor(total / 3600), "h"],
    [Math.floor(total / 60) % 60, "m"],
    [total % 60, "s"],
  ] as const;
  return `${parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join(" ")} Timer`;
}

/** `7 hours and 30 minutes`, as after "Alarm set for". */
export function fromNow(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const parts = [
    plural(Math.floor(minutes / 1440), "day"),
    plural(Math.floor(minutes / 60) % 24, "hour"),
    plural(minutes % 60, "minute"),
  ].filter((part) => part !== "");
  if (parts.length === 0) return "less than 1 minute";
  return parts.length === 3 ? `${parts[0]}, ${parts[1]}, and ${parts[2]}` : parts.join(" and ");
}

/** Which days an alarm repeats on, or the day it rings. */
export function daysSummary(bits: number, ring: Date, now: Date): string {
  if (bits === 0b1111111) return "Every day";
  if (bits !== 0)
    return WEEKDAYS.filter((_, index) => (bits & (1 << index)) !== 0)
      .map((name) => name.slice(0, 3))
      .join(", ");
  return ring.getUTCDate() === now.getUTCDate() ? "Today" : "Tomorrow";
}

export function pad(value: number): string {
  return String(value).padStart(2, "0");
}

function plural(count: number, unit: string): string {
  return count === 0 ? "" : `${count} ${unit}${count === 1 ? "" : "s"}`;
}
