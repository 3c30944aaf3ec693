import type { AppContext } from "../../system/services.ts";
import type { SimApp } from "../app.ts";
import { alarmActivity, ringingActivity } from "./alarm-activity.ts";
import { clockData, createAlarms, rescheduleAlarms, ringDueAlarms } from "./alarms.ts";
import { deskClock } from "./desk-clock.ts";
import { clockActions } from "./intents.ts";
import { readStopwatch } from "./stopwatch.ts";
import { expireTimers, listTimers } from "./timers.ts";

const packageName = "com.google.android.deskclock";
const main = "com.android.deskclock.DeskClock";

/** The minute for which alarms were last looked for: they ring on whole minutes, the clock ticks far oftener. */
const checkedMinute = new WeakMap<AppContext["clock"], number>();

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
  },
  tick(context, now) {
    const expired = expireTimers(context, now);
    for (const timer of expired) context.log("DeskClock", `timer ${timer.id} expired`);
    const rang = ringAlarms(context, now);
    const counting =
      readStopwatch(context).state === "running" ||
      listTimers(context).some((timer) => timer.state === "running" || timer.state === "expired");
    return rang || counting;
  },
};

function ringAlarms(context: AppContext, now: number): boolean {
  const minute = Math.floor(now / 60_000);
  if (checkedMinute.get(context.clock) === minute) return false;
  checkedMinute.set(context.clock, minute);
  const alarms = ringDueAlarms(context, now);
  for (const alarm of alarms) {
    context.log("DeskClock", `alarm ${alarm.id} rings`);
    context.startActivity({
      component: `${packageName}/${ringingActivity}`,
      extras: { alarm: alarm.id },
    });
  }
  return alarms.length > 0;
}
