import type { SimApp } from "../apps/app.ts";
import { shortComponent } from "./intents.ts";
import type { PackageEntry, PackageList } from "./services.ts";

export interface InstalledPackage extends PackageEntry {
  uid: number;
  installedAt: number;
  /** Where its code lies on the device. */
  apk: string;
}

/** A package that came as an APK: there is nothing behind it but what its manifest says. */
export interface ApkPackage {
  versionCode: number;
  versionName: string;
  /** Asked for in the manifest. */
  permissions: string[];
  instrumentations: { runner: string; target: string }[];
  /** Files of its code on the device, the base first. */
  files: string[];
}

export interface InstrumentationInfo {
  /** `package/runner`. */
  component: string;
  target: string;
}

interface PackageState {
  uid: number;
  installedAt: number;
  granted: string[];
  /** Absent for what the device was made with. */
  apk?: ApkPackage;
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
  /** Installs a package or a new version of one; its data, its id and what it was granted stay. */
  install(name: string, apk: ApkPackage): void;
  uninstall(name: string): void;
  /** Where the code of a package lies: its base and its splits. */
  files(name: string): readonly string[];
  /** What an APK's manifest asks for; nothing of what the device was made with. */
  requested(name: string): readonly string[];
  instrumentations(): readonly InstrumentationInfo[];
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

/** android.os.Process.SYSTEM_UID and SHELL_UID. */
const fixedUids: Record<string, number> = { android: 1000, "com.android.shell": 2000 };

export function createPackages(apps: readonly SimApp[], now: () => number): PackageManager {
  const known = new Map<string, PackageEntry>(withoutScreens.map((entry) => [entry.package, entry]));
  for (const app of apps) known.set(app.package, entryOf(app));
  let installed = new Map<string, PackageState>(
    [...known.keys()].map((name, index) => [
      name,
      { uid: fixedUids[name] ?? 10_050 + index, installedAt: now(), granted: [] },
    ]),
  );

  function get(name: string): InstalledPackage | undefined {
    const state = installed.get(name);
    const entry = state?.apk === undefined ? known.get(name) : entryOfApk(name, state.apk);
    if (entry === undefined || state === undefined) return undefined;
    const apk = state.apk?.files[0] ?? apkOf(entry);
    return { ...entry, uid: state.uid, installedAt: state.installedAt, apk };
  }

  function nextUid(): number {
    return Math.max(...[...installed.values()].map(({ uid }) => uid)) + 1;
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
    install(name, apk) {
      const before = installed.get(name);
      installed.set(name, {
        uid: before?.uid ?? nextUid(),
        installedAt: before?.installedAt ?? now(),
        granted: before?.granted ?? [],
        apk,
      });
    },
    files(name) {
      const found = get(name);
      return installed.get(name)?.apk?.files ?? (found === undefined ? [] : [found.apk]);
    },
    requested: (name) => installed.get(name)?.apk?.permissions ?? [],
    instrumentations: () =>
      [...installed].flatMap(([name, { apk }]) =>
        (apk?.instrumentations ?? []).map(({ runner, target }) => ({
          component: `${name}/${runner}`,
          target,
        })),
      ),
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

function entryOfApk(name: string, { versionCode, versionName }: ApkPackage): PackageEntry {
  return { package: name, label: name, versionCode, versionName, system: false };
}

function apkOf(entry: PackageEntry): string {
  if (entry.package === "android") return "/system/framework/framework-res.apk";
  const file = entry.label.replace(/[^A-Za-z0-9]/gu, "");
  return entry.system ? `/product/app/${file}/${file}.apk` : `/data/app/${entry.package}-1/base.apk`;
}
