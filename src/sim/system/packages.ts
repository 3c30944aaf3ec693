import type { SimApp } from "../apps/app.ts";
import { shortComponent } from "./intents.ts";
import type { PackageEntry, PackageList } from "./services.ts";

export interface InstalledPackage extends PackageEntry {
  uid: number;
  installedAt: number;
  /** Where its code lies on the device. */
  apk: string;
}

interface PackageState {
  uid: number;
  installedAt: number;
  granted: string[];
}

/** What is installed, and the permissions it has been granted at run time. */
export interface PackageManager extends PackageList {
  list(): InstalledPackage[];
  get(name: string): InstalledPackage | undefined;
  /** Apps with screens or providers that are installed now. */
  apps(): readonly SimApp[];
  app(name: string): SimApp | undefined;
  grant(name: string, permission: string): void;
  revoke(name: string, permission: string): void;
  granted(name: string): readonly string[];
  uninstall(name: string): void;
  save(): [string, PackageState][];
  restore(state: [string, PackageState][]): void;
}

/** Packages that have no screens here, but that tools look for. */
const withoutScreens: PackageEntry[] = [
  ["android", "Android System"],
  ["com.android.adbkeyboard", "ADB Keyboard"],
  ["com.android.shell", "Shell"],
  ["com.android.systemui", "System UI"],
  ["com.google.android.gms", "Google Play services"],
  ["com.google.android.inputmethod.latin", "Gboard"],
  ["com.google.android.permissioncontroller", "Permission controller"],
  ["com.google.android.webview", "Android System WebView"],
].map(([name, label]) => ({
  package: name!,
  label: label!,
  versionName: "13",
  versionCode: 33,
  system: name !== "com.android.adbkeyboard",
}));

export function createPackages(apps: readonly SimApp[], now: () => number): PackageManager {
  const known = new Map<string, PackageEntry>(withoutScreens.map((entry) => [entry.package, entry]));
  for (const app of apps) known.set(app.package, entryOf(app));
  let installed = new Map<string, PackageState>(
    [...known.keys()].map((name, index) => [
      name,
      { uid: name === "android" ? 1000 : 10_050 + index, installedAt: now(), granted: [] },
    ]),
  );

  function get(name: string): InstalledPackage | undefined {
    const entry = known.get(name);
    const state = installed.get(name);
    if (entry === undefined || state === undefined) return undefined;
    return { ...entry, uid: state.uid, installedAt: state.installedAt, apk: apkOf(entry) };
  }

  function change(name: string, granted: (old: string[]) => string[]): void {
    const state = installed.get(name);
    if (state !== undefined) installed.set(name, { ...state, granted: granted(state.granted) });
  }

  return {
    list: () => [...installed.keys()].flatMap((name) => get(name) ?? []),
    get,
    apps: () => apps.filter((app) => installed.has(app.package)),
    app: (name) => (installed.has(name) ? apps.find((app) => app.package === name) : undefined),
    grant: (name, permission) => change(name, (old) => [...new Set([...old, permission])]),
    revoke: (name, permission) => change(name, (old) => old.filter((each) => each !== permission)),
    granted: (name) => installed.get(name)?.granted ?? [],
    uninstall(name) {
      installed.delete(name);
    },
    save: () => [...installed],
    restore(state) {
      installed = new Map(state);
    },
  };
}

function entryOf(app: SimApp): PackageEntry {
  return {
    package: app.package,
    label: app.label,
    versionName: app.versionName,
    versionCode: app.versionCode,
    system: app.system,
    icon: app.icon,
    ...(app.launcherActivity === undefined
      ? {}
      : { launcher: shortComponent(app.package, app.launcherActivity) }),
  };
}

function apkOf(entry: PackageEntry): string {
  if (entry.package === "android") return "/system/framework/framework-res.apk";
  const file = entry.label.replace(/[^A-Za-z0-9]/gu, "");
  return entry.system ? `/product/app/${file}/${file}.apk` : `/data/app/${entry.package}-1/base.apk`;
}
