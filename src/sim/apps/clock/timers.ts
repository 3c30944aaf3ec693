import type { AppContext } from "../../system/services.ts";
import { openPreferences } from "../preferences.ts";
import { clockPreferences } from "./stopwatch.ts";

/** A timer as AOSP's Clock keeps it in its shared preferences (its TimerDAO). Times in milliseconds. */
export interface Timer {
  id: number;
  state: "running" | "paused" | "expired" | "reset";
  /** What the user set. */
  length: number;
  /** With the minutes added since. */
  total: number;
  label: string;
  /** Below zero once it has expired. */
  remaining(now: number): number;
}

/** AOSP's Timer.State by value. */
const states = { 1: "running", 2: "paused", 3: "expired", 4: "reset" } as const;
const values = { running: 1, paused: 2, expired: 3, reset: 4 } as const;

/** Newest first, as they are shown. */
export function listTimers(context: AppContext): Timer[] {
  const preferences = openPreferences(context, clockPreferences);
  const ids = preferences.get("timers_list");
  if (!Array.isArray(ids)) return [];
  return ids
    .map((id) => {
      const state = states[preferences.number(`timer_state_${id}`, 4) as 1 | 2 | 3 | 4] ?? "reset";
      const left = preferences.number(`timer_time_left_${id}`, 0);
      const started = preferences.number(`timer_start_time_${id}`, 0);
      const counts = state === "running" || state === "expired";
      return {
        id: Number(id),
        state,
        length: preferences.number(`timer_setup_timet_${id}`, 0),
        total: preferences.number(`timer_original_timet_${id}`, 0),
        label: preferences.string(`timer_label_${id}`, ""),
        remaining: (now: number) => left - (counts ? now - started : 0),
      };
    })
    .sort((a, b) => b.id - a.id);
}

/** Adds a timer of this many milliseconds; it runs at once, as in Clock. */
export function addTimer(context: AppContext, length: number, label = ""): Timer {
  const timers = listTimers(context);
  const id = Math.max(-1, ...timers.map((timer) => timer.id)) + 1;
  put(context, {
    timers_list: [...timers.map((timer) => String(timer.id)), String(id)],
    [`timer_setup_timet_${id}`]: length,
    [`timer_original_timet_${id}`]: length,
    [`timer_label_${id}`]: label,
  });
  const timer: Timer = { id, state: "reset", length, total: length, label, remaining: () => length };
  startTimer(context, timer);
  return timer;
}

export function startTimer(context: AppContext, timer: Timer): void {
  const now = context.clock.now();
  setTimer(context, timer.id, "running", timer.remaining(now), now);
}

export function pauseTimer(context: AppContext, timer: Timer): void {
  const now = context.clock.now();
  setTimer(context, timer.id, "paused", timer.remaining(now), now);
}

/** Back to the length that was set. */
export function resetTimer(context: AppContext, timer: Timer): void {
  put(context, { [`timer_original_timet_${timer.id}`]: timer.length });
  setTimer(context, timer.id, "reset", timer.length, context.clock.now());
}

/** One that has expired runs again, for a minute. */
export function addMinute(context: AppContext, timer: Timer): void {
  const now = context.clock.now();
  const left = timer.state === "expired" ? 60_000 : timer.remaining(now) + 60_000;
  put(context, { [`timer_original_timet_${timer.id}`]: timer.total + 60_000 });
  setTimer(context, timer.id, timer.state === "expired" ? "running" : timer.state, left, now);
}

export function labelTimer(context: AppContext, timer: Timer, label: string): void {
  put(context, { [`timer_label_${timer.id}`]: label });
}

export function deleteTimer(context: AppContext, timer: Timer): void {
  const keys = ["state", "setup_timet", "original_timet", "time_left", "start_time", "label"];
  put(context, {
    timers_list: listTimers(context)
      .filter((other) => other.id !== timer.id)
      .map((other) => String(other.id)),
    ...Object.fromEntries(keys.map((key) => [`timer_${key}_${timer.id}`, undefined])),
  });
}

/** Marks the timers whose time is up; returns those. */
export function expireTimers(context: AppContext, now: number): Timer[] {
  const over = listTimers(context).filter((timer) => timer.state === "running" && timer.remaining(now) <= 0);
  for (const timer of over) put(context, { [`timer_state_${timer.id}`]: values.expired });
  return over;
}

function setTimer(context: AppContext, id: number, state: Timer["state"], left: number, now: number): void {
  put(context, {
    [`timer_state_${id}`]: values[state],
    [`timer_time_left_${id}`]: left,
    [`timer_start_time_${id}`]: now,
  });
}

function put(context: AppContext, changes: Parameters<ReturnType<typeof openPreferences>["put"]>[0]): void {
  openPreferences(context, clockPreferences).put(changes);
}
