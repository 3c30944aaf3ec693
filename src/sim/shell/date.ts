import { fail, ok, type CommandContext, type Output } from "./command.ts";

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September"].concat(
  "October",
  "November",
  "December",
);

/** toybox date: `date [-u] [-d DATE] [+FORMAT] [SET]`. The device's time zone is UTC. */
export function date(args: readonly string[], { phone }: CommandContext): Output {
  let at = phone.clock.now();
  let format = "%a %b %e %H:%M:%S %Z %Y";
  let setting: string | undefined;
  for (let index = 0; index < args.length; index++) {
    const word = args[index]!;
    if (word.startsWith("+")) format = word.slice(1);
    else if (word === "-d" || word === "--date") {
      const parsed = parseDate(args[++index] ?? "", at);
      if (parsed === undefined) return fail(`date: bad date '${args[index] ?? ""}'`);
      at = parsed;
    } else if (word === "-s" || word === "--set") setting = args[++index] ?? "";
    else if (word.startsWith("-")) {
      if (word !== "-u") return fail(`date: Unknown option '${word.slice(1)}' (see "date --help")`);
    } else setting = word;
  }
  if (setting !== undefined) {
    const parsed = parseDate(setting, at);
    if (parsed === undefined) return fail(`date: bad date '${setting}'`);
    phone.clock.set(parsed);
    phone.broadcast({ action: "android.intent.action.TIME_SET" });
    phone.tick();
    at = parsed;
  }
  return ok(`${strftime(format, new Date(at))}\n`);
}

/** `@EPOCH[.FRACTION]`, `MMDDhhmm[[CC]YY][.ss]` or `YYYY-MM-DD[ T]hh:mm[:ss]`, as milliseconds. */
export function parseDate(text: string, now: number): number | undefined {
  const epoch = /^@(\d+(?:\.\d+)?)$/u.exec(text);
  if (epoch !== null) return Math.floor(Number(epoch[1]) * 1000);
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(?:Z|\+00:?00)?$/u.exec(
    text,
  );
  if (iso !== null) return utc(iso.slice(1).map(Number));
  const posix = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2}|\d{4})?(?:\.(\d{2}))?\d*$/u.exec(text);
  if (posix === null) return undefined;
  const [month, day, hour, minute] = posix.slice(1, 5).map(Number);
  const year = posix[5];
  const fullYear =
    year === undefined
      ? new Date(now).getUTCFullYear()
      : year.length === 4
        ? Number(year)
        : // POSIX: 69 to 99 are of the last century.
          Number(year) + (Number(year) >= 69 ? 1900 : 2000);
  return utc([fullYear, month, day, hour, minute, Number(posix[6] ?? 0)]);
}

/** Undefined for a date that does not exist, such as the 30th of February. */
function utc(parts: readonly (number | undefined)[]): number | undefined {
  const [year = 0, month = 0, day = 0, hour, minute, second] = parts.map((part) =>
    part === undefined || Number.isNaN(part) ? 0 : part,
  );
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const exists =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && (hour ?? 0) < 24 && (minute ?? 0) < 60;
  return exists ? date.getTime() : undefined;
}

export function strftime(format: string, date: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const hour12 = date.getUTCHours() % 12 === 0 ? 12 : date.getUTCHours() % 12;
  const dayOfYear = Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
  const fields: Record<string, () => string> = {
    Y: () => String(date.getUTCFullYear()),
    y: () => two(date.getUTCFullYear() % 100),
    C: () => two(Math.floor(date.getUTCFullYear() / 100)),
    m: () => two(date.getUTCMonth() + 1),
    d: () => two(date.getUTCDate()),
    e: () => String(date.getUTCDate()).padStart(2),
    H: () => two(date.getUTCHours()),
    I: () => two(hour12),
    l: () => String(hour12).padStart(2),
    M: () => two(date.getUTCMinutes()),
    S: () => two(date.getUTCSeconds()),
    N: () => `${String(date.getUTCMilliseconds()).padStart(3, "0")}000000`,
    p: () => (date.getUTCHours() < 12 ? "AM" : "PM"),
    j: () => String(dayOfYear).padStart(3, "0"),
    u: () => String(date.getUTCDay() === 0 ? 7 : date.getUTCDay()),
    w: () => String(date.getUTCDay()),
    a: () => days[date.getUTCDay()]!.slice(0, 3),
    A: () => days[date.getUTCDay()]!,
    b: () => months[date.getUTCMonth()]!.slice(0, 3),
    h: () => months[date.getUTCMonth()]!.slice(0, 3),
    B: () => months[date.getUTCMonth()]!,
    s: () => String(Math.floor(date.getTime() / 1000)),
    Z: () => "UTC",
    z: () => "+0000",
    F: () => strftime("%Y-%m-%d", date),
    T: () => strftime("%H:%M:%S", date),
    R: () => strftime("%H:%M", date),
    D: () => strftime("%m/%d/%y", date),
    c: () => strftime("%a %b %e %H:%M:%S %Y", date),
    x: () => strftime("%m/%d/%y", date),
    X: () => strftime("%H:%M:%S", date),
    n: () => "\n",
    t: () => "\t",
    "%": () => "%",
  };
  return format.replace(/%([A-Za-z%])/gu, (all, name: string) => fields[name]?.() ?? all);
}
