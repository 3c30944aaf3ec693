import { errorMessage } from "../../errors.ts";
import type { Random } from "../../random.ts";
import type { BroadcastResult, SimApp } from "../apps/app.ts";
import { createSystemUi } from "../system-ui/index.ts";
import type { Windows, WindowHost } from "../ui/windows.ts";
import { receiveAsAdbKeyboard } from "./adb-keyboard.ts";
import { receiveAsAppiumSettings, settingsPackage } from "./appium-settings.ts";
import { ActivityManager, type ActivitiesState } from "./activities.ts";
import { clipboardFor, type Clipboard } from "./clipboard.ts";
import { createClock, type ClockKind, type DeviceClock } from "./clock.ts";
import { createResolver, settingsProvider } from "./content.ts";
import { createDatabases, type Databases } from "./database.ts";
import { createFiles, type FilesState, type FileStore } from "./files.ts";
import { resolveActivities, shortComponent, type ActivityRef } from "./intents.ts";
import { adbKeyboardListens, currentInputMethod, packageOf } from "./input-methods.ts";
import { createNotifications, type NotificationService, type PostedNotification } from "./notifications.ts";
import { createLog, type Log, type LogLine } from "./log.ts";
import { createPackages, type PackageManager } from "./packages.ts";
import { createPower, type Power, type PowerState } from "./power.ts";
import { createProperties, type Properties } from "./properties.ts";
import type { AppContext, ContentProvider, ContentResolver, Intent, Json } from "./services.ts";
import { createSettings, type SettingsStore } from "./settings.ts";
import { createSharedRandom } from "./shared-random.ts";
import { taskControl } from "./task-control.ts";
import { makeTree } from "./tree.ts";

export interface PhoneOptions {
  seed: number;
  apps: readonly SimApp[];
  clock: ClockKind;
  avdName: string;
  createWindows: (host: WindowHost) => Windows;
}

/** Where a finger went down by `input motionevent`, and when. */
export interface Finger {
  x: number;
  y: number;
  at: number;
}

/** Everything a whole-device snapshot keeps: plain data, and contents that never change. */
export interface PhoneState {
  files: FilesState;
  clock: number;
  settings: ReturnType<SettingsStore["save"]>;
  properties: [string, string][];
  packages: ReturnType<PackageManager["save"]>;
  activities: ActivitiesState;
  power: PowerState;
  log: readonly LogLine[];
  random: readonly number[];
  clipboard: string;
  finger: Finger | undefined;
  notifications: readonly PostedNotification[];
  windows: Json;
}

/** The simulated phone: what the shell commands, the adb side and the apps work on. */
export interface Phone {
  readonly files: FileStore;
  readonly databases: Databases;
  readonly clock: DeviceClock;
  readonly settings: SettingsStore;
  readonly properties: Properties;
  readonly packages: PackageManager;
  readonly activities: ActivityManager;
  readonly content: ContentResolver;
  readonly power: Power;
  readonly random: Random;
  readonly log: Log;
  readonly windows: Windows;
  readonly clipboard: Clipboard;
  readonly notifications: NotificationService;
  /** The one that is down, until it goes up. */
  readonly finger: { get(): Finger | undefined; set(finger: Finger | undefined): void };
  broadcast(intent: Intent): BroadcastResult;
  /** Every installed activity that would take the intent, best first. */
  resolve(intent: Intent): ActivityRef[];
  /** Wipes an app's storage and permissions, as `pm clear` does. */
  clearApp(packageName: string): void;
  /**
   * Has the screen made anew where what it shows has changed, by whatever means: a file pushed, a row
   * inserted, a setting put. Comparing what is shown costs far less than drawing it.
   */
  refresh(): void;
  /** The clock has moved: alarms and timers go off. */
  tick(): void;
  save(): PhoneState;
  restore(state: PhoneState): void;
  close(): void;
}

export function createPhone(options: PhoneOptions): Phone {
  const { apps } = options;
  const clock = createClock(options.clock);
  const files = createFiles(clock);
  const databases = createDatabases(files);
  const settings = createSettings();
  const random = createSharedRandom(options.seed);
  const properties = createProperties(options.avdName, `EMULATOR${random.int(100_000, 999_999)}`);
  const packages = createPackages(apps, () => clock.now());
  const log = createLog(clock);
  const power = createPower();
  const notifications = createNotifications(clock, packages, () => windows.invalidate());
  const contexts = new Map<string, AppContext>();
  let clipboardText = "";
  let fingerDown: Finger | undefined;
  /** What the screen showed when it was last looked at. */
  let shown = "";
  const clipboard = {
    get: () => clipboardText,
    set(text: string) {
      clipboardText = text;
    },
  };

  const providers = new Map<string, ContentProvider[]>();
  const content = createResolver(() => [
    settingsProvider(settings),
    ...packages.apps().flatMap((app) => providers.get(app.package) ?? []),
  ]);
  const activities = new ActivityManager({
    packages,
    context: contextOf,
    windows: () => windows,
    stopped: (packageName) => notifications.cancelAll(packageName),
    crashed(packageName, error) {
      const pid = activities.processes().get(packageName);
      const stack = error instanceof Error ? (error.stack ?? error.message) : errorMessage(error);
      log.add("E", "AndroidRuntime", `FATAL EXCEPTION: main\nProcess: ${packageName}\n${stack}`, pid);
    },
  });

  const settingsAppHost = { settings, properties, clipboard: clipboardOf(settingsPackage) };
  const tasks = taskControl(activities, packages, notifications, clearApp);

  function contextOf(packageName: string): AppContext {
    const known = contexts.get(packageName);
    if (known !== undefined) return known;
    const context: AppContext = {
      package: packageName,
      files,
      settings,
      clock,
      random,
      content,
      packages,
      clipboard: clipboardOf(packageName),
      tasks,
      notifications: notifications.of(packageName),
      database: (path) => databases.open(path),
      startActivity(intent) {
        return activities.start(intent, packageName).outcome !== "notFound";
      },
      sendBroadcast(intent) {
        broadcast(intent);
      },
      log: (tag, message) => log.add("I", tag, message, activities.processes().get(packageName)),
    };
    contexts.set(packageName, context);
    return context;
  }

  function clipboardOf(packageName: string): Clipboard {
    return clipboardFor(packageName, clipboard, () => mayReadClipboard(packageName), log);
  }

  function mayReadClipboard(packageName: string): boolean {
    return (
      activities.top().package === packageName || packageOf(currentInputMethod(settings)) === packageName
    );
  }

  function broadcast(intent: Intent): BroadcastResult {
    let result: BroadcastResult = { code: 0 };
    if (adbKeyboardListens(settings, windows)) receiveAsAdbKeyboard(intent, windows);
    if (packages.get(settingsPackage) !== undefined)
      result = receiveAsAppiumSettings(intent, settingsAppHost) ?? result;
    for (const app of packages.apps()) {
      if ((intent.package ?? intent.component?.split("/")[0] ?? app.package) !== app.package) continue;
      const context = contextOf(app.package);
      result = activities.attempt(app.package, () => app.receive?.(context, intent)) ?? result;
    }
    activities.tell(intent);
    windows.invalidate();
    return result;
  }

  function install(app: SimApp, seed: boolean): void {
    files.mkdir(`/data/data/${app.package}`);
    files.chmod(`/data/data/${app.package}`, 0o700);
    app.install(contextOf(app.package), { seed });
  }

  function clearApp(packageName: string): void {
    activities.forceStop(packageName);
    for (const permission of packages.granted(packageName)) packages.revoke(packageName, permission);
    files.remove(`/data/data/${packageName}`);
    const app = packages.app(packageName);
    if (app !== undefined) install(app, false);
  }

  /** As ActivityManagerService: a line in logcat, and an end where dialogs are not to be shown. */
  function notResponding(packageName: string): boolean {
    const top = activities.top();
    const reason = "Input dispatching timed out (is not responding. Waited 5000ms for MotionEvent)";
    log.add(
      "E",
      "ActivityManager",
      `ANR in ${packageName} (${shortComponent(packageName, top.activity)})\nReason: ${reason}`,
    );
    if (settings.get("global", "hide_error_dialogs") !== "1") return true;
    activities.forceStop(packageName);
    return false;
  }

  makeTree(files, properties.list());
  for (const app of apps) providers.set(app.package, app.providers?.(contextOf(app.package)) ?? []);
  for (const app of apps) install(app, true);
  const windows = options.createWindows({
    clock,
    settings,
    clipboard,
    systemUi: createSystemUi({
      clock,
      settings,
      packages,
      notifications,
      startActivity: (intent) => activities.start(intent),
      broadcast,
    }),
    foreground: () => activities.foreground(),
    back: () => activities.back(),
    home: () => activities.home(),
    recents: () => activities.recents(),
    stop: (packageName) => activities.forceStop(packageName),
    notResponding,
    attempt: (handler) => activities.attempt(activities.top().package, handler),
  });
  activities.home();

  return {
    files,
    databases,
    clock,
    settings,
    properties,
    packages,
    activities,
    content,
    power,
    random,
    log,
    windows,
    clipboard,
    notifications,
    finger: {
      get: () => fingerDown,
      set(finger) {
        fingerDown = finger;
      },
    },
    broadcast,
    resolve: (intent) => resolveActivities(packages.apps(), intent),
    clearApp,
    refresh() {
      const front = activities.foreground();
      const now = JSON.stringify([front.id, front.content()]);
      // What the shade shows is made of settings, notifications and the time.
      if (now !== shown || windows.systemFocus !== undefined) windows.invalidate();
      shown = now;
    },
    tick() {
      const now = clock.now();
      const changed = packages
        .apps()
        .filter((app) => activities.attempt(app.package, () => app.tick?.(contextOf(app.package), now)));
      if (changed.length > 0) windows.invalidate();
    },
    save: () => ({
      files: files.save(),
      clock: clock.save(),
      settings: settings.save(),
      properties: properties.save(),
      packages: packages.save(),
      activities: activities.save(),
      power: power.get(),
      log: log.save(),
      random: random.state(),
      clipboard: clipboardText,
      finger: fingerDown,
      notifications: notifications.save(),
      windows: windows.save(),
    }),
    restore(state) {
      files.restore(state.files);
      databases.forget();
      clock.restore(state.clock);
      settings.restore(state.settings);
      properties.restore(state.properties);
      packages.restore(state.packages);
      activities.restore(state.activities);
      power.set(state.power);
      log.restore(state.log);
      random.resume(state.random);
      clipboardText = state.clipboard;
      fingerDown = state.finger;
      notifications.restore(state.notifications);
      windows.restore(state.windows);
      windows.invalidate();
    },
    close: () => databases.close(),
  };
}
