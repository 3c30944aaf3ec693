import { longDate, timeOfDay } from "../../dates.ts";
import { product } from "../../../system/properties.ts";
import type { Choice, SettingsPage } from "../preference.ts";
import { storedChoice, storedSwitch } from "../stored.ts";

const aboutPage = "com.android.settings.deviceinfo.aboutphone.MyDeviceInfoFragment";
const versionPage = "com.android.settings.deviceinfo.firmwareversion.FirmwareVersionSettings";
const build = "TE1A.220922.034";

const timeFormats: readonly Choice[] = [
  { value: "12", label: "12-hour" },
  { value: "24", label: "24-hour" },
];

const locales: readonly Choice[] = [
  { value: "en-US", label: "English (United States)" },
  { value: "en-GB", label: "English (United Kingdom)" },
  { value: "de-DE", label: "Deutsch (Deutschland)" },
  { value: "es-ES", label: "Español (España)" },
  { value: "fr-FR", label: "Français (France)" },
];

export const systemPages: Record<string, SettingsPage> = {
  "com.android.settings.system.SystemDashboardFragment": {
    title: "System",
    preferences: (context) => [
      {
        kind: "link",
        title: "Languages & input",
        summary: "Gboard",
        icon: "keyboard",
        page: "com.android.settings.language.LanguageAndInputSettings",
      },
      { kind: "info", title: "Gestures", icon: "view" },
      {
        kind: "link",
        title: "Date & time",
        summary: longDate(context.clock.date()),
        icon: "clock",
        page: "com.android.settings.datetime.DateTimeSettings",
      },
      { kind: "info", title: "Backup", summary: "Off", icon: "storage" },
      { kind: "info", title: "System update", summary: "Up to date", icon: "reset" },
      { kind: "info", title: "Developer options", icon: "settings" },
      { kind: "info", title: "Reset options", icon: "reset" },
    ],
  },
  "com.android.settings.language.LanguageAndInputSettings": {
    title: "Languages & input",
    preferences: (context) => [
      storedChoice(context, {
        title: "Languages",
        namespace: "system",
        key: "system_locales",
        options: locales,
        otherwise: "en-US",
      }),
      { kind: "info", title: "On-screen keyboard", summary: "Gboard" },
      storedSwitch(context, {
        title: "Show on-screen keyboard",
        summary: "Keep it on screen while a physical keyboard is active",
        namespace: "secure",
        key: "show_ime_with_hard_keyboard",
      }),
    ],
  },
  "com.android.settings.datetime.DateTimeSettings": {
    title: "Date & time",
    preferences(context) {
      const now = context.clock.date();
      return [
        storedSwitch(context, { title: "Set time automatically", namespace: "global", key: "auto_time" }),
        {
          kind: "info",
          title: "Date",
          summary: longDate(now),
        },
        {
          kind: "info",
          title: "Time",
          summary: timeOfDay(context.settings, now.getUTCHours(), now.getUTCMinutes()),
        },
        storedSwitch(context, {
          title: "Set time zone automatically",
          namespace: "global",
          key: "auto_time_zone",
        }),
        { kind: "info", title: "Time zone", summary: "GMT+00:00 Coordinated Universal Time" },
        storedChoice(context, {
          title: "Time format",
          namespace: "system",
          key: "time_12_24",
          options: timeFormats,
          otherwise: "12",
        }),
      ];
    },
  },
  [aboutPage]: {
    title: "About phone",
    preferences(context) {
      const name = context.settings.get("global", "device_name") ?? product.model;
      return [
        { kind: "category", title: "Basic info" },
        {
          kind: "text",
          title: "Device name",
          summary: name,
          value: name,
          onChange: (text) => context.settings.put("global", "device_name", text),
        },
        { kind: "info", title: "Phone number", summary: "+1 555-521-5554" },
        { kind: "category", title: "Legal & regulatory" },
        { kind: "info", title: "Legal information" },
        { kind: "info", title: "Regulatory labels" },
        { kind: "category", title: "Device details" },
        { kind: "info", title: "SIM status", summary: "T-Mobile" },
        { kind: "info", title: "Model", summary: product.model },
        { kind: "info", title: "IMEI", summary: "358240051111110" },
        { kind: "link", title: "Android version", summary: "13", page: versionPage },
        { kind: "category", title: "Device identifiers" },
        { kind: "info", title: "IP address", summary: "10.0.2.16" },
        { kind: "info", title: "Wi-Fi MAC address", summary: "To view, choose saved network" },
        { kind: "info", title: "Bluetooth address", summary: "Unavailable" },
        { kind: "info", title: "Up time", summary: "1:02:11" },
        { kind: "info", title: "Build number", summary: build },
      ];
    },
  },
  [versionPage]: {
    title: "Android version",
    preferences: () => [
      { kind: "info", title: "Android version", summary: "13" },
      { kind: "info", title: "Android security update", summary: "September 5, 2022" },
      { kind: "info", title: "Google Play system update", summary: "September 1, 2022" },
      { kind: "info", title: "Baseband version", summary: "1.0.0.0" },
      { kind: "info", title: "Kernel version", summary: "5.15.41-android13-8" },
      { kind: "info", title: "Build number", summary: build },
    ],
  },
};
