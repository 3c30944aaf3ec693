const months = [
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

export interface DateValues {
  month: string;
  day: number;
  year: number;
}

/** `20 October 2023`, as the cells of Android's date picker are described. */
export function cellName({ day, month, year }: DateValues): string {
  return `${String(day).padStart(2, "0")} ${month} ${year}`;
}

/** Whole months from the one shown, such as `October 2023`, to the wanted one; 0 where it cannot be read. */
export function monthsBetween(shown: string, { month, year }: DateValues): number {
  const [name = "", shownYear = ""] = shown.split(" ");
  const from = months.findIndex((one) => one === name);
  const to = months.findIndex((one) => one === month);
  return from < 0 ? 0 : (year - Number(shownYear)) * 12 + to - from;
}

/** Minutes since midnight of `09:30 AM` or `21:30`; undefined where it is no time. */
export function minutesOf(text: string): number | undefined {
  const match = /^(\d{1,2}):(\d{2})(?:\s*([ap])m)?$/iu.exec(text.trim());
  if (!match) return undefined;
  const hour = Number(match[1]);
  const half = match[3]?.toLowerCase();
  return (half === undefined ? hour : (hour % 12) + (half === "p" ? 12 : 0)) * 60 + Number(match[2]);
}
