import {
  alertDialog,
  appBar,
  bottomNav,
  column,
  fab,
  menu,
  textField,
  type IconName,
  type View,
  type WindowContent,
} from "../../ui/index.ts";
import { activity } from "../app.ts";
import { alarmTab, announce, saveAlarm } from "./alarm-tab.ts";
import { addAlarm, listAlarms, updateAlarm } from "./alarms.ts";
import { citySearch, clockTab } from "./clock-tab.ts";
import { carryOut } from "./intents.ts";
import type { ClockContext, ClockState, ClockTab } from "./state.ts";
import { readStopwatch } from "./stopwatch.ts";
import { stopwatchTab } from "./stopwatch-tab.ts";
import { openPicker, timePicker, type PickedTime } from "./time-picker.ts";
import { timerTab } from "./timer-tab.ts";
import { labelTimer, listTimers, type Timer } from "./timers.ts";

const places: readonly { tab: ClockTab; label: string; icon: IconName }[] = [
  { tab: "alarm", label: "Alarm", icon: "alarm" },
  { tab: "clock", label: "Clock", icon: "clock" },
  { tab: "timer", label: "Timer", icon: "timer" },
  { tab: "stopwatch", label: "Stopwatch", icon: "stopwatch" },
];

/** The one screen of Clock. No title above: the tabs below say where one is. */
export const deskClock = activity<ClockState>({
  create(context, intent) {
    const state: ClockState = { tab: "alarm", menu: false, digits: "", addingTimer: false };
    carryOut(context, state, intent);
    return state;
  },
  resume(context, _result, intent) {
    if (intent !== undefined) carryOut(context, context.state, intent);
  },
  view(context) {
    const { state } = context;
    if (state.citySearch !== undefined) return cityScreen(context, state.citySearch);
    const overlay = overlayOf(context);
    return {
      root: column(
        [
          appBar({
            onMore: () => {
              state.menu = true;
            },
          }),
          tabContent(context),
          bottomNav(
            places.map(({ tab, label, icon }) => ({
              label,
              icon,
              id: `tab_menu_${tab}`,
              selected: state.tab === tab,
              onTap: () => {
                state.tab = tab;
              },
            })),
          ),
        ],
        { style: { grow: 1 } },
      ),
      ...(overlay === undefined ? {} : { overlay }),
      animated: isMoving(context),
    };
  },
  back({ state }) {
    if (state.citySearch !== undefined) state.citySearch = undefined;
    else if (state.tab === "timer" && state.addingTimer) state.addingTimer = false;
    else return false;
    return true;
  },
});

/** A stopwatch counts hundredths and a timer turns its ring: neither ever stands still while it is seen. */
function isMoving(context: ClockContext): boolean {
  const { tab, addingTimer } = context.state;
  if (tab === "stopwatch") return readStopwatch(context).state === "running";
  const moves = (timer: Timer): boolean => timer.state === "running" || timer.state === "expired";
  return tab === "timer" && !addingTimer && listTimers(context).some(moves);
}

function tabContent(context: ClockContext): View {
  switch (context.state.tab) {
    case "alarm":
      return column(
        [
          alarmTab(context),
          fab("add", "Add alarm", () => {
            const now = context.clock.date();
            context.state.picker = openPicker(context.settings, {
              hour: now.getUTCHours(),
              minutes: now.getUTCMinutes(),
            });
          }),
        ],
        { style: { grow: 1 } },
      );
    case "clock":
      return clockTab(context);
    case "timer":
      return timerTab(context);
    case "stopwatch":
      return stopwatchTab(context);
  }
}

function cityScreen(context: ClockContext, query: string): WindowContent {
  return {
    root: column(
      [
        appBar({
          title: "Add city",
          onUp: () => {
            context.state.citySearch = undefined;
          },
        }),
        citySearch(context, query),
      ],
      { style: { grow: 1 } },
    ),
  };
}

function overlayOf(context: ClockContext): WindowContent["overlay"] {
  const { state } = context;
  const { picker, label } = state;
  if (picker !== undefined) {
    const close = (): void => {
      state.picker = undefined;
    };
    const view = timePicker(picker, (time) => setTime(context, picker.alarmId, time), close);
    return { look: "dialog", view, onDismiss: close };
  }
  if (label !== undefined) return labelDialog(context, label);
  if (!state.menu) return undefined;
  const close = (): void => {
    state.menu = false;
  };
  const settings = (): void => {
    close();
    context.startActivity({ action: "android.settings.DATE_SETTINGS" });
  };
  return { look: "menu", view: menu([{ text: "Change date & time", onTap: settings }]), onDismiss: close };
}

function setTime(context: ClockContext, alarmId: number | undefined, time: PickedTime): void {
  const { state } = context;
  state.picker = undefined;
  context.hideKeyboard();
  const existing = listAlarms(context).find((alarm) => alarm.id === alarmId);
  if (existing === undefined) {
    const added = addAlarm(context, time);
    state.expanded = added.id;
    announce(context, added);
  } else saveAlarm(context, { ...existing, ...time, enabled: true });
}

function labelDialog(
  context: ClockContext,
  label: NonNullable<ClockState["label"]>,
): WindowContent["overlay"] {
  const close = (): void => {
    context.state.label = undefined;
    context.hideKeyboard();
  };
  const save = (): void => {
    const alarm = listAlarms(context).find(({ id }) => id === label.id);
    const timer = listTimers(context).find(({ id }) => id === label.id);
    if (label.of === "alarm" && alarm !== undefined)
      updateAlarm(context, { ...alarm, label: label.text.trim() });
    if (label.of === "timer" && timer !== undefined) labelTimer(context, timer, label.text.trim());
    close();
  };
  return {
    look: "dialog",
    view: alertDialog({
      title: "Add label",
      body: [
        textField({
          id: "edit_label",
          value: label.text,
          hint: "Label",
          autoFocus: true,
          onChange: (text) => {
            label.text = text;
          },
          onSubmit: save,
        }),
      ],
      positive: { text: "OK", onTap: save },
      negative: { text: "Cancel", onTap: close },
    }),
    onDismiss: close,
  };
}
