import { errorMessage } from "../../errors.ts";
import { ContentError } from "../system/content.ts";
import type { ContentQuery, SimDatabase, SqlValue } from "../system/services.ts";

/** What every URI of a provider that keeps its rows in SQLite comes down to. */
export interface Source {
  /** A table or view. */
  from: string;
  /** Condition that the URI itself makes. */
  where?: string;
  args?: readonly SqlValue[];
  /** Order where the query names none. */
  sort?: string;
}

/** Rows of a source, in the order of the projection's columns. An unknown column is an error. */
export function selectRows(db: SimDatabase, source: Source, query: ContentQuery): Record<string, SqlValue>[] {
  const columns = query.projection?.map((name) => `"${name}"`).join(", ") ?? "*";
  const { condition, args } = conditionOf(source, query.where, query.args);
  const sort = query.sort ?? source.sort;
  const order = sort === undefined || sort === "" ? "" : ` ORDER BY ${sort}`;
  return orInvalid(db, source.from, query.projection ?? [], () =>
    db.all(`SELECT ${columns} FROM ${source.from}${condition}${order}`, args),
  );
}

/** The `_id` of every row that matches. */
export function selectIds(
  db: SimDatabase,
  source: Source,
  where: string | undefined,
  args: readonly string[] | undefined,
): number[] {
  return selectRows(db, source, {
    projection: ["_id"],
    ...(where === undefined ? {} : { where }),
    ...(args === undefined ? {} : { args }),
  }).map((row) => Number(row["_id"]));
}

/** Writes one row and returns its number. */
export function insertRow(db: SimDatabase, table: string, values: Record<string, SqlValue>): number {
  const names = Object.keys(values);
  const sql =
    names.length === 0
      ? `INSERT INTO ${table} DEFAULT VALUES`
      : `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
  return orInvalid(db, table, names, () => db.run(sql, bindable(Object.values(values))).lastInsertRowid);
}

/** Changes the rows with these numbers. */
export function updateRows(
  db: SimDatabase,
  table: string,
  values: Record<string, SqlValue>,
  ids: readonly number[],
): number {
  const names = Object.keys(values);
  if (names.length === 0 || ids.length === 0) return 0;
  const set = names.map((name) => `"${name}" = ?`).join(", ");
  const sql = `UPDATE ${table} SET ${set} WHERE _id IN (${ids.map(Number).join(", ")})`;
  return orInvalid(db, table, names, () => db.run(sql, bindable(Object.values(values))).changes);
}

export function segmentsOf(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

export function unknownUri(authority: string, path: string): ContentError {
  return new ContentError(
    `java.lang.UnsupportedOperationException: Unknown URI content://${authority}/${path}`,
  );
}

export function invalidValue(message: string): ContentError {
  return new ContentError(`java.lang.IllegalArgumentException: ${message}`);
}

/** All of `work`'s writes or none, and the file is written once. */
export function transaction<T>(db: SimDatabase, work: () => T): T {
  db.run("BEGIN");
  try {
    const result = work();
    db.run("COMMIT");
    return result;
  } catch (error) {
    db.run("ROLLBACK");
    throw error;
  }
}

function conditionOf(source: Source, where: string | undefined, args: readonly string[] | undefined) {
  const parts = [source.where, where].filter((part) => part !== undefined && part !== "");
  return {
    condition: parts.length === 0 ? "" : ` WHERE ${parts.map((part) => `(${part})`).join(" AND ")}`,
    args: bindable([...(source.args ?? []), ...(args ?? [])]),
  };
}

/** Whole numbers as integers: a float 2 would stand in a TEXT column as `2.0`. */
export function bindable(values: readonly SqlValue[]): SqlValue[] {
  return values.map((value) => (Number.isSafeInteger(value) ? BigInt(value as number) : value));
}

/** A failure that comes of a column's name says so as Android does. */
function orInvalid<T>(db: SimDatabase, table: string, names: readonly string[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    const known = new Set(db.all(`PRAGMA table_info("${table}")`).map((column) => column["name"]));
    const unknown = names.find((name) => !known.has(name));
    throw unknown === undefined
      ? new ContentError(`android.database.sqlite.SQLiteException: ${errorMessage(error)}`)
      : invalidValue(`Invalid column ${unknown}`);
  }
}
