import type { Intent } from "../../system/services.ts";
import { appBar, column, list, text, theme, type WindowContent } from "../../ui/index.ts";
import { activity, type Activity, type IntentFilter, type SimApp } from "../app.ts";
import { preferenceDialog } from "./dialogs.ts";
import { settingsHome } from "./home.ts";
import { argumentExtra, fragmentExtra, settingsPackage } from "./open.ts";
import { pages } from "./pages/index.ts";
import type { PageId, SettingsContext, SettingsState } from "./preference.ts";
import { preferenceRow } from "./rows.ts";
import { choosePin, choosePinActivity } from "./screen-lock.ts";

const appDetails = "android.settings.APPLICATION_DETAILS_SETTINGS";

/** Pages that other apps open by an intent: its action, the activity's name, the page. */
const entrances: readonly [action: string, activity: string, page: PageId][] = [
  [
    "android.settings.WIRELESS_SETTINGS",
    "NetworkDashboardActivity",
    "com.android.settings.network.NetworkDashboardFragment",
  ],
  [
    "android.settings.AIRPLANE_MODE_SETTINGS",
    "NetworkDashboardActivity",
    "com.android.settings.network.NetworkDashboardFragment",
  ],
  [
    "android.settings.WIFI_SETTINGS",
    "NetworkProviderSettingsActivity",
    "com.android.settings.network.NetworkProviderSettings",
  ],
  [
    "android.settings.BLUETOOTH_SETTINGS",
    "ConnectedDeviceDashboardActivity",
    "com.android.settings.connecteddevice.ConnectedDeviceDashboardFragment",
  ],
  ["android.settings.DISPLAY_SETTINGS", "DisplaySettingsActivity", "com.android.settings.DisplaySettings"],
  [
    "android.settings.SOUND_SETTINGS",
    "SoundSettingsActivity",
    "com.android.settings.notification.SoundSettings",
  ],
  [
    "android.settings.ZEN_MODE_SETTINGS",
    "ZenModeSettingsActivity",
    "com.android.settings.notification.zen.ZenModeSettings",
  ],
  [
    "android.settings.APPLICATION_SETTINGS",
    "AppDashboardActivity",
    "com.android.settings.applications.AppDashboardFragment",
  ],
  [
    "android.settings.MANAGE_APPLICATIONS_SETTINGS",
    "ManageApplicationsActivity",
    "com.android.settings.applications.manageapplications.ManageApplications",
  ],
  [
    appDetails,
    "AppInfoDashboardActivity",
    "com.android.settings.applications.appinfo.AppInfoDashboardFragment",
  ],
  [
    "android.settings.NOTIFICATION_SETTINGS",
    "ConfigureNotificationSettingsActivity",
    "com.android.settings.notification.ConfigureNotificationSettings",
  ],
  [
    "android.intent.action.POWER_USAGE_SUMMARY",
    "PowerUsageSummaryActivity",
    "com.android.settings.fuelgauge.batteryusage.PowerUsageSummary",
  ],
  [
    "android.settings.INTERNAL_STORAGE_SETTINGS",
    "StorageDashboardActivity",
    "com.android.settings.deviceinfo.StorageDashboardFragment",
  ],
  [
    "android.settings.ACCESSIBILITY_SETTINGS",
    "AccessibilitySettingsActivity",
    "com.android.settings.accessibility.AccessibilitySettings",
  ],
  [
    "android.settings.SECURITY_SETTINGS",
    "SecurityDashboardActivity",
    "com.android.settings.security.SecuritySettings",
  ],
  [
    "android.settings.PRIVACY_SETTINGS",
    "PrivacyDashboardActivity",
    "com.android.settings.privacy.PrivacyDashboardFragment",
  ],
  [
    "android.settings.LOCATION_SOURCE_SETTINGS",
    "LocationSettingsActivity",
    "com.android.settings.location.LocationSettings",
  ],
  [
    "android.settings.DATE_SETTINGS",
    "DateTimeSettingsActivity",
    "com.android.settings.datetime.DateTimeSettings",
  ],
  [
    "android.settings.LOCALE_SETTINGS",
    "LanguageAndInputSettingsActivity",
    "com.android.settings.language.LanguageAndInputSettings",
  ],
  [
    "android.settings.DEVICE_INFO_SETTINGS",
    "MyDeviceInfoActivity",
    "com.android.settings.deviceinfo.aboutphone.MyDeviceInfoFragment",
  ],
];

export const settings: SimApp = {
  package: settingsPackage,
  label: "Settings",
  icon: { icon: "settings", background: "#5f6368" },
  versionName: "13",
  versionCode: 33,
  system: true,
  launcherActivity: ".Settings",
  activities: {
    ".Settings": settingsHome,
    ".SubSettings": pageActivity((intent) => textExtra(intent, fragmentExtra) ?? ""),
    [choosePinActivity]: choosePin,
    ...Object.fromEntries(entrances.map(([, name, page]) => [`.Settings$${name}`, pageActivity(() => page)])),
  },
  intentFilters: [
    { activity: ".Settings", action: "android.settings.SETTINGS" },
    ...entrances.map(([action, name]): IntentFilter => ({
      activity: `.Settings$${name}`,
      action,
      ...(action === appDetails ? { data: ["package"] } : {}),
    })),
  ],
  /** All that Settings shows is kept by the settings provider. */
  install: () => undefined,
};

function textExtra(intent: Intent, name: string): string | undefined {
  const value = intent.extras?.[name];
  return typeof value === "string" ? value : undefined;
}

function pageActivity(pageOf: (intent: Intent) => PageId): Activity<SettingsState> {
  return activity<SettingsState>({
    create: (_context, intent) => ({
      page: pageOf(intent),
      // An app's page is asked for as `package:com.example` by other apps.
      argument: textExtra(intent, argumentExtra) ?? intent.data?.replace(/^package:/u, "") ?? "",
    }),
    view: pageScreen,
  });
}

function pageScreen(context: SettingsContext): WindowContent {
  const page = pages[context.state.page];
  const preferences = page?.preferences(context) ?? [];
  const overlay = preferenceDialog(context, preferences);
  return {
    statusBarColor: theme.surface,
    root: column(
      [
        appBar({ onUp: () => context.finish(), background: theme.surface }),
        list(
          "recycler_view",
          [
            text(page?.title ?? "Settings", {
              id: "collapsing_toolbar",
              size: 34,
              style: { paddingHorizontal: 24, marginVertical: 20 },
            }),
            ...preferences.map((preference) => preferenceRow(context, preference)),
          ],
          { style: { grow: 1 } },
        ),
      ],
      { style: { grow: 1, background: theme.surface } },
    ),
    ...(overlay === undefined ? {} : { overlay }),
  };
}
