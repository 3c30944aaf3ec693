import type { AppContext, SimDatabase } from "../../system/services.ts";

/**
 * Alarms as AOSP's Clock stores them (its ClockDatabaseHelper, version 8): a template is what the user
 * set, an instance is its next time to ring.
 */
export interface Alarm {
  id: number;
  /** 0 to 23. */
  hour: number;
  minutes: number;
  /** Bits: Monday is 1, Sunday is 64. */
  daysOfWeek: number;
  enabled: boolean;
  vibrate: boolean;
  label: string;
}

/** Outside the app's other data, since alarms ring before the phone is unlocked. */
export const clockData = "/data/user_de/0/com.google.android.deskclock";
export const alarmsDatabase = `${clockData}/databases/alarms.db`;

const defaultRingtone = "content://settings/system/alarm_alert";
/** AOSP's instance states. */
const silentState = 0;
const firedState = 5;
const missedState = 6;
/** An alarm that nobody could hear for so long is missed (AOSP's default auto silence). */
const silencedAfter = 10 * 60_000;

const schema = `
  CREATE TABLE alarm_templates (
    _id INTEGER PRIMARY KEY, hour INTEGER NOT NULL, minutes INTEGER NOT NULL, daysofweek INTEGER NOT NULL,
    enabled INTEGER NOT NULL, vibrate INTEGER NOT NULL, label TEXT NOT NULL, ringtone TEXT,
    delete_after_use INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE alarm_instances (
    _id INTEGER PRIMARY KEY, year INTEGER NOT NULL, month INTEGER NOT NULL, day INTEGER NOT NULL,
    hour INTEGER NOT NULL, minutes INTEGER NOT NULL, vibrate INTEGER NOT NULL, label TEXT NOT NULL,
    ringtone TEXT, alarm_state INTEGER NOT NULL,
    alarm_id INTEGER REFERENCES alarm_templates(_id) ON UPDATE CASCADE ON DELETE CASCADE);
  PRAGMA user_version = 8;
`;

/** The two alarms a new Clock has, both off: weekdays 8:30 and weekends 9:00. */
export function createAlarms(context: AppContext): void {
  context.database(alarmsDatabase).exec(schema);
  addAlarm(context, { hour: 8, minutes: 30, daysOfWeek: 0b0011111, enabled: false });
  addAlarm(context, { hour: 9, minutes: 0, daysOfWeek: 0b1100000, enabled: false });
}

/** Made anew where somebody has removed it, as Android's SQLiteOpenHelper does. */
function open(context: AppContext): SimDatabase {
  if (!context.files.exists(alarmsDatabase)) createAlarms(context);
  return context.database(alarmsDatabase);
}

/** All alarms, by time of day. */
export function listAlarms(context: AppContext): Alarm[] {
  return open(context)
    .all("SELECT * FROM alarm_templates ORDER BY hour, minutes, _id")
    .map((row) => ({
      id: Number(row["_id"]),
      hour: Number(row["hour"]),
      minutes: Number(row["minutes"]),
      daysOfWeek: Number(row["daysofweek"]),
      enabled: row["enabled"] === 1,
      vibrate: row["vibrate"] === 1,
      label: String(row["label"]),
    }));
}

export function addAlarm(
  context: AppContext,
  alarm: Pick<Alarm, "hour" | "minutes"> & Partial<Omit<Alarm, "id">>,
): Alarm {
  const full = { daysOfWeek: 0, enabled: true, vibrate: true, label: "", ...alarm };
  const { lastInsertRowid } = open(context).run(
    `INSERT INTO alarm_templates (hour, minutes, daysofweek, enabled, vibrate, label, ringtone)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [
      full.hour,
      full.minutes,
      full.daysOfWeek,
      Number(full.enabled),
      Number(full.vibrate),
      full.label,
      defaultRingtone,
    ],
  );
  const added = { id: lastInsertRowid, ...full };
  schedule(context, added);
  return added;
}

export function updateAlarm(context: AppContext, alarm: Alarm): void {
  open(context).run(
    `UPDATE alarm_templates SET hour = ?, minutes = ?, daysofweek = ?, enabled = ?, vibrate = ?, label = ?
     WHERE _id = ?`,
    [
      alarm.hour,
      alarm.minutes,
      alarm.daysOfWeek,
      Number(alarm.enabled),
      Number(alarm.vibrate),
      alarm.label,
      alarm.id,
    ],
  );
  schedule(context, alarm);
}

export function deleteAlarm(context: AppContext, id: number): void {
  const database = open(context);
  database.run("DELETE FROM alarm_instances WHERE alarm_id = ?", [id]);
  database.run("DELETE FROM alarm_templates WHERE _id = ?", [id]);
}

/** When an alarm rings next after `now`, both in milliseconds since the epoch; the device's zone is UTC. */
export function nextRing(alarm: Pick<Alarm, "hour" | "minutes" | "daysOfWeek">, now: number): number {
  const next = new Date(now);
  next.setUTCHours(alarm.hour, alarm.minutes, 0, 0);
  if (next.getTime() <= now) next.setUTCDate(next.getUTCDate() + 1);
  for (let day = 0; day < 7 && alarm.daysOfWeek !== 0; day++) {
    if ((alarm.daysOfWeek & (1 << ((next.getUTCDay() + 6) % 7))) !== 0) break;
    next.setUTCDate(next.getUTCDate() + 1);
  }
  return next.getTime();
}

/**
 * Alarms that ring now, each once: one that does not repeat is off from then on. Those whose time
 * is long past, since the clock jumped, are missed.
 */
export function ringDueAlarms(context: AppContext, now: number): Alarm[] {
  const due = new Map(
    open(context)
      .all("SELECT * FROM alarm_instances WHERE alarm_state = ?", [silentState])
      .map((row): [id: number, time: number] => [Number(row["alarm_id"]), instanceTime(row)])
      .filter(([, time]) => time <= now),
  );
  const ringing: Alarm[] = [];
  for (const alarm of listAlarms(context)) {
    const time = due.get(alarm.id);
    if (time === undefined) continue;
    if (alarm.daysOfWeek === 0) updateAlarm(context, { ...alarm, enabled: false });
    else schedule(context, alarm);
    const missed = now - time > silencedAfter;
    insertInstance(context, alarm, time, missed ? missedState : firedState);
    if (!missed) ringing.push(alarm);
  }
  return ringing;
}

/** After the user has set the clock: the next time of every alarm is another one. */
export function rescheduleAlarms(context: AppContext): void {
  for (const alarm of listAlarms(context)) schedule(context, alarm);
}

/** The ringing is over: stopped, or put off. */
export function dismissRinging(context: AppContext, snoozeUntil?: { alarm: Alarm; time: number }): void {
  open(context).run("DELETE FROM alarm_instances WHERE alarm_state = ?", [firedState]);
  if (snoozeUntil !== undefined) insertInstance(context, snoozeUntil.alarm, snoozeUntil.time, silentState);
}

function schedule(context: AppContext, alarm: Alarm): void {
  open(context).run("DELETE FROM alarm_instances WHERE alarm_id = ? AND alarm_state = ?", [
    alarm.id,
    silentState,
  ]);
  if (alarm.enabled) insertInstance(context, alarm, nextRing(alarm, context.clock.now()), silentState);
}

function insertInstance(context: AppContext, alarm: Alarm, time: number, state: number): void {
  const date = new Date(time);
  open(context).run(
    `INSERT INTO alarm_instances
       (year, month, day, hour, minutes, vibrate, label, ringtone, alarm_state, alarm_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      date.getUTCFullYear(),
      date.getUTCMonth(),
      date.getUTCDate(),
      date.getUTCHours(),
      date.getUTCMinutes(),
      Number(alarm.vibrate),
      alarm.label,
      defaultRingtone,
      state,
      alarm.id,
    ],
  );
}

/** Months count from 0, as in java.util.Calendar. */
function instanceTime(row: Record<string, unknown>): number {
  const part = (name: string): number => Number(row[name]);
  return Date.UTC(part("year"), part("month"), part("day"), part("hour"), part("minutes"));
}
