/** When a notification was posted, or what it counts down to, behind its title. */
import type { PostedNotification } from "../system/notifications.ts";
import type { SimClock } from "../system/services.ts";
import { column, text, theme, type View } from "../ui/index.ts";

const color = theme.secondaryText;
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

export function timeView(clock: SimClock, { when, countsDownTo }: PostedNotification): View[] {
  const divider = text("•", { id: "android:id/time_divider", size: 12, color });
  if (countsDownTo !== undefined) {
    const left = chronometer(countsDownTo - clock.now());
    return [divider, text(left, { id: "android:id/chronometer", size: 12, color })];
  }
  const { short, long } = age(clock.now() - when);
  return [
    divider,
    // A DateTimeView shows `5m` and tells an accessibility service `5 minutes ago`.
    column([text(short, { size: 12, color })], {
      id: "android:id/time",
      className: "android.widget.TextView",
      paintedText: long,
    }),
  ];
}

export function age(ms: number): { short: string; long: string } {
  if (ms < minute) return { short: "now", long: "now" };
  const [unit, name] = ms < hour ? [minute, "minute"] : ms < day ? [hour, "hour"] : [day, "day"];
  const amount = Math.floor(ms / unit);
  return { short: `${amount}${name[0]}`, long: `${amount} ${name}${amount === 1 ? "" : "s"} ago` };
}

/** As android.widget.Chronometer counts down: `04:05`, `1:00:00`, with a minus sign below zero. */
export function chronometer(ms: number): string {
  const total = Math.abs(Math.trunc(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, "0");
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const face = hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`;
  return ms <= -1000 ? `−${face}` : face;
}
