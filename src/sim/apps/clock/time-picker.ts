import { button, column, row, spacer, text, textField, theme, type View } from "../../ui/index.ts";
import type { SimSettings } from "../../system/services.ts";
import { uses24Hours } from "../dates.ts";
import { pad } from "./format.ts";
import type { PickerState } from "./state.ts";

export interface PickedTime {
  /** 0 to 23. */
  hour: number;
  minutes: number;
}

export function openPicker(settings: SimSettings, time: PickedTime, alarmId?: number): PickerState {
  const halves = !uses24Hours(settings);
  const hour12 = time.hour % 12 === 0 ? 12 : time.hour % 12;
  return {
    hour: halves ? String(hour12) : pad(time.hour),
    minute: pad(time.minutes),
    ...(halves ? { half: time.hour < 12 ? "AM" : "PM" } : {}),
    ...(alarmId === undefined ? {} : { alarmId }),
  };
}

/** Material's time picker in its text input mode. Typing changes `picker`. */
export function timePicker(
  picker: PickerState,
  onPicked: (time: PickedTime) => void,
  onCancel: () => void,
): View {
  const time = pickedTime(picker);
  return column(
    [
      text("Select time", { id: "header_title", size: 14, color: theme.secondaryText }),
      row(
        [
          numberField("Hour", "material_hour_text_input", picker.hour, (typed) => {
            picker.hour = keepUpTo(picker.half === undefined ? 23 : 12, typed);
          }),
          text(":", { size: 44, style: { paddingHorizontal: 6 } }),
          numberField("Minute", "material_minute_text_input", picker.minute, (typed) => {
            picker.minute = keepUpTo(59, typed);
          }),
          picker.half !== undefined &&
            column([halfButton("AM", picker), halfButton("PM", picker)], {
              id: "material_clock_period_toggle",
              style: { marginHorizontal: 12, border: theme.outline, radius: 8 },
            }),
        ],
        { style: { align: "start", marginVertical: 16 } },
      ),
      row([
        spacer(),
        button("Cancel", onCancel, { id: "material_timepicker_cancel_button", look: "text" }),
        button("OK", () => time !== undefined && onPicked(time), {
          id: "material_timepicker_ok_button",
          look: "text",
          enabled: time !== undefined,
        }),
      ]),
    ],
    { style: { padding: 24 } },
  );
}

function numberField(label: string, id: string, value: string, onChange: (text: string) => void): View {
  return column(
    [
      textField({ id, value, onChange, desc: label, inputType: "number", size: 40, style: { width: 88 } }),
      text(label, { size: 12, color: theme.secondaryText }),
    ],
    { style: { gap: 4 } },
  );
}

function halfButton(half: "AM" | "PM", picker: PickerState): View {
  const selected = picker.half === half;
  return button(
    half,
    () => {
      picker.half = half;
    },
    {
      id: `material_clock_period_${half.toLowerCase()}_button`,
      look: selected ? "filled" : "text",
      selected,
      className: "android.widget.CompoundButton",
      style: { width: 52, height: 36, radius: 8 },
    },
  );
}

/** What of the typed text the field takes: at most two digits, of a number up to `limit`. */
function keepUpTo(limit: number, typed: string): string {
  const digits = typed.replace(/\D/gu, "");
  return [digits.slice(0, 2), digits.slice(0, 1)].find((part) => Number(part) <= limit) ?? "";
}

function pickedTime(picker: PickerState): PickedTime | undefined {
  const hour = Number(picker.hour);
  const minutes = Number(picker.minute);
  if (picker.hour === "" || picker.minute === "") return undefined;
  if (picker.half === undefined) return { hour, minutes };
  return hour === 0 ? undefined : { hour: (hour % 12) + (picker.half === "PM" ? 12 : 0), minutes };
}
