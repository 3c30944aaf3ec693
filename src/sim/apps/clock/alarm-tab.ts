import {
  button,
  card,
  emptyState,
  icon,
  iconButton,
  list,
  row,
  spacer,
  switchView,
  text,
  theme,
  type View,
} from "../../ui/index.ts";
import { deleteAlarm, listAlarms, nextRing, updateAlarm, type Alarm } from "./alarms.ts";
import { timeOfDay, WEEKDAYS } from "../dates.ts";
import { daysSummary, fromNow } from "./format.ts";
import type { ClockContext } from "./state.ts";
import { openPicker } from "./time-picker.ts";

/** Sunday first, as en-US has it, as the bit numbers of `Alarm.daysOfWeek`. */
const week = [6, 0, 1, 2, 3, 4, 5];

export function alarmTab(context: ClockContext): View {
  const alarms = listAlarms(context);
  if (alarms.length === 0) return emptyState({ icon: "alarm", title: "No Alarms" });
  return list("alarm_recycler_view", [...alarms.map((alarm) => alarmCard(context, alarm)), spacer(88)], {
    style: { grow: 1 },
  });
}

/** Stores a changed alarm and says when it rings. */
export function saveAlarm(context: ClockContext, alarm: Alarm): void {
  updateAlarm(context, alarm);
  if (alarm.enabled) announce(context, alarm);
}

export function announce(context: ClockContext, alarm: Pick<Alarm, "hour" | "minutes" | "daysOfWeek">): void {
  const now = context.clock.now();
  context.toast(`Alarm set for ${fromNow(nextRing(alarm, now) - now)} from now.`);
}

function alarmCard(context: ClockContext, alarm: Alarm): View {
  const { state } = context;
  const expanded = state.expanded === alarm.id;
  const time = timeOfDay(context.settings, alarm.hour, alarm.minutes);
  const toggleExpanded = (): void => {
    state.expanded = expanded ? undefined : alarm.id;
  };
  const now = context.clock.date();
  const ring = new Date(nextRing(alarm, now.getTime()));
  const summary =
    alarm.enabled || alarm.daysOfWeek !== 0 ? daysSummary(alarm.daysOfWeek, ring, now) : "Not scheduled";
  return card(
    [
      (expanded || alarm.label !== "") && labelRow(context, alarm, expanded),
      row([
        text(time, {
          id: "digital_clock",
          size: 44,
          color: alarm.enabled ? theme.text : theme.secondaryText,
          // Collapsed, the whole card is one place to tap.
          ...(expanded
            ? {
                onTap: () => {
                  state.picker = openPicker(context.settings, alarm, alarm.id);
                },
              }
            : {}),
        }),
        spacer(),
        iconButton(
          expanded ? "collapse" : "expand",
          expanded ? "Collapse alarm" : "Expand alarm",
          toggleExpanded,
          {
            id: "arrow",
            className: "android.widget.ImageButton",
          },
        ),
      ]),
      row([
        text(summary, { id: "days_of_week", size: 14, color: theme.secondaryText }),
        spacer(),
        switchView({
          id: "onoff",
          desc: `${time} Alarm`,
          checked: alarm.enabled,
          onToggle: (enabled) => saveAlarm(context, { ...alarm, enabled }),
        }),
      ]),
      ...(expanded ? details(context, alarm) : []),
    ],
    { onTap: toggleExpanded, style: { gap: 4, background: theme.surface } },
  );
}

function labelRow(context: ClockContext, alarm: Alarm, expanded: boolean): View {
  return row(
    [
      expanded && icon("flag", { size: 18 }),
      text(alarm.label === "" ? "Add label" : alarm.label, {
        id: expanded ? "edit_label" : "label",
        size: 16,
        maxLines: 1,
        ...(expanded
          ? {
              onTap: () => {
                context.state.label = { of: "alarm", id: alarm.id, text: alarm.label };
              },
            }
          : {}),
      }),
    ],
    { style: { gap: 12 } },
  );
}

function details(context: ClockContext, alarm: Alarm): View[] {
  return [
    row(
      week.map((bit) => dayButton(context, alarm, bit)),
      { id: "repeat_days", style: { justify: "between", marginVertical: 8 } },
    ),
    row([
      text("Vibrate", { size: 16, style: { grow: 1 } }),
      {
        kind: "toggle",
        look: "checkBox",
        id: "vibrate_onoff",
        desc: "Vibrate",
        checked: alarm.vibrate,
        onToggle: (vibrate) => updateAlarm(context, { ...alarm, vibrate }),
      },
    ]),
    row([icon("delete", { size: 20 }), text("Delete", { size: 16 })], {
      id: "delete",
      style: { gap: 12, minHeight: 48 },
      onTap: () => {
        deleteAlarm(context, alarm.id);
        context.state.expanded = undefined;
        context.toast("Alarm deleted");
      },
    }),
  ];
}

function dayButton(context: ClockContext, alarm: Alarm, bit: number): View {
  const selected = (alarm.daysOfWeek & (1 << bit)) !== 0;
  const name = WEEKDAYS[bit]!;
  return button(
    name.slice(0, 1),
    () => saveAlarm(context, { ...alarm, daysOfWeek: alarm.daysOfWeek ^ (1 << bit), enabled: true }),
    {
      id: `day_button_${week.indexOf(bit)}`,
      desc: name,
      className: "android.widget.CheckBox",
      look: selected ? "filled" : "outlined",
      selected,
      style: { width: 38, height: 38, radius: 19 },
    },
  );
}
