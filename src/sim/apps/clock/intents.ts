import type { AppContext, Intent, Json } from "../../system/services.ts";
import { addAlarm } from "./alarms.ts";
import type { ClockState } from "./state.ts";
import { openPicker } from "./time-picker.ts";
import { addTimer } from "./timers.ts";

export const clockActions = {
  setAlarm: "android.intent.action.SET_ALARM",
  setTimer: "android.intent.action.SET_TIMER",
  showAlarms: "android.intent.action.SHOW_ALARMS",
  showTimers: "android.intent.action.SHOW_TIMERS",
} as const;

/** The intents of android.provider.AlarmClock. What they leave out is asked for. */
export function carryOut(context: AppContext, state: ClockState, intent: Intent): void {
  const { action } = intent;
  if (action === clockActions.setAlarm || action === clockActions.showAlarms) state.tab = "alarm";
  if (action === clockActions.setTimer || action === clockActions.showTimers) state.tab = "timer";
  if (action === clockActions.setAlarm) setAlarm(context, state, intent);
  if (action === clockActions.setTimer) setTimer(context, state, intent);
}

function setAlarm(context: AppContext, state: ClockState, intent: Intent): void {
  const hour = whole(extra(intent, "HOUR"), 0, 23);
  const minutes = whole(extra(intent, "MINUTES") ?? 0, 0, 59);
  if (hour !== undefined && minutes !== undefined) {
    state.expanded = addAlarm(context, { hour, minutes, label: message(intent) }).id;
    return;
  }
  const now = context.clock.date();
  state.picker = openPicker(context.settings, { hour: now.getUTCHours(), minutes: now.getUTCMinutes() });
}

function setTimer(context: AppContext, state: ClockState, intent: Intent): void {
  // One second to one day, as Android documents it.
  const seconds = whole(extra(intent, "LENGTH"), 1, 86_400);
  if (seconds === undefined) state.addingTimer = true;
  else addTimer(context, seconds * 1000, message(intent));
}

function extra(intent: Intent, name: string): Json | undefined {
  return intent.extras?.[`android.intent.extra.alarm.${name}`];
}

function message(intent: Intent): string {
  const text = extra(intent, "MESSAGE");
  return typeof text === "string" ? text : "";
}

function whole(value: Json | undefined, low: number, high: number): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= low && value <= high
    ? value
    : undefined;
}
