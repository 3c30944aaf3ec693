import type { SettingsPage } from "../preference.ts";
import { chooseLockPage, lockChoices, lockName } from "../screen-lock.ts";
import { storedSwitch } from "../stored.ts";

const locationOff = "0";
/** LOCATION_MODE_HIGH_ACCURACY. */
const locationOn = "3";

/** Notifications, battery, storage, accessibility, security, privacy, location. */
export const privacyPages: Record<string, SettingsPage> = {
  "com.android.settings.notification.ConfigureNotificationSettings": {
    title: "Notifications",
    preferences: (context) => [
      { kind: "info", title: "App settings", summary: "Control notifications from individual apps" },
      storedSwitch(context, {
        title: "Notification history",
        namespace: "secure",
        key: "notification_history_enabled",
      }),
      storedSwitch(context, {
        title: "Bubbles",
        summary: "Conversations can appear as floating icons",
        namespace: "secure",
        key: "notification_bubbles",
        otherwise: true,
      }),
      storedSwitch(context, {
        title: "Notifications on lock screen",
        namespace: "secure",
        key: "lock_screen_show_notifications",
        otherwise: true,
      }),
      {
        kind: "link",
        title: "Do Not Disturb",
        page: "com.android.settings.notification.zen.ZenModeSettings",
      },
      storedSwitch(context, {
        title: "Notification dot on app icon",
        namespace: "secure",
        key: "notification_badging",
        otherwise: true,
      }),
    ],
  },
  "com.android.settings.fuelgauge.batteryusage.PowerUsageSummary": {
    title: "Battery",
    preferences: (context) => [
      { kind: "info", title: "100%", summary: "Full", icon: "battery" },
      storedSwitch(context, {
        title: "Battery Saver",
        summary: "Extends battery life by turning off some features",
        namespace: "global",
        key: "low_power",
      }),
      storedSwitch(context, {
        title: "Battery percentage",
        summary: "Show battery percentage in status bar",
        namespace: "system",
        key: "status_bar_show_battery_percent",
      }),
      storedSwitch(context, {
        title: "Adaptive Battery",
        summary: "Limit battery for apps that you don't use often",
        namespace: "global",
        key: "adaptive_battery_management_enabled",
        otherwise: true,
      }),
    ],
  },
  "com.android.settings.deviceinfo.StorageDashboardFragment": {
    title: "Storage",
    preferences: () => [
      { kind: "info", title: "1.9 GB used", summary: "6.1 GB free of 8.0 GB", icon: "storage" },
      { kind: "info", title: "Apps", summary: "1.1 GB" },
      { kind: "info", title: "Images", summary: "2.1 MB" },
      { kind: "info", title: "Documents & other", summary: "0.8 MB" },
      { kind: "info", title: "System", summary: "0.8 GB" },
    ],
  },
  "com.android.settings.accessibility.AccessibilitySettings": {
    title: "Accessibility",
    preferences: (context) => [
      { kind: "category", title: "Display" },
      storedSwitch(context, { title: "Bold text", namespace: "secure", key: "font_weight_adjustment" }),
      storedSwitch(context, {
        title: "Color inversion",
        namespace: "secure",
        key: "accessibility_display_inversion_enabled",
      }),
      storedSwitch(context, {
        title: "Remove animations",
        summary: "Reduce movement on the screen",
        namespace: "global",
        key: "accessibility_disable_animations",
      }),
      { kind: "category", title: "Audio" },
      storedSwitch(context, { title: "Mono audio", namespace: "system", key: "master_mono" }),
      { kind: "category", title: "Interaction controls" },
      storedSwitch(context, {
        title: "Power button ends call",
        namespace: "secure",
        key: "incall_power_button_behavior",
      }),
    ],
  },
  "com.android.settings.security.SecuritySettings": {
    title: "Security",
    preferences: (context) => [
      {
        kind: "link",
        title: "Screen lock",
        summary: lockName(context.settings),
        icon: "lock",
        page: chooseLockPage,
      },
      { kind: "info", title: "Find My Device", summary: "Off" },
      { kind: "info", title: "Security update", summary: "September 5, 2022" },
      storedSwitch(context, {
        title: "Show passwords",
        namespace: "system",
        key: "show_password",
        otherwise: true,
      }),
    ],
  },
  [chooseLockPage]: { title: "Choose screen lock", preferences: lockChoices },
  "com.android.settings.privacy.PrivacyDashboardFragment": {
    title: "Privacy",
    preferences: (context) => [
      { kind: "info", title: "Privacy dashboard", summary: "Show which apps recently used permissions" },
      { kind: "info", title: "Permission manager", summary: "Control app access to your data" },
      storedSwitch(context, {
        title: "Show clipboard access",
        summary: "Show a message when apps access text, images, or other content you've copied",
        namespace: "secure",
        key: "clipboard_show_access_notifications",
        otherwise: true,
      }),
    ],
  },
  "com.android.settings.location.LocationSettings": {
    title: "Location",
    preferences: (context) => [
      {
        kind: "switch",
        main: true,
        title: "Use location",
        checked: (context.settings.get("secure", "location_mode") ?? locationOff) !== locationOff,
        onChange: (on) => context.settings.put("secure", "location_mode", on ? locationOn : locationOff),
      },
      { kind: "info", title: "Recent access", summary: "No apps recently accessed location" },
      { kind: "info", title: "App location permissions" },
      { kind: "info", title: "Location services" },
    ],
  },
};
