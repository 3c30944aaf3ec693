import {
  button,
  card,
  column,
  fab,
  grid,
  iconButton,
  list,
  row,
  spacer,
  text,
  theme,
  type View,
} from "../../ui/index.ts";
import { countdown, pad, timerName } from "./format.ts";
import { roundButton } from "./round-button.ts";
import type { ClockContext } from "./state.ts";
import {
  addMinute,
  addTimer,
  deleteTimer,
  listTimers,
  pauseTimer,
  resetTimer,
  startTimer,
  type Timer,
} from "./timers.ts";

export function timerTab(context: ClockContext): View {
  const timers = listTimers(context);
  if (timers.length === 0 || context.state.addingTimer) return setup(context, timers.length > 0);
  return column(
    [
      list("timers_list", [...timers.map((timer) => timerCard(context, timer)), spacer(88)], {
        style: { grow: 1 },
      }),
      fab("add", "Add timer", () => {
        context.state.addingTimer = true;
        context.state.digits = "";
      }),
    ],
    { style: { grow: 1 } },
  );
}

/** The number pad. Digits move in from the right, as hours, minutes and seconds. */
function setup(context: ClockContext, cancellable: boolean): View {
  const { state } = context;
  const [hours, minutes, seconds] = setupParts(state.digits);
  const length = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  const push = (digits: string): void => {
    const next = (state.digits + digits).replace(/^0+/u, "");
    if (next.length <= 6) state.digits = next;
  };
  const key = (label: string, id: string, onTap: () => void, desc?: string): View =>
    text(label, {
      id,
      ...(desc === undefined ? {} : { desc }),
      className: "android.widget.Button",
      size: 28,
      align: "center",
      onTap,
      style: { height: 68, paddingVertical: 17, radius: 34, margin: 5, background: theme.surface },
    });
  const digit = (n: number): View => key(String(n), `timer_setup_digit_${n}`, () => push(String(n)));
  return column(
    [
      text(`${pad(hours)}h ${pad(minutes)}m ${pad(seconds)}s`, {
        id: "timer_setup_time",
        desc: `${hours} hours, ${minutes} minutes, ${seconds} seconds`,
        size: 44,
        align: "center",
        color: length > 0 ? theme.primary : theme.secondaryText,
        style: { marginVertical: 20 },
      }),
      grid(
        3,
        [
          ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(digit),
          key("00", "timer_setup_digit_00", () => push("00")),
          digit(0),
          key(
            "⌫",
            "timer_setup_delete",
            () => {
              state.digits = state.digits.slice(0, -1);
            },
            "Backspace",
          ),
        ],
        { paddingHorizontal: 36 },
      ),
      row(
        [
          cancellable
            ? button(
                "Cancel",
                () => {
                  state.addingTimer = false;
                },
                { id: "left_button", look: "text", style: { width: 96 } },
              )
            : column([], { style: { width: 96 } }),
          length > 0
            ? roundButton("play", "Start", () => {
                addTimer(context, length);
                state.addingTimer = false;
                state.digits = "";
              })
            : column([], { style: { width: 80, height: 80 } }),
          column([], { style: { width: 96 } }),
        ],
        { style: { justify: "around", paddingVertical: 16 } },
      ),
    ],
    { id: "timer_setup", style: { grow: 1, justify: "between" } },
  );
}

function timerCard(context: ClockContext, timer: Timer): View {
  const now = context.clock.now();
  const running = timer.state === "running";
  const expired = timer.state === "expired";
  const name = timer.label === "" ? timerName(timer.length) : timer.label;
  return card(
    [
      row([
        text(name, {
          id: "timer_label",
          size: 16,
          maxLines: 1,
          style: { grow: 1 },
          onTap: () => {
            context.state.label = { of: "timer", id: timer.id, text: timer.label };
          },
        }),
        iconButton("close", "Delete timer", () => deleteTimer(context, timer), { id: "close" }),
      ]),
      text(countdown(timer.remaining(now)), {
        id: "timer_time_text",
        size: 52,
        align: "center",
        color: expired ? theme.error : theme.text,
        style: { marginVertical: 12 },
      }),
      expired && text("Time's up", { id: "timer_state", size: 14, align: "center", color: theme.error }),
      row(
        [
          timer.state === "reset" || running || expired
            ? button("+1:00", () => addMinute(context, timer), {
                id: "add_one_min",
                desc: "Add 1 minute",
                look: "outlined",
              })
            : button("Reset", () => resetTimer(context, timer), { id: "reset", look: "outlined" }),
          iconButton(
            expired ? "stop" : running ? "pause" : "play",
            expired ? "Stop" : running ? "Pause" : "Start",
            () => (expired ? resetTimer : running ? pauseTimer : startTimer)(context, timer),
            {
              id: "play_pause",
              className: "android.widget.Button",
              style: { width: 64, height: 56, radius: 28, background: theme.primaryContainer },
            },
          ),
        ],
        { style: { justify: "around" } },
      ),
    ],
    { id: "timer_item", style: { background: theme.surface } },
  );
}

function setupParts(digits: string): [hours: number, minutes: number, seconds: number] {
  const padded = digits.padStart(6, "0");
  return [Number(padded.slice(0, 2)), Number(padded.slice(2, 4)), Number(padded.slice(4, 6))];
}
