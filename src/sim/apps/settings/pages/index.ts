import type { IconName } from "../../../ui/index.ts";
import type { PageId, SettingsPage } from "../preference.ts";
import { appPages } from "./apps.ts";
import { displayPages } from "./display.ts";
import { networkPages } from "./network.ts";
import { privacyPages } from "./privacy.ts";
import { systemPages } from "./system.ts";

/** Every page by the name of its fragment in Android's Settings. */
export const pages: Record<PageId, SettingsPage> = {
  ...networkPages,
  ...appPages,
  ...privacyPages,
  ...displayPages,
  ...systemPages,
};

export interface HomeEntry {
  title: string;
  summary: string;
  icon: IconName;
  page?: PageId;
}

/** The first screen, as Android 13 has it. */
export const homeEntries: readonly HomeEntry[] = [
  {
    title: "Network & internet",
    summary: "Mobile, Wi-Fi, hotspot",
    icon: "wifi",
    page: "com.android.settings.network.NetworkDashboardFragment",
  },
  {
    title: "Connected devices",
    summary: "Bluetooth, pairing",
    icon: "bluetooth",
    page: "com.android.settings.connecteddevice.ConnectedDeviceDashboardFragment",
  },
  {
    title: "Apps",
    summary: "Recent apps, default apps",
    icon: "apps",
    page: "com.android.settings.applications.AppDashboardFragment",
  },
  {
    title: "Notifications",
    summary: "Notification history, conversations",
    icon: "notifications",
    page: "com.android.settings.notification.ConfigureNotificationSettings",
  },
  {
    title: "Battery",
    summary: "100%",
    icon: "battery",
    page: "com.android.settings.fuelgauge.batteryusage.PowerUsageSummary",
  },
  {
    title: "Storage",
    summary: "24% used - 6.1 GB free",
    icon: "storage",
    page: "com.android.settings.deviceinfo.StorageDashboardFragment",
  },
  {
    title: "Sound & vibration",
    summary: "Volume, haptics, Do Not Disturb",
    icon: "sound",
    page: "com.android.settings.notification.SoundSettings",
  },
  {
    title: "Display",
    summary: "Dark theme, font size, brightness",
    icon: "display",
    page: "com.android.settings.DisplaySettings",
  },
  { title: "Wallpaper & style", summary: "Colors, themed icons, app grid", icon: "image" },
  {
    title: "Accessibility",
    summary: "Display, interaction, audio",
    icon: "person",
    page: "com.android.settings.accessibility.AccessibilitySettings",
  },
  {
    title: "Security",
    summary: "Screen lock, Find My Device, app security",
    icon: "lock",
    page: "com.android.settings.security.SecuritySettings",
  },
  {
    title: "Privacy",
    summary: "Permissions, account activity, personal data",
    icon: "view",
    page: "com.android.settings.privacy.PrivacyDashboardFragment",
  },
  {
    title: "Location",
    summary: "Location services, recent access",
    icon: "location",
    page: "com.android.settings.location.LocationSettings",
  },
  { title: "Safety & emergency", summary: "Emergency SOS, medical info, alerts", icon: "star" },
  { title: "Passwords & accounts", summary: "Saved passwords, autofill, synced accounts", icon: "email" },
  { title: "Digital Wellbeing & parental controls", summary: "Screen time, app timers", icon: "timer" },
  { title: "Google", summary: "Services & preferences", icon: "search" },
  {
    title: "System",
    summary: "Languages, gestures, time, backup",
    icon: "info",
    page: "com.android.settings.system.SystemDashboardFragment",
  },
  {
    title: "About phone",
    summary: "",
    icon: "phone",
    page: "com.android.settings.deviceinfo.aboutphone.MyDeviceInfoFragment",
  },
  { title: "Tips & support", summary: "Help articles, phone & chat", icon: "flag" },
];
