import {
  alertDialog,
  button,
  column,
  grid,
  iconButton,
  row,
  text,
  textField,
  theme,
} from "../../ui/index.ts";
import type { View, WindowContent } from "../../ui/index.ts";

/** What Android's time picker dialog keeps while it is open. */
export type TimePickerState = {
  /** 0 to 23. */
  hour: number;
  minute: number;
  /** The dial of hours or of minutes, or two text fields. */
  mode: "hour" | "minute" | "text";
  hourText: string;
  minuteText: string;
  hours24: boolean;
};

type Overlay = NonNullable<WindowContent["overlay"]>;

const two = (value: number): string => String(value).padStart(2, "0");
const shownHour = ({ hour, hours24 }: TimePickerState): number =>
  hours24 ? hour : hour % 12 === 0 ? 12 : hour % 12;

export function openTimePicker(hour: number, minute: number, hours24: boolean): TimePickerState {
  return { hour, minute, mode: "hour", hourText: "", minuteText: "", hours24 };
}

/**
 * android.app.TimePickerDialog. The dial sets five minutes at a time; the text mode takes any, and OK
 * stays out of reach while what is typed is no time.
 */
export function timePicker(
  state: TimePickerState,
  onPick: (hour: number, minute: number) => void,
  onCancel: () => void,
): Overlay {
  const typed = state.mode === "text" ? typedTime(state) : { hour: state.hour, minute: state.minute };
  return {
    look: "dialog",
    onDismiss: onCancel,
    view: column([
      alertDialog({
        body: [...(state.mode === "text" ? textMode(state) : dialMode(state)), modeButton(state)],
        negative: { text: "Cancel", onTap: onCancel },
        positive: {
          text: "OK",
          enabled: typed !== undefined,
          onTap: () => {
            if (typed) onPick(typed.hour, typed.minute);
          },
        },
      }),
    ]),
  };
}

function modeButton(state: TimePickerState): View {
  const toText = state.mode !== "text";
  return iconButton(
    toText ? "keyboard" : "clock",
    toText ? "Switch to text input mode for the time input." : "Switch to clock mode for the time input.",
    () => {
      const time = typedTime(state);
      if (!toText && time) Object.assign(state, time);
      state.mode = toText ? "text" : "hour";
      state.hourText = String(shownHour(state));
      state.minuteText = two(state.minute);
    },
    { id: "android:id/toggle_mode", className: "android.widget.ImageButton" },
  );
}

function dialMode(state: TimePickerState): View[] {
  const part = (mode: "hour" | "minute", value: string, id: string): View =>
    text(value, {
      id: `android:id/${id}`,
      size: 44,
      color: state.mode === mode ? theme.primary : theme.secondaryText,
      onTap: () => {
        state.mode = mode;
      },
    });
  return [
    row(
      [
        part("hour", state.hours24 ? two(state.hour) : String(shownHour(state)), "hours"),
        text(":", { id: "android:id/separator", size: 44, color: theme.secondaryText }),
        part("minute", two(state.minute), "minutes"),
        !state.hours24 && halves(state),
      ],
      { id: "android:id/time_header", style: { justify: "center", gap: 8, paddingVertical: 8 } },
    ),
    dial(state),
  ];
}

function dial(state: TimePickerState): View {
  const hours = state.hours24
    ? Array.from({ length: 24 }, (_, i) => i)
    : [12, ...Array.from({ length: 11 }, (_, i) => i + 1)];
  const cells =
    state.mode === "hour"
      ? hours.map((hour) =>
          dialCell(state.hours24 ? two(hour) : String(hour), hour === shownHour(state), () => {
            state.hour = state.hours24 ? hour : (hour % 12) + (state.hour < 12 ? 0 : 12);
            state.mode = "minute";
          }),
        )
      : Array.from({ length: 12 }, (_, i) => i * 5).map((minute) =>
          dialCell(two(minute), minute === state.minute, () => {
            state.minute = minute;
          }),
        );
  return column([grid(state.hours24 && state.mode === "hour" ? 6 : 4, cells, { gap: 4 })], {
    id: "android:id/radial_picker",
    style: { background: theme.surface, radius: 16, padding: 8 },
  });
}

function dialCell(label: string, selected: boolean, onTap: () => void): View {
  return button(label, onTap, {
    className: "android.widget.RadialTimePickerView$RadialPickerTouchHelper",
    look: selected ? "filled" : "text",
    selected,
    desc: label,
    style: { height: 44, radius: 22 },
  });
}

function halves(state: TimePickerState): View {
  const half = (label: "AM" | "PM", on: boolean): View =>
    button(
      label,
      () => {
        state.hour = (state.hour % 12) + (label === "AM" ? 0 : 12);
      },
      {
        id: `android:id/${label.toLowerCase()}_label`,
        className: "android.widget.RadioButton",
        look: on ? "filled" : "outlined",
        selected: on,
        style: { height: 36, width: 60 },
      },
    );
  return column([half("AM", state.hour < 12), half("PM", state.hour >= 12)], {
    id: "android:id/ampm_layout",
    style: { gap: 4 },
  });
}

function textMode(state: TimePickerState): View[] {
  const field = (id: string, key: "hourText" | "minuteText", label: string): View =>
    column(
      [
        textField({
          id: `android:id/${id}`,
          value: state[key],
          inputType: "number",
          size: 32,
          plain: true,
          desc: label,
          onChange: (value) => {
            state[key] = value.replace(/\D/gu, "").slice(-2);
          },
          style: { width: 84, background: theme.surface, radius: 8, paddingHorizontal: 12 },
        }),
        text(label, { id: `android:id/label_${label}`, size: 12, color: theme.secondaryText }),
      ],
      { style: { gap: 4 } },
    );
  return [
    text("Type in time", { id: "android:id/top_label", size: 16, style: { paddingVertical: 8 } }),
    row(
      [
        field("input_hour", "hourText", "hour"),
        text(":", { size: 32 }),
        field("input_minute", "minuteText", "minute"),
        !state.hours24 && halves(state),
      ],
      { style: { gap: 8, align: "center" } },
    ),
    !typedTime(state) &&
      text("Enter a valid time", { id: "android:id/label_error", size: 13, color: theme.error }),
  ].filter((view) => view !== false);
}

/** The time in the text fields, or undefined where it is none. */
function typedTime(state: TimePickerState): { hour: number; minute: number } | undefined {
  const hour = Number(state.hourText);
  const minute = Number(state.minuteText);
  if (state.hourText === "" || state.minuteText === "" || minute > 59) return undefined;
  if (state.hours24) return hour > 23 ? undefined : { hour, minute };
  if (hour < 1 || hour > 12) return undefined;
  return { hour: (hour % 12) + (state.hour < 12 ? 0 : 12), minute };
}
