import type { AppContext } from "../../../system/services.ts";
import { labelOf, type Choice, type Preference, type SettingsPage } from "../preference.ts";
import { storedChoice, storedNumber, storedSlider, storedSwitch } from "../stored.ts";

const timeouts: readonly Choice[] = [
  { value: "15000", label: "15 seconds" },
  { value: "30000", label: "30 seconds" },
  { value: "60000", label: "1 minute" },
  { value: "120000", label: "2 minutes" },
  { value: "300000", label: "5 minutes" },
  { value: "600000", label: "10 minutes" },
  { value: "1800000", label: "30 minutes" },
];

const fontSizes: readonly Choice[] = [
  { value: "0.85", label: "Small" },
  { value: "1.0", label: "Default" },
  { value: "1.15", label: "Large" },
  { value: "1.3", label: "Largest" },
];

const nightModeNo = "1";
const nightModeYes = "2";
/** The slider's lowest place is 1: the screen never goes dark. */
const [darkest, brightest] = [1, 255];

export const displayPages: Record<string, SettingsPage> = {
  "com.android.settings.DisplaySettings": {
    title: "Display",
    preferences: (context) => [
      { kind: "category", title: "Brightness" },
      brightness(context),
      storedSwitch(context, {
        title: "Adaptive brightness",
        summary: "Optimizes brightness level for available light",
        namespace: "system",
        key: "screen_brightness_mode",
      }),
      { kind: "category", title: "Lock display" },
      { kind: "info", title: "Lock screen", summary: "Show all notification content" },
      screenTimeout(context),
      { kind: "category", title: "Appearance" },
      darkTheme(context),
      storedChoice(context, {
        title: "Font size",
        namespace: "system",
        key: "font_scale",
        options: fontSizes,
        otherwise: "1.0",
      }),
      { kind: "category", title: "Color" },
      storedSwitch(context, {
        title: "Night Light",
        summary: "Tints your screen amber",
        namespace: "secure",
        key: "night_display_activated",
      }),
      { kind: "category", title: "Other display controls" },
      storedSwitch(context, {
        title: "Auto-rotate screen",
        namespace: "system",
        key: "accelerometer_rotation",
      }),
      storedSwitch(context, {
        title: "Screen saver",
        namespace: "secure",
        key: "screensaver_enabled",
      }),
    ],
  },
  "com.android.settings.notification.SoundSettings": {
    title: "Sound & vibration",
    preferences: (context) => [
      volume(context, "Media volume", "volume_music", 15, 5),
      volume(context, "Call volume", "volume_voice", 7, 4),
      volume(context, "Ring & notification volume", "volume_ring", 7, 5),
      volume(context, "Alarm volume", "volume_alarm", 7, 6),
      {
        kind: "link",
        title: "Do Not Disturb",
        summary: doNotDisturbOn(context) ? "On" : "Off",
        page: "com.android.settings.notification.zen.ZenModeSettings",
      },
      storedSwitch(context, { title: "Vibrate for calls", namespace: "system", key: "vibrate_when_ringing" }),
      { kind: "info", title: "Phone ringtone", summary: "The big adventure" },
      { kind: "info", title: "Default notification sound", summary: "Eureka" },
      { kind: "info", title: "Default alarm sound", summary: "Fresh start" },
      storedSwitch(context, {
        title: "Dial pad tones",
        namespace: "system",
        key: "dtmf_tone",
        otherwise: true,
      }),
      storedSwitch(context, {
        title: "Screen locking sound",
        namespace: "system",
        key: "lockscreen_sounds_enabled",
        otherwise: true,
      }),
      storedSwitch(context, {
        title: "Touch sounds",
        namespace: "system",
        key: "sound_effects_enabled",
        otherwise: true,
      }),
      storedSwitch(context, {
        title: "Touch vibration",
        namespace: "system",
        key: "haptic_feedback_enabled",
        otherwise: true,
      }),
    ],
  },
  "com.android.settings.notification.zen.ZenModeSettings": {
    title: "Do Not Disturb",
    preferences: (context) => [
      {
        kind: "switch",
        main: true,
        title: "Use Do Not Disturb",
        checked: doNotDisturbOn(context),
        onChange: (on) => context.settings.put("global", "zen_mode", on ? "1" : "0"),
      },
      { kind: "info", title: "People", summary: "Some people can interrupt" },
      { kind: "info", title: "Apps", summary: "No apps can interrupt" },
      { kind: "info", title: "Alarms & other interruptions", summary: "Alarms and media can interrupt" },
    ],
  },
};

function brightness(context: AppContext): Preference {
  const stored = context.settings.get("system", "screen_brightness");
  const value = storedNumber(stored, 102, darkest, brightest);
  return {
    kind: "sheet",
    title: "Brightness level",
    summary: `${Math.round(((value - darkest) / (brightest - darkest)) * 100)}%`,
    min: darkest,
    max: brightest,
    value,
    onChange: (chosen) => context.settings.put("system", "screen_brightness", String(Math.round(chosen))),
  };
}

function screenTimeout(context: AppContext): Preference {
  const value = context.settings.get("system", "screen_off_timeout") ?? "60000";
  const label = labelOf(timeouts, value, "");
  return {
    kind: "choice",
    title: "Screen timeout",
    summary: label === "" ? "Never" : `After ${label} of inactivity`,
    options: timeouts,
    value,
    onChange: (chosen) => context.settings.put("system", "screen_off_timeout", chosen),
  };
}

function darkTheme(context: AppContext): Preference {
  const on = context.settings.get("secure", "ui_night_mode") === nightModeYes;
  return {
    kind: "switch",
    title: "Dark theme",
    summary: on ? "Will never turn off automatically" : "Will never turn on automatically",
    checked: on,
    onChange: (wanted) =>
      context.settings.put("secure", "ui_night_mode", wanted ? nightModeYes : nightModeNo),
  };
}

function doNotDisturbOn(context: AppContext): boolean {
  return (context.settings.get("global", "zen_mode") ?? "0") !== "0";
}

/** `max` as AudioManager has it for that stream. */
function volume(context: AppContext, title: string, key: string, max: number, otherwise: number): Preference {
  return storedSlider(context, { title, namespace: "system", key, max, otherwise });
}
