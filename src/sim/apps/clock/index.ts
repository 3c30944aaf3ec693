import type { AppContext } from "../../system/services.ts";
import type { SimApp } from "../app.ts";
import { alarmActivity, ringingActivity } from "./alarm-activity.ts";
import { alarmsDatabase, clockData, createAlarms, rescheduleAlarms, ringDueAlarms } from "./alarms.ts";
import { deskClock } from "./desk-clock.ts";
import { clockActions } from "./intents.ts";
import { notifyAlarm, notifyTimers, onAction } from "./notify.ts";
import { readStopwatch } from "./stopwatch.ts";
import { expireTimers, listTimers } from "./timers.ts";

const packageName = "com.google.android.deskclock";
const main = "com.android.deskclock.DeskClock";

/**
 * For which minute alarms were last looked for, and in which content of their file: they ring on whole
 * minutes, and the clock ticks far oftener. A snapshot load or a push brings another content.
 */
const checked = new WeakMap<AppContext["clock"], { minute: number; alarms: Uint8Array | undefined }>();

export const clock: SimApp = {
  package: packageName,
  label: "Clock",
  icon: { icon: "clock", background: "#3367d6" },
  versionName: "7.4 (510498834)",
  versionCode: 71_020_483,
  system: true,
  launcherActivity: main,
  activities: { [main]: deskClock, [ringingActivity]: alarmActivity },
  intentFilters: Object.values(clockActions).map((action) => ({ activity: main, action })),
  install(context) {
    context.files.remove(clockData);
    createAlarms(context);
  },
  receive(context, intent) {
    if (intent.action === "android.intent.action.TIME_SET") rescheduleAlarms(context);
    else onAction(context, intent);
  },
  tick(context, now) {
    const expired = expireTimers(context, now);
    for (const timer of expired) context.log("DeskClock", `timer ${timer.id} expired`);
    const timers = listTimers(context);
    notifyTimers(context, timers, now);
    const rang = ringAlarms(context, now);
    const counting =
      readStopwatch(context).state === "running" ||
      timers.some((timer) => timer.state === "running" || timer.state === "expired");
    return rang || counting;
  },
};

function ringAlarms(context: AppContext, now: number): boolean {
  const minute = Math.floor(now / 60_000);
  const last = checked.get(context.clock);
  if (last?.minute === minute && last.alarms === alarmsFile(context)) return false;
  const alarms = ringDueAlarms(context, now);
  checked.set(context.clock, { minute, alarms: alarmsFile(context) });
  for (const alarm of alarms) {
    context.log("DeskClock", `alarm ${alarm.id} rings`);
    const intent = { component: `${packageName}/${ringingActivity}`, extras: { alarm: alarm.id } };
    notifyAlarm(context, alarm, intent);
    context.startActivity(intent);
  }
  return alarms.length > 0;
}

function alarmsFile({ files }: AppContext): Uint8Array | undefined {
  return files.exists(alarmsDatabase) ? files.read(alarmsDatabase) : undefined;
}
