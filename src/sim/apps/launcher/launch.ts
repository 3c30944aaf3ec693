import type { AppContext, PackageEntry } from "../../system/services.ts";

/** Apps with an icon, by the alphabet. */
export function launcherApps(context: AppContext): PackageEntry[] {
  return context.packages
    .list()
    .filter((entry) => entry.launcher !== undefined && entry.package !== context.package)
    .sort((a, b) => a.label.localeCompare(b.label, "en"));
}

export function launch(context: AppContext, app: PackageEntry): void {
  context.startActivity({
    action: "android.intent.action.MAIN",
    categories: ["android.intent.category.LAUNCHER"],
    ...(app.launcher === undefined ? {} : { component: app.launcher }),
  });
}

export function showAppInfo(context: AppContext, packageName: string): void {
  context.startActivity({
    action: "android.settings.APPLICATION_DETAILS_SETTINGS",
    data: `package:${packageName}`,
  });
}
