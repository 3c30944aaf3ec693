import type { Preference, SettingsPage } from "../preference.ts";

const appInfoPage = "com.android.settings.applications.appinfo.AppInfoDashboardFragment";
const appNotificationsPage = "com.android.settings.notification.app.AppNotificationSettings";
const appStoragePage = "com.android.settings.applications.AppStorageSettings";

export const appPages: Record<string, SettingsPage> = {
  "com.android.settings.applications.AppDashboardFragment": {
    title: "Apps",
    preferences: (context) => [
      { kind: "category", title: "Recently opened apps" },
      ...context.tasks
        .recent()
        .slice(0, 4)
        .map((task) => appLink(task.package, `${task.label} `.trim())),
      {
        kind: "link",
        title: `See all ${context.packages.list().length} apps`,
        page: "com.android.settings.applications.manageapplications.ManageApplications",
      },
      { kind: "category", title: "General" },
      { kind: "info", title: "Default apps", summary: "Phone, messages" },
      { kind: "info", title: "Screen time", summary: "Not set up" },
      { kind: "info", title: "Unused apps", summary: "0 unused apps" },
      { kind: "info", title: "Special app access" },
    ],
  },
  "com.android.settings.applications.manageapplications.ManageApplications": {
    title: "All apps",
    preferences: (context) =>
      context.packages
        .list()
        .filter((entry) => entry.launcher !== undefined)
        .sort((a, b) => a.label.localeCompare(b.label, "en"))
        .map((entry) => appLink(entry.package, entry.label, `Version ${entry.versionName}`)),
  },
  [appInfoPage]: {
    title: "App info",
    preferences(context) {
      const name = context.state.argument;
      const entry = context.packages.get(name);
      if (entry === undefined) return [{ kind: "info", title: "App not installed", summary: name }];
      return [
        { kind: "info", title: entry.label, icon: "apps" },
        { kind: "action", title: "Open", icon: "play", onTap: () => open(context, entry.launcher) },
        {
          kind: "confirm",
          title: "Force stop",
          icon: "stop",
          enabled: context.tasks.running(name),
          question: "Force stop?",
          message: "If you force stop an app, it may misbehave.",
          onConfirm: () => context.tasks.forceStop(name),
        },
        {
          kind: "link",
          title: "Notifications",
          summary: context.tasks.notificationsEnabled(name) ? "On" : "Off",
          page: appNotificationsPage,
          argument: name,
        },
        { kind: "info", title: "Permissions", summary: "No permissions denied" },
        {
          kind: "link",
          title: "Storage & cache",
          summary: "Internal storage",
          page: appStoragePage,
          argument: name,
        },
        { kind: "info", title: "Mobile data & Wi-Fi", summary: "No data used" },
        { kind: "info", title: "App battery usage", summary: "Optimized" },
        { kind: "info", title: `version ${entry.versionName}`, summary: entry.package },
      ];
    },
  },
  [appNotificationsPage]: {
    title: "Notifications",
    preferences(context) {
      const name = context.state.argument;
      const label = context.packages.get(name)?.label ?? name;
      return [
        { kind: "info", title: label, icon: "apps" },
        {
          kind: "switch",
          main: true,
          title: `All ${label} notifications`,
          checked: context.tasks.notificationsEnabled(name),
          onChange: (on) => context.tasks.setNotificationsEnabled(name, on),
        },
      ];
    },
  },
  [appStoragePage]: {
    title: "Storage",
    preferences(context) {
      const name = context.state.argument;
      return [
        { kind: "info", title: context.packages.get(name)?.label ?? name, icon: "apps" },
        {
          kind: "confirm",
          title: "Clear storage",
          icon: "delete",
          question: "Delete app data?",
          message:
            "This app's data will be permanently deleted. This includes all files, settings, accounts, databases and so on.",
          onConfirm: () => {
            context.tasks.clearData(name);
            context.toast("App data deleted");
          },
        },
        {
          kind: "action",
          title: "Clear cache",
          icon: "delete",
          onTap: () => {
            context.files.remove(`/data/data/${name}/cache`);
            context.toast("Cache cleared");
          },
        },
      ];
    },
  },
};

function appLink(packageName: string, title: string, summary?: string): Preference {
  return {
    kind: "link",
    title,
    ...(summary === undefined ? {} : { summary }),
    icon: "apps",
    page: appInfoPage,
    argument: packageName,
  };
}

function open(context: Parameters<SettingsPage["preferences"]>[0], launcher: string | undefined): void {
  if (launcher === undefined) context.toast("This app cannot be opened");
  else context.startActivity({ action: "android.intent.action.MAIN", component: launcher });
}
