import type { AppContext } from "../../system/services.ts";
import { clockData } from "./alarms.ts";
import { openPreferences, type Preferences } from "../preferences.ts";

/** The stopwatch as AOSP's Clock keeps it in its shared preferences (its StopwatchDAO). */
export interface Stopwatch {
  state: "reset" | "running" | "paused";
  /** Total milliseconds at the end of each lap, oldest first. */
  laps: number[];
  /** Milliseconds shown at `now`. */
  elapsed(now: number): number;
}

export const clockPreferences = `${clockData}/shared_prefs/com.google.android.deskclock_preferences.xml`;

/** In the order of AOSP's Stopwatch.State. */
const states = ["reset", "running", "paused"] as const;

export function readStopwatch(context: AppContext): Stopwatch {
  const preferences = openPreferences(context, clockPreferences);
  const state = states[preferences.number("sw_state", 0)] ?? "reset";
  const accumulated = preferences.number("sw_accum_time", 0);
  const started = preferences.number("sw_start_time", 0);
  return {
    state,
    laps: readLaps(preferences),
    elapsed: (now) => accumulated + (state === "running" ? Math.max(0, now - started) : 0),
  };
}

export function startStopwatch(context: AppContext): void {
  write(context, { sw_state: 1, sw_start_time: context.clock.now() });
}

export function pauseStopwatch(context: AppContext): void {
  write(context, { sw_state: 2, sw_accum_time: readStopwatch(context).elapsed(context.clock.now()) });
}

export function resetStopwatch(context: AppContext): void {
  const laps = readStopwatch(context).laps.map((_, index) => [`sw_lap_time_${index + 1}`, undefined]);
  write(context, {
    sw_state: 0,
    sw_accum_time: 0,
    sw_start_time: undefined,
    sw_lap_num: 0,
    ...Object.fromEntries(laps),
  });
}

export function addLap(context: AppContext): void {
  const stopwatch = readStopwatch(context);
  const number = stopwatch.laps.length + 1;
  write(context, {
    sw_lap_num: number,
    [`sw_lap_time_${number}`]: stopwatch.elapsed(context.clock.now()),
  });
}

function write(context: AppContext, changes: Record<string, number | undefined>): void {
  openPreferences(context, clockPreferences).put(changes);
}

function readLaps(preferences: Preferences): number[] {
  const count = preferences.number("sw_lap_num", 0);
  return Array.from({ length: count }, (_, index) => preferences.number(`sw_lap_time_${index + 1}`, 0));
}
