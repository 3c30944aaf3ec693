import type { AppContext, SimDatabase, SqlValue } from "../../system/services.ts";
import { bindable } from "../sql-provider.ts";

export const DATABASE = "/data/data/com.simplemobiletools.calendar.pro/databases/events.db";

/**
 * The Room database of Simple Calendar Pro 6 (its schema 8.json), statements and identity hash included, so
 * that the app's own migrations would accept it.
 */
const SCHEMA = `
CREATE TABLE android_metadata (locale TEXT);
INSERT INTO android_metadata VALUES ('en_US');
CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT, start_ts INTEGER NOT NULL, end_ts INTEGER NOT NULL,
  title TEXT NOT NULL, location TEXT NOT NULL, description TEXT NOT NULL,
  reminder_1_minutes INTEGER NOT NULL, reminder_2_minutes INTEGER NOT NULL, reminder_3_minutes INTEGER NOT NULL,
  reminder_1_type INTEGER NOT NULL, reminder_2_type INTEGER NOT NULL, reminder_3_type INTEGER NOT NULL,
  repeat_interval INTEGER NOT NULL, repeat_rule INTEGER NOT NULL, repeat_limit INTEGER NOT NULL,
  repetition_exceptions TEXT NOT NULL, attendees TEXT NOT NULL, import_id TEXT NOT NULL,
  time_zone TEXT NOT NULL, flags INTEGER NOT NULL, event_type INTEGER NOT NULL, parent_id INTEGER NOT NULL,
  last_updated INTEGER NOT NULL, source TEXT NOT NULL, availability INTEGER NOT NULL, color INTEGER NOT NULL,
  type INTEGER NOT NULL);
CREATE UNIQUE INDEX index_events_id ON events (id);
CREATE TABLE event_types (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, color INTEGER NOT NULL,
  caldav_calendar_id INTEGER NOT NULL, caldav_display_name TEXT NOT NULL, caldav_email TEXT NOT NULL,
  type INTEGER NOT NULL);
CREATE UNIQUE INDEX index_event_types_id ON event_types (id);
CREATE TABLE widgets (id INTEGER PRIMARY KEY AUTOINCREMENT, widget_id INTEGER NOT NULL, period INTEGER NOT NULL);
CREATE UNIQUE INDEX index_widgets_widget_id ON widgets (widget_id);
CREATE TABLE tasks (id INTEGER PRIMARY KEY AUTOINCREMENT, task_id INTEGER NOT NULL, start_ts INTEGER NOT NULL,
  flags INTEGER NOT NULL);
CREATE UNIQUE INDEX index_tasks_id_task_id ON tasks (id, task_id);
CREATE TABLE room_master_table (id INTEGER PRIMARY KEY, identity_hash TEXT);
INSERT INTO room_master_table VALUES (42, '1d5b2fddcb258e43f2935820863057a9');
INSERT INTO event_types VALUES (1, 'Regular event', -16746133, 0, '', '', 0);
PRAGMA user_version = 8;
`;

/** A row of `events`, as plain data; times are seconds since the epoch. */
export type CalendarEvent = {
  /** 0 for one that is not stored yet. */
  id: number;
  startTs: number;
  endTs: number;
  title: string;
  location: string;
  description: string;
  /** Minutes before the start; -1 is none. */
  reminders: [number, number, number];
  /** Seconds; 0 is none. See `INTERVAL`. */
  repeatInterval: number;
  /** Weekly: a bit per weekday, Monday lowest. Monthly and yearly: `RULE`. */
  repeatRule: number;
  /** Above 0 the last moment, below 0 minus the number of occurrences. */
  repeatLimit: number;
  /** Days left out, as `20231015`. */
  exceptions: string[];
  importId: string;
  timeZone: string;
  flags: number;
  eventType: number;
  parentId: number;
  lastUpdated: number;
  source: string;
  color: number;
  type: number;
};

export const FLAG_ALL_DAY = 1;
export const FLAG_COMPLETED = 8;
export const TYPE_EVENT = 0;
export const TYPE_TASK = 1;

export interface EventType {
  id: number;
  title: string;
  color: string;
}

/** The database, made anew where its file has gone. */
export function openEvents(context: AppContext): SimDatabase {
  const db = context.database(DATABASE);
  if (db.all("PRAGMA user_version")[0]?.["user_version"] === 0) db.exec(SCHEMA);
  return db;
}

export function newEvent(startTs: number, endTs: number, type = TYPE_EVENT): CalendarEvent {
  return {
    id: 0,
    startTs,
    endTs,
    title: "",
    location: "",
    description: "",
    reminders: [10, -1, -1],
    repeatInterval: 0,
    repeatRule: 0,
    repeatLimit: 0,
    exceptions: [],
    importId: "",
    timeZone: "UTC",
    flags: 0,
    eventType: 1,
    parentId: 0,
    lastUpdated: 0,
    source: "simple-calendar",
    color: 0,
    type,
  };
}

export function readEvents(context: AppContext): CalendarEvent[] {
  return openEvents(context).all("SELECT * FROM events ORDER BY start_ts, id").map(eventOf);
}

export function readEvent(context: AppContext, id: number): CalendarEvent | undefined {
  const row = openEvents(context).all("SELECT * FROM events WHERE id = ?", [id])[0];
  return row && eventOf(row);
}

export function readEventTypes(context: AppContext): EventType[] {
  return openEvents(context)
    .all("SELECT * FROM event_types ORDER BY id")
    .map((row) => ({
      id: Number(row["id"]),
      title: String(row["title"]),
      color: cssColor(Number(row["color"])),
    }));
}

/** Inserts an event, or changes the stored one with its `id`, and returns its number. */
export function saveEvent(context: AppContext, event: CalendarEvent): number {
  const db = openEvents(context);
  const row = { ...rowOf(event), last_updated: context.clock.now() };
  const names = Object.keys(row);
  const values = bindable(Object.values(row));
  if (event.id === 0) {
    const sql = `INSERT INTO events (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
    return db.run(sql, values).lastInsertRowid;
  }
  db.run(`UPDATE events SET ${names.map((name) => `${name} = ?`).join(", ")} WHERE id = ?`, [
    ...values,
    event.id,
  ]);
  return event.id;
}

/** Removes an event, and the changed occurrences that hang on it. */
export function removeEvent(context: AppContext, id: number): void {
  openEvents(context).run("DELETE FROM events WHERE id = ? OR parent_id = ?", [id, id]);
}

/** A new import id, as the app makes it: a random UUID without dashes, and the time. */
export function newImportId(context: AppContext): string {
  const hex = Array.from({ length: 32 }, () => context.random.int(0, 15).toString(16)).join("");
  return `${hex}${context.clock.now()}`;
}

function eventOf(row: Record<string, SqlValue>): CalendarEvent {
  const number = (name: string): number => Number(row[name] ?? 0);
  const string = (name: string): string => String(row[name] ?? "");
  return {
    id: number("id"),
    startTs: number("start_ts"),
    endTs: number("end_ts"),
    title: string("title"),
    location: string("location"),
    description: string("description"),
    reminders: [number("reminder_1_minutes"), number("reminder_2_minutes"), number("reminder_3_minutes")],
    repeatInterval: number("repeat_interval"),
    repeatRule: number("repeat_rule"),
    repeatLimit: number("repeat_limit"),
    exceptions: string("repetition_exceptions").match(/\d{8}/gu) ?? [],
    importId: string("import_id"),
    timeZone: string("time_zone"),
    flags: number("flags"),
    eventType: number("event_type"),
    parentId: number("parent_id"),
    lastUpdated: number("last_updated"),
    source: string("source"),
    color: number("color"),
    type: number("type"),
  };
}

function rowOf(event: CalendarEvent): Record<string, SqlValue> {
  return {
    start_ts: event.startTs,
    end_ts: event.endTs,
    title: event.title,
    location: event.location,
    description: event.description,
    reminder_1_minutes: event.reminders[0],
    reminder_2_minutes: event.reminders[1],
    reminder_3_minutes: event.reminders[2],
    reminder_1_type: 0,
    reminder_2_type: 0,
    reminder_3_type: 0,
    repeat_interval: event.repeatInterval,
    repeat_rule: event.repeatRule,
    repeat_limit: event.repeatLimit,
    repetition_exceptions: JSON.stringify(event.exceptions),
    attendees: "[]",
    import_id: event.importId,
    time_zone: event.timeZone,
    flags: event.flags,
    event_type: event.eventType,
    parent_id: event.parentId,
    source: event.source,
    availability: 0,
    color: event.color,
    type: event.type,
  };
}

/** An Android colour integer as CSS hex. */
function cssColor(argb: number): string {
  return `#${((argb >>> 0) & 0xffffff).toString(16).padStart(6, "0")}`;
}
