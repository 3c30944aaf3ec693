import { configError } from "../errors.ts";
import type { ParameterValue } from "./task.ts";

/** `{name}`, `{name.field}`, `{name:02}` (padded with zeros to two digits). */
const HOLE = /\{([A-Za-z_]\w*(?:\.\w+)?)(?::0(\d))?\}/g;

/** How a value is written where it lands. */
export type HoleStyle = "text" | "sql";

/** Names of the holes in a text. */
export function holesIn(text: string): string[] {
  return [...text.matchAll(HOLE)].map((match) => match[1]!);
}

/** Fills every hole; throws `TASK_HOLE` for a name that was not drawn. */
export function fillHoles(
  text: string,
  values: Readonly<Record<string, ParameterValue>>,
  style: HoleStyle = "text",
): string {
  return text.replace(HOLE, (_hole, name: string, width: string | undefined) => {
    const value = values[name];
    if (value === undefined) {
      throw configError("TASK_HOLE", `{${name}} is not a parameter; declare it under params`);
    }
    const written = width === undefined ? String(value) : String(value).padStart(Number(width), "0");
    return style === "sql" ? sqlLiteral(typeof value === "number" && !width ? value : written) : written;
  });
}

/** Fills the holes of every text inside plain data; the fields named in `sqlFields` take SQL literals. */
export function fillAll<T>(
  data: T,
  values: Readonly<Record<string, ParameterValue>>,
  sqlFields: ReadonlySet<string>,
): T {
  const fill = (value: unknown, style: HoleStyle): unknown => {
    if (typeof value === "string") return fillHoles(value, values, style);
    if (Array.isArray(value)) return value.map((item) => fill(item, style));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, fill(item, sqlFields.has(key) ? "sql" : style)]),
      );
    }
    return value;
  };
  return fill(data, "text") as T;
}

/** A value as SQLite reads it back: a number as it is, text in single quotes. */
export function sqlLiteral(value: ParameterValue): string {
  return typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`;
}
