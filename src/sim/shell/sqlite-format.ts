import type { SqlValue } from "../system/services.ts";

export interface TableOptions {
  mode: string;
  header: boolean;
  separator: string;
  nullText: string;
  newline: string;
}

/** Rows as the sqlite3 shell prints them in its output modes. */
export function formatTable(rows: readonly Record<string, SqlValue>[], options: TableOptions): string {
  const first = rows[0];
  if (first === undefined) return "";
  const names = Object.keys(first);
  if (options.mode === "json") return `[${rows.map((row) => jsonRow(row)).join(",\n")}]\n`;
  const cells = rows.map((row) => names.map((name) => cell(row[name] ?? null, options)));
  if (options.mode === "line") {
    const width = Math.max(5, ...names.map((name) => name.length));
    return cells
      .map((row) => row.map((value, index) => `${names[index]!.padStart(width)} = ${value}\n`).join(""))
      .join("\n");
  }
  if (options.mode === "column") return columns(names, cells, options.header);
  const lines = options.header
    ? [names.map((name) => (options.mode === "csv" ? csv(name) : name)), ...cells]
    : cells;
  return lines.map((row) => row.join(options.separator) + options.newline).join("");
}

function cell(value: SqlValue, options: TableOptions): string {
  if (options.mode === "quote") return quoted(value);
  if (value === null) return options.nullText;
  const text = value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : String(value);
  return options.mode === "csv" ? csv(text) : text;
}

function csv(text: string): string {
  return /[\s,"']/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function quoted(value: SqlValue): string {
  if (value === null) return "NULL";
  if (value instanceof Uint8Array) return `X'${Buffer.from(value).toString("hex")}'`;
  return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function jsonRow(row: Record<string, SqlValue>): string {
  return JSON.stringify(row, (_key, value: unknown) => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString("utf8");
    return typeof value === "bigint" ? Number(value) : value;
  });
}

function columns(names: readonly string[], rows: readonly string[][], header: boolean): string {
  const lines = header ? [names, ...rows] : rows;
  const widths = names.map((_, index) => Math.max(...lines.map((row) => row[index]!.length)));
  const pad = (row: readonly string[]): string =>
    row
      .map((value, index) => value.padEnd(widths[index]!))
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "-".repeat(width));
  return [...(header ? [names, rule] : []), ...rows].map((row) => `${pad(row)}\n`).join("");
}
