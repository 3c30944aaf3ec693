import type { SimApp } from "../apps/app.ts";
import type { Intent } from "./services.ts";

/** An activity of an installed app; `name` is its key in `SimApp.activities`. */
export interface ActivityRef {
  app: SimApp;
  name: string;
}

export const actionMain = "android.intent.action.MAIN";
export const categoryHome = "android.intent.category.HOME";
export const categoryLauncher = "android.intent.category.LAUNCHER";

/** The full class name behind `.Settings`. */
export function className(packageName: string, activity: string): string {
  return activity.startsWith(".") ? packageName + activity : activity;
}

/** `package/.Activity`, short where the class lies in the package, as Android prints it. */
export function shortComponent(packageName: string, activity: string): string {
  const full = className(packageName, activity);
  return full.startsWith(`${packageName}.`)
    ? `${packageName}/${full.slice(packageName.length)}`
    : `${packageName}/${full}`;
}

export function splitComponent(component: string): { package: string; activity: string } | undefined {
  const slash = component.indexOf("/");
  if (slash <= 0 || slash === component.length - 1) return undefined;
  return { package: component.slice(0, slash), activity: component.slice(slash + 1) };
}

/** Every activity that would take the intent, best first. */
export function resolveActivities(apps: readonly SimApp[], intent: Intent): ActivityRef[] {
  if (intent.component !== undefined) {
    const found = findComponent(apps, intent.component);
    return found === undefined ? [] : [found];
  }
  const candidates = apps.filter((app) => intent.package === undefined || app.package === intent.package);
  if (intent.categories?.includes(categoryHome)) {
    const home = homeActivity(candidates);
    return home === undefined ? [] : [home];
  }
  const wantsLauncher =
    intent.categories?.includes(categoryLauncher) ||
    (intent.package !== undefined && (intent.action ?? actionMain) === actionMain);
  if (wantsLauncher) return candidates.flatMap((app) => launcherOf(app) ?? []);
  return candidates.flatMap((app) =>
    (app.intentFilters ?? [])
      .filter((filter) => filter.action === intent.action && takesData(filter.data, intent))
      .map((filter) => ({ app, name: filter.activity })),
  );
}

export function launcherOf(app: SimApp): ActivityRef | undefined {
  return app.launcherActivity === undefined ? undefined : { app, name: app.launcherActivity };
}

/** The home screen: the activity that filters for the home category. */
export function homeActivity(apps: readonly SimApp[]): ActivityRef | undefined {
  for (const app of apps) {
    const filter = app.intentFilters?.find((each) => each.action === categoryHome);
    if (filter !== undefined) return { app, name: filter.activity };
  }
  return undefined;
}

function findComponent(apps: readonly SimApp[], component: string): ActivityRef | undefined {
  const parts = splitComponent(component);
  const app = apps.find((each) => each.package === parts?.package);
  if (parts === undefined || app === undefined) return undefined;
  const wanted = className(parts.package, parts.activity);
  const name = Object.keys(app.activities).find((each) => className(app.package, each) === wanted);
  return name === undefined ? undefined : { app, name };
}

function takesData(accepted: readonly string[] | undefined, intent: Intent): boolean {
  const scheme = intent.data === undefined ? undefined : /^([a-z][a-z0-9+.-]*):/iu.exec(intent.data)?.[1];
  if (accepted === undefined || accepted.length === 0)
    return scheme === undefined && intent.type === undefined;
  return accepted.some((each) => {
    if (!each.includes("/")) return each === scheme?.toLowerCase();
    if (intent.type === undefined) return false;
    return each === intent.type || (each.endsWith("/*") && intent.type.startsWith(each.slice(0, -1)));
  });
}
