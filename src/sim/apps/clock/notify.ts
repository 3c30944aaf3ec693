import type { AppContext, Intent } from "../../system/services.ts";
import type { NotificationAction, NotificationRequest } from "../../system/notifications.ts";
import { partsOf, shortWeekday, timeOfDay } from "../dates.ts";
import { dismissRinging, type Alarm } from "./alarms.ts";
import { clockActions } from "./intents.ts";
import { addMinute, listTimers, pauseTimer, resetTimer, startTimer, type Timer } from "./timers.ts";

const packageName = "com.google.android.deskclock";
const unexpiredId = 2_147_483_641;
const expiredId = 2_147_483_640;
const alarmTag = "alarm";

/** What the buttons of Clock's notifications do, by the action of their broadcast. */
const timerActions: Record<string, (context: AppContext, timer: Timer) => void> = {
  PAUSE_TIMER: pauseTimer,
  START_TIMER: startTimer,
  RESET_TIMER: resetTimer,
  ADD_MINUTE_TIMER: addMinute,
};
const actionPrefix = "com.android.deskclock.action.";
export const dismissAlarm = `${actionPrefix}DISMISS_ALARM`;

/** Called whenever the clock has moved: what is posted follows the timers, as Clock's service has it. */
export function notifyTimers(context: AppContext, timers: readonly Timer[], now: number): void {
  const expired = timers.filter(({ state }) => state === "expired");
  const waiting = timers.filter(({ state }) => state === "running" || state === "paused");
  // Who looks at the app sees its timers; of those whose time is up it tells all the same.
  const hidden = context.tasks.inFront() === packageName;
  put(context, unexpiredId, hidden ? [] : waiting, (of) => unexpired(of, now));
  put(context, expiredId, expired, (of) => timesUp(of, now));
}

function put(
  context: AppContext,
  id: number,
  timers: readonly Timer[],
  request: (of: readonly Timer[]) => Omit<NotificationRequest, "id">,
): void {
  if (timers.length > 0) context.notifications.post({ id, ...request(timers) });
  else context.notifications.cancel(id);
}

function unexpired(timers: readonly Timer[], now: number): Omit<NotificationRequest, "id"> {
  const running = timers.filter(({ state }) => state === "running");
  const next = running.toSorted((a, b) => a.remaining(now) - b.remaining(now))[0];
  const [first] = timers;
  const text = next === undefined ? "Paused" : timers.length === 1 ? "" : `${timers.length} timers`;
  const actions =
    timers.length > 1
      ? []
      : next === undefined
        ? [button("Start", "START_TIMER", first!), button("Reset", "RESET_TIMER", first!)]
        : [button("Pause", "PAUSE_TIMER", next), button("+1 min", "ADD_MINUTE_TIMER", next)];
  return {
    ...timerBase(next ?? first!),
    channel: "Timers",
    importance: 2,
    text,
    actions,
    ...(next === undefined ? {} : { countsDownTo: now + next.remaining(now) }),
  };
}

function timesUp(timers: readonly Timer[], now: number): Omit<NotificationRequest, "id"> {
  const [first] = timers;
  return {
    ...timerBase(first!),
    channel: "Firing",
    importance: 4,
    text: timers.length === 1 ? "Time's up" : `${timers.length} timers expired`,
    countsDownTo: now + first!.remaining(now),
    actions:
      timers.length === 1
        ? [button("Stop", "RESET_TIMER", first!), button("+1 min", "ADD_MINUTE_TIMER", first!)]
        : [],
  };
}

function timerBase({ label }: Timer): Pick<NotificationRequest, "icon" | "title" | "ongoing" | "intent"> {
  const intent: Intent = { action: clockActions.showTimers, package: packageName };
  return { icon: "timer", title: label === "" ? "Timer" : label, ongoing: true, intent };
}

function button(title: string, action: string, { id }: Timer): NotificationAction {
  return { title, intent: { action: actionPrefix + action, package: packageName, extras: { timer: id } } };
}

/** An alarm rings; what is shown of it opens by `intent`. */
export function notifyAlarm(context: AppContext, alarm: Alarm, intent: Intent): void {
  const day = shortWeekday(partsOf(context.clock.now()).weekday);
  context.notifications.post({
    id: alarm.id,
    tag: alarmTag,
    channel: "Firing",
    importance: 4,
    icon: "alarm",
    title: alarm.label === "" ? "Alarm" : alarm.label,
    text: `${day} ${timeOfDay(context.settings, alarm.hour, alarm.minutes)}`,
    ongoing: true,
    intent,
    actions: [
      {
        title: "Dismiss",
        intent: { action: dismissAlarm, package: packageName },
      },
    ],
  });
}

/** The ringing is over. */
export function cancelAlarms(context: AppContext): void {
  for (const { id, tag } of context.notifications.posted())
    if (tag === alarmTag) context.notifications.cancel(id, tag);
}

/** A button of a notification. */
export function onAction(context: AppContext, intent: Intent): void {
  if (intent.action === dismissAlarm) {
    dismissRinging(context);
    cancelAlarms(context);
  }
  if (intent.action?.startsWith(actionPrefix) !== true) return;
  const timer = listTimers(context).find(({ id }) => id === intent.extras?.["timer"]);
  if (timer === undefined) return;
  timerActions[intent.action.slice(actionPrefix.length)]?.(context, timer);
  notifyTimers(context, listTimers(context), context.clock.now());
}
