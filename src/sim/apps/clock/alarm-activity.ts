import { activity } from "../app.ts";
import { button, column, text, type View } from "../../ui/index.ts";
import { dismissRinging, listAlarms } from "./alarms.ts";
import { timeOfDay } from "../dates.ts";
import { cancelAlarms, dismissAlarm } from "./notify.ts";

export const ringingActivity = "com.android.deskclock.alarms.AlarmActivity";

const snoozeMinutes = 10;

/** What is shown while an alarm rings. Back does nothing: it is stopped or put off. */
export const alarmActivity = activity<{ alarmId: number }>({
  create: (_context, intent) => ({ alarmId: Number(intent.extras?.["alarm"] ?? -1) }),
  view(context) {
    const now = context.clock.date();
    const alarm = listAlarms(context).find(({ id }) => id === context.state.alarmId);
    const label = alarm === undefined || alarm.label === "" ? "Alarm" : alarm.label;
    const snooze = (): void => {
      if (alarm !== undefined)
        dismissRinging(context, { alarm, time: context.clock.now() + snoozeMinutes * 60_000 });
      cancelAlarms(context);
      context.toast(`Snoozing for ${snoozeMinutes} minutes.`);
      context.finish();
    };
    const stop = (): void => {
      dismissRinging(context);
      cancelAlarms(context);
      context.finish();
    };
    return {
      statusBarColor: "#1b2a4e",
      root: column(
        [
          text(label, { id: "title", size: 24, color: "#ffffff" }),
          text(timeOfDay(context.settings, now.getUTCHours(), now.getUTCMinutes()), {
            id: "digital_clock",
            size: 64,
            color: "#ffffff",
          }),
          wideButton("Snooze", "snooze", snooze),
          wideButton("Stop", "dismiss", stop),
        ],
        { style: { grow: 1, background: "#1b2a4e", align: "center", justify: "center", gap: 32 } },
      ),
    };
  },
  back: () => true,
  receive(context, intent) {
    if (intent.action === dismissAlarm) context.finish();
  },
});

function wideButton(label: string, id: string, onTap: () => void): View {
  return button(label, onTap, { id, look: "filled", style: { width: 220, height: 64, radius: 32 } });
}
