import type { ActivityContext } from "../app.ts";

export type ClockTab = "alarm" | "clock" | "timer" | "stopwatch";

/** The time picker: what is typed, and for which alarm (a new one where absent). */
export interface PickerState {
  alarmId?: number;
  hour: string;
  minute: string;
  /** Absent where the device shows 24 hours. */
  half?: "AM" | "PM";
}

export interface ClockState {
  tab: ClockTab;
  menu: boolean;
  expanded?: number | undefined;
  picker?: PickerState | undefined;
  label?: { of: "alarm" | "timer"; id: number; text: string } | undefined;
  /** Digits typed so far on the timer's number pad, at most 6: hhmmss from the right. */
  digits: string;
  /** The number pad is shown over existing timers. */
  addingTimer: boolean;
  citySearch?: string | undefined;
}

export type ClockContext = ActivityContext<ClockState>;
